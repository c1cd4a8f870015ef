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
	for at := range of.NumMethod() {
		if strings.EqualFold(of.Type().Method(at).Name, joined(words)) {
			return of.Method(at), nil
		}
	}
	return reflect.Value{}, fmt.Errorf("no method for %v", words)
}

func memberOf(of reflect.Value, words any) reflect.Value {
	return of.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, joined(words)) })
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
