package telemetry

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"
)

// recordCall finds an event's method by its plan. What the compiler would refuse is not called.
func (around *around) recordCall(plan map[string]any, one recordedCall) error {
	for _, each := range plan["emitters"].([]any) {
		emitter := each.(map[string]any)
		if emitter["name"] != one.Event {
			continue
		}
		method, err := named(reflect.ValueOf(around.client), emitter["words"])
		if err != nil {
			return err
		}
		args := []reflect.Value{}
		fields, isEvent := emitter["fields"].([]any)
		if method.Type().NumIn() > 0 && method.Type().In(0).Kind() == reflect.Interface && emitter["schedule"] == nil {
			args = append(args, reflect.ValueOf(context.Background()))
		}
		if emitter["schedule"] != nil {
			return recordNow(method, one, fields)
		}
		if !isEvent {
			fields = emitter["by"].([]any)
		}
		if given := len(args); method.Type().NumIn() > given {
			arg := reflect.New(method.Type().In(given)).Elem()
			if !putFields(arg, one.Fields, fields) {
				return errRefused
			}
			args = append(args, arg)
		}
		for at := len(args); at < method.Type().NumIn(); at++ {
			arg := reflect.New(method.Type().In(at)).Elem()
			switch arg.Kind() {
			case reflect.Bool:
				arg.SetBool(one.OK == nil || *one.OK)
			case reflect.Struct:
				for _, counter := range emitter["counters"].([]any) {
					counter := counter.(map[string]any)
					if value, told := one.Values[counter["name"].(string)]; told {
						putPlain(memberOf(arg, counter["words"]), value)
					}
				}
			}
			args = append(args, arg)
		}
		around.take(method.Call(args))
		return nil
	}
	return fmt.Errorf("no such event: %s", one.Event)
}

// take takes what an event gives back: what a request of the program's own is to carry counts as one of ours.
func (around *around) take(results []reflect.Value) {
	switch {
	case len(results) == 0:
		around.returned = append(around.returned, nil)
	case results[0].Kind() == reflect.Struct:
		headers := map[string]string{}
		header, _ := results[0].FieldByName("Header").Interface().(http.Header)
		for name := range header {
			headers[strings.ToLower(name)] = header.Get(name)
		}
		query, body := results[0].FieldByName("Query").String(), results[0].FieldByName("Body").String()
		if len(headers) == 0 && query == "" && body == "" {
			return
		}
		if query != "" {
			query = "?" + query
		}
		around.network.requests = append(around.network.requests, map[string]any{"url": query, "headers": headers, "body": body})
	case len(results) == 2 && !results[1].Bool() || results[0].IsZero():
		around.returned = append(around.returned, nil)
	default:
		around.returned = append(around.returned, results[0].Interface())
	}
}

// oneLook is a context that is done as soon as somebody waits for that.
type oneLook struct {
	context.Context
	over bool
}

func (o *oneLook) Done() <-chan struct{} {
	o.over = true
	done := make(chan struct{})
	close(done)
	return done
}

func (o *oneLook) Err() error {
	if o.over {
		return context.Canceled
	}
	return nil
}

// recordNow has an event that is recorded by the clock looked at once.
func recordNow(method reflect.Value, one recordedCall, fields []any) error {
	args := []reflect.Value{reflect.ValueOf(&oneLook{Context: context.Background()})}
	var refused error
	if of := method.Type(); of.NumIn() > 1 && of.In(1).NumOut() > 0 {
		args = append(args, reflect.MakeFunc(of.In(1), func([]reflect.Value) []reflect.Value {
			event := reflect.New(of.In(1).Out(0)).Elem()
			if !putFields(event, one.Fields, fields) {
				refused = errRefused
			}
			return []reflect.Value{event, reflect.ValueOf(&refused).Elem()}
		}))
	}
	if of := method.Type(); of.NumIn() > len(args) {
		args = append(args, reflect.Zero(of.In(len(args))))
	}
	method.Call(args)
	return refused
}
