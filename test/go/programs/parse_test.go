package telemetry

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// Put beside Docglow's generated client. The runtime's own parser has to find what encoding/json finds.

// decoder reads with encoding/json, token by token, since a map has no order.
type decoder struct {
	*json.Decoder
	once bool
}

func decoded(text string) (found object, once, ok bool) {
	decoder := decoder{json.NewDecoder(strings.NewReader(text)), true}
	decoder.UseNumber()
	value, err := decoder.value()
	if err != nil {
		return nil, false, false
	}
	if _, err = decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, false, false
	}
	found, ok = value.(object)
	return found, decoder.once, ok
}

func (d *decoder) value() (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Number:
		return token.Float64()
	case nil:
		return nothing{}, nil
	case json.Delim:
		items, members := []any{}, object{}
		for d.More() {
			var key any
			if token == '{' {
				if key, err = d.Token(); err != nil {
					return nil, err
				}
			}
			value, err := d.value()
			if err != nil {
				return nil, err
			}
			if name, is := key.(string); is {
				d.once = d.once && members.get(name) == nil
				members = members.with(name, value)
			} else {
				items = append(items, value)
			}
		}
		if _, err = d.Token(); token == '{' {
			return members, err
		}
		return items, err
	}
	return token, nil
}

// sameParsed says whether this is an object.
func sameParsed(t *testing.T, text string) bool {
	t.Helper()
	found, once, ok := parseWhole(text)
	wanted, wantedOnce, isObject := decoded(text)
	if ok != isObject || ok && (once != wantedOnce || !reflect.DeepEqual(found, wanted)) {
		t.Fatalf("%q: %v %v %v, encoding/json: %v %v %v", text, found, once, ok, wanted, wantedOnce, isObject)
	}
	return ok
}

// parsedTexts are objects; ownParts stand in them in every place, right and wrong ones.
var parsedTexts = []string{
	`{}`, " {\t\"a\" :\r\n1 , \"b\" : [ ] } ", `{"a":{"b":[1,[2,{"c":null}],true,false,""]}}`, `{"a":1,"b":2,"a":3}`,
	`{"a":{"b":1,"\u0062":2}}`, `{"":0,"é":"\u00e9","\u2028":" "}`, `{"a":[-0,0.5,1e3,1E+3,1.25e-7,12345678901234567890,1e-999]}`,
}

var ownParts = []string{
	`{`, `}`, `[`, `]`, `,`, `:`, `"`, `\`, ` `, "\t", "\n", "\r", "\v", "\f", "\u00a0", "\ufeff", "\x00", "\x1f", "\x7f",
	`null`, `true`, `false`, `True`, `nul`, `NaN`, `Infinity`, `undefined`, `//`, `/**/`, `'a'`, `""`, `"a"`, `"a":1`,
	`0`, `-0`, `00`, `01`, `-`, `--1`, `+1`, `.5`, `5.`, `1.5`, `1.5.5`, `1e`, `1e+`, `1e5`, `1E-5`, `1e400`, `-1e400`, `1e-400`, `0x10`, `1_0`,
	`\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t`, `\v`, `\'`, `\x41`, `\u`, `\u12`, `\u00e9`, `\u00E9`, `\u+123`, `\u12_4`, `\u0000`, `\U0041`,
	`\ud83d\ude00`, `\uD83D\uDE00`, `\ud83d`, `\ude00`, `\ude00\ud83d`, `\ud83d\ud83d\ude00`, `\ud83d\u0041`, `\ud83d\u`, `\ud83d\n`, `\ud83dx`,
	`\ufffd`, `\ud800\udc00`, `\udbff\udfff`, "\U0001F600", "é", "\u2028", "\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80",
}

func TestOwnParserFindsWhatEncodingJSONFinds(t *testing.T) {
	for _, text := range []string{"", " ", "1", `"a"`, "null", "[]", "[{}]", "{}{}", "{},", "{} x", "{}\x00", `{"a"`, `{"a":`, `{"a":1`, `{"a":[`} {
		sameParsed(t, text)
	}
	for _, part := range ownParts {
		for _, around := range []string{`%`, `{%}`, `%{}`, `{}%`, `{"a":%}`, `{"a":[%]}`, `{"a":"%"}`, `{"%":1}`, `{"a":[1%]}`, `{"a":[1,%]}`, `{"a":1%}`, `{"a":1,%}`, `{"a"%:1}`, `{"a%`, `{"a":"x%y"}`} {
			sameParsed(t, strings.ReplaceAll(around, "%", part))
		}
	}
	// The same texts in each run.
	random := rand.New(rand.NewPCG(15, 1))
	objects := 0
	const rounds = 20_000
	for range rounds {
		text := parsedTexts[random.IntN(len(parsedTexts))]
		for range 1 + random.IntN(3) {
			from := random.IntN(len(text) + 1)
			text = text[:from] + ownParts[random.IntN(len(ownParts))] + text[min(from+random.IntN(3), len(text)):]
		}
		if sameParsed(t, text) {
			objects++
		}
	}
	if objects < rounds/40 {
		t.Errorf("of %d texts only %d were objects: that says little", rounds, objects)
	}
}

func TestOwnParserEndsInTheDeep(t *testing.T) {
	for depth, wanted := range map[int]bool{1: true, 9_000: true, 11_000: false, 500_000: false} {
		lists := `{"a":` + strings.Repeat("[", depth) + strings.Repeat("]", depth) + "}"
		objects := strings.Repeat(`{"a":`, depth) + "1" + strings.Repeat("}", depth)
		for _, text := range []string{lists, objects} {
			if _, ok := parseObject(text); ok != wanted {
				t.Errorf("%d deep: %v", depth, ok)
			}
		}
	}
	for _, open := range []string{"[", `{"a":`, `{"a":[`} {
		if _, ok := parseObject(strings.Repeat(open, 500_000)); ok {
			t.Errorf("%s: nothing closes it", open)
		}
	}
}

// FuzzOwnParser looks further than the tables: go test -fuzz FuzzOwnParser.
func FuzzOwnParser(f *testing.F) {
	for _, text := range parsedTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sameParsed(t, text) })
}
