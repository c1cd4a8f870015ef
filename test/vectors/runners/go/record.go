package telemetry

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// optionsFor are those of New, as far as a program gives fields. False: the compiler would refuse that program.
func optionsFor(plan map[string]any, given given) (Options, bool) {
	compiles := true
	options := reflect.New(reflect.TypeFor[Options]()).Elem()
	setup := plan["setup"].(map[string]any)
	for _, field := range setup["fields"].([]any) {
		field := field.(map[string]any)
		if value, told := given.Setup[field["name"].(string)]; told {
			compiles = putValue(memberOf(options, field["words"]), value, field["value"].(map[string]any)) && compiles
		}
	}
	if version := options.FieldByName("Version"); version.IsValid() && version.IsZero() {
		putPlain(version, given.Version)
	}
	return options.Interface().(Options), compiles
}

// recordCall finds an event's method by its plan. What the compiler would refuse is not called.
func recordCall(plan map[string]any, client *Client, one recordedCall) error {
	for _, each := range plan["emitters"].([]any) {
		emitter := each.(map[string]any)
		if emitter["name"] != one.Event {
			continue
		}
		method, err := named(reflect.ValueOf(client), emitter["words"])
		if err != nil {
			return err
		}
		args := []reflect.Value{}
		fields, isEvent := emitter["fields"].([]any)
		if !isEvent {
			fields = groupFields(emitter["by"].([]any))
		}
		if method.Type().NumIn() > 0 {
			arg := reflect.New(method.Type().In(0)).Elem()
			if !putFields(arg, one.Fields, fields) {
				return nil
			}
			args = append(args, arg)
		}
		if method.Type().NumIn() > 1 {
			args = append(args, reflect.ValueOf(one.OK == nil || *one.OK))
		}
		method.Call(args)
		return nil
	}
	return fmt.Errorf("no such event: %s", one.Event)
}

// groupFields are called by what travels.
func groupFields(by []any) []any {
	fields := []any{}
	for _, each := range by {
		field := map[string]any{}
		for key, value := range each.(map[string]any) {
			field[key] = value
		}
		words := []any{}
		for _, word := range strings.FieldsFunc(field["name"].(string), func(one rune) bool {
			return !unicode.IsLetter(one) && !unicode.IsDigit(one)
		}) {
			words = append(words, word)
		}
		field["words"] = words
		fields = append(fields, field)
	}
	return fields
}

func putFields(to reflect.Value, values map[string]any, fields []any) bool {
	for _, field := range fields {
		field := field.(map[string]any)
		value, told := values[field["name"].(string)]
		from, _ := field["from"].(map[string]any)
		// Nothing is absent from a struct; what has to be there its program gives.
		if !told && field["optional"] != true && from["kind"] == "call" {
			return false
		}
		// A program can't give another type; it leaves out what may be left out.
		if told && !putValue(memberOf(to, field["words"]), value, field["value"].(map[string]any)) && field["optional"] != true {
			return false
		}
	}
	return true
}

// putValue sets what a caller gives, if Go's compiler would let it.
func putValue(to reflect.Value, value any, plan map[string]any) bool {
	if !to.IsValid() {
		return true // A field that nobody gives.
	}
	inner, _ := plan["of"].(map[string]any)
	if plan["is"] == "or-null" {
		if value == nil {
			return true
		}
		plan = inner
		inner, _ = plan["of"].(map[string]any)
	}
	switch to.Kind() {
	case reflect.Pointer:
		if absent, is := value.(map[string]any); is && absent["$absent"] != nil {
			return true
		}
		to.Set(reflect.New(to.Type().Elem()))
		return putValue(to.Elem(), value, plan)
	case reflect.Struct:
		values, is := value.(map[string]any)
		if !is || values["$absent"] != nil {
			return false
		}
		// What no struct has is no caller's to give.
		return putFields(to, values, plan["fields"].([]any))
	case reflect.Slice:
		items, is := value.([]any)
		if !is {
			return false
		}
		to.Set(reflect.MakeSlice(to.Type(), len(items), len(items)))
		for at, item := range items {
			if item == nil || !putValue(to.Index(at), item, inner) {
				return false
			}
		}
		return true
	case reflect.Map:
		values, is := value.(map[string]any)
		if !is || values["$absent"] != nil {
			return false
		}
		to.Set(reflect.MakeMap(to.Type()))
		for key, item := range values {
			one := reflect.New(to.Type().Elem()).Elem()
			if !putValue(one, item, inner) {
				return false
			}
			to.SetMapIndex(reflect.ValueOf(key), one)
		}
		return true
	}
	return putPlain(to, value)
}
