package telemetry

import (
	"fmt"
	"reflect"
	"strings"
)

func joined(words any) string {
	var name strings.Builder
	for _, word := range words.([]any) {
		name.WriteString(word.(string))
	}
	return name.String()
}

func named(of reflect.Value, words any) (reflect.Value, error) {
	// What has the name of something else that a client has is called an event.
	for _, name := range []string{joined(words) + "Event", joined(words)} {
		for at := range of.NumMethod() {
			if strings.EqualFold(of.Type().Method(at).Name, name) {
				return of.Method(at), nil
			}
		}
	}
	return reflect.Value{}, fmt.Errorf("no method for %v", words)
}

func memberOf(of reflect.Value, words any) reflect.Value {
	return of.FieldByNameFunc(func(name string) bool {
		return strings.EqualFold(strings.TrimPrefix(name, "X"), strings.TrimPrefix(joined(words), "x"))
	})
}

// putPlain sets a value, if Go's compiler would let it.
func putPlain(to reflect.Value, value any) bool {
	if !to.IsValid() {
		return true // A field that nobody gives.
	}
	if to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		return putPlain(to.Elem(), value)
	}
	switch value := unpacked(value).(type) {
	case string:
		if to.Kind() == reflect.String {
			to.SetString(value)
			return true
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(value)
			return true
		}
	case int64:
		if to.CanInt() {
			to.SetInt(value)
			return true
		}
		if to.CanFloat() {
			to.SetFloat(float64(value))
			return true
		}
	case float64:
		if to.CanFloat() {
			to.SetFloat(value)
			return true
		}
	}
	return false
}

// unpacked gives what JSON can't carry, and whole numbers as Go's programs have them.
func unpacked(value any) any {
	switch value := value.(type) {
	case float64:
		if whole := int64(value); float64(whole) == value {
			return whole
		}
		return value
	case map[string]any:
		if text, is := value["$number"].(string); is {
			number := 0.0
			_, _ = fmt.Sscan(strings.ReplaceAll(text, "Infinity", "Inf"), &number)
			return number
		}
		if _, is := value["$invalid"]; is {
			return "a\xed\xa0\x80"
		}
		if _, is := value["$absent"]; is {
			return nil
		}
	}
	return value
}

// optionsFor are those of New, as far as a program gives fields. False: the compiler would refuse that program.
func optionsFor(plan map[string]any, given given) (Options, bool) {
	compiles := true
	options := reflect.New(reflect.TypeFor[Options]()).Elem()
	setup := plan["setup"].(map[string]any)
	for _, field := range setup["fields"].([]any) {
		field := field.(map[string]any)
		if value, told := given.Setup[field["name"].(string)]; told {
			compiles = putValue(memberOf(options, field["words"]), value, field["value"].(map[string]any)) && compiles || field["optional"] == true && compiles
		}
	}
	if version := options.FieldByName("Version"); version.IsValid() && version.IsZero() {
		putPlain(version, given.Version)
	}
	if address := options.FieldByName("Address"); address.IsValid() && address.IsZero() {
		putPlain(address, given.Address)
	}
	return options.Interface().(Options), compiles
}

func putFields(to reflect.Value, values map[string]any, fields []any) bool {
	for _, field := range fields {
		field := field.(map[string]any)
		value, told := values[field["name"].(string)]
		from, _ := field["from"].(map[string]any)
		// Nothing is absent from a struct; what has to be there its program gives.
		if !told && field["optional"] != true && from["kind"] == "call" && !isFound(field["value"]) {
			return false
		}
		// A program can't give another type; it leaves out what may be left out, unless anything else becomes something there.
		given := field["value"].(map[string]any)
		isCaught := isCaught(given)
		if told && !putValue(memberOf(to, field["words"]), value, given) && (isCaught || field["optional"] != true) {
			return false
		}
		// An empty text is how it leaves out a text.
		if isCaught && field["optional"] == true && value == "" {
			return false
		}
	}
	return true
}

// isCaught says whether anything else becomes something in a value, or in a field of it.
func isCaught(plan map[string]any) bool {
	if plan["otherwise"] != nil {
		return true
	}
	fields, _ := plan["fields"].([]any)
	for _, field := range fields {
		if inner, is := field.(map[string]any)["value"].(map[string]any); is && isCaught(inner) {
			return true
		}
	}
	return false
}

// putValue sets what a caller gives, if Go's compiler would let it.
func putValue(to reflect.Value, value any, plan map[string]any) bool {
	if !to.IsValid() {
		return true // A field that nobody gives.
	}
	inner, _ := plan["of"].(map[string]any)
	if plan["is"] == "cases" || inner["is"] == "cases" {
		putChoice(to, value)
		return true
	}
	if plan["is"] == "or-null" {
		if valid := nullable(to); valid.IsValid() {
			if absent, is := value.(map[string]any); is && absent["$absent"] != nil {
				return true
			}
			made := reflect.New(to.Type().Elem())
			made.Elem().FieldByName("Valid").SetBool(value != nil)
			if value != nil && !putValue(made.Elem().FieldByName("V"), value, inner) {
				return false
			}
			to.Set(made)
			return true
		}
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
		made := reflect.New(to.Type().Elem())
		if !putValue(made.Elem(), value, plan) {
			return false
		}
		to.Set(made)
		return true
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
		made := reflect.MakeSlice(to.Type(), len(items), len(items))
		for at, item := range items {
			if item == nil || !putValue(made.Index(at), item, inner) {
				return false
			}
		}
		to.Set(made)
		return true
	case reflect.Map:
		values, is := value.(map[string]any)
		if !is || values["$absent"] != nil {
			return false
		}
		made := reflect.MakeMap(to.Type())
		for key, item := range values {
			one := reflect.New(to.Type().Elem()).Elem()
			// An entry that the compiler refuses nobody gives.
			if !putValue(one, item, inner) {
				continue
			}
			made.SetMapIndex(reflect.ValueOf(key), one)
		}
		to.Set(made)
		return true
	}
	return putPlain(to, value)
}

// isFound says whether the client finds all that such an object holds.
func isFound(value any) bool {
	plan, _ := value.(map[string]any)
	// Of what is of one of several types, nothing may be given.
	if plan["is"] == "cases" {
		return true
	}
	fields, is := plan["fields"].([]any)
	for _, field := range fields {
		field := field.(map[string]any)
		from, _ := field["from"].(map[string]any)
		is = is && (from["kind"] != "call" || isFound(field["value"]))
	}
	return is
}

// nullable is the value of what may be null and absent.
func nullable(to reflect.Value) reflect.Value {
	if to.Kind() != reflect.Pointer || to.Type().Elem().Kind() != reflect.Struct {
		return reflect.Value{}
	}
	if !strings.HasPrefix(to.Type().Elem().Name(), "Null[") {
		return reflect.Value{}
	}
	return reflect.Zero(to.Type().Elem()).FieldByName("V")
}

// putChoice gives a value of one of several types; a file beside a client with events does so.
var putChoice = func(reflect.Value, any) {}
