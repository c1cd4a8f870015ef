package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"time"
	"unsafe"
)

// This file stands beside a client that sends events.
func init() {
	putChoice = choose
	Answers["decide"] = func(plan map[string]any, given given) (any, error) {
		around := freshClient(plan, given)
		decision := around.client.Decide(context.Background())
		if given.Part != "" {
			decide := reflect.ValueOf(around.client).MethodByName("DecidePart")
			part := reflect.ValueOf(given.Part).Convert(decide.Type().In(1))
			decision = decide.Call([]reflect.Value{reflect.ValueOf(context.Background()), part})[0].Interface().(Decision)
		}
		return map[string]any{"enabled": decision.Enabled, "decidedBy": decision.DecidedBy}, nil
	}
	Answers["sent"] = sent
	Answers["command"] = func(plan map[string]any, given given) (any, error) {
		args := given.Args
		given.Args = nil
		around := freshClient(plan, given)
		method := reflect.ValueOf(around.client).MethodByName("Command")
		if !method.IsValid() {
			return nil, errors.New("there is no command")
		}
		code := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(args)})[0].Int()
		return map[string]any{"code": code, "stdout": toldLines(around.lines["stdout"]), "stderr": toldLines(around.lines["stderr"]), "stored": around.stored(), "beside": around.beside()}, nil
	}
	Answers["identify"] = func(plan map[string]any, given given) (any, error) {
		around := freshClient(plan, given)
		core := around.core()
		values := []any{identity(core, given.Name), identity(core, given.Name)}
		stored, _ := readState(core.statePlace())
		keys := []string{}
		for _, one := range stored {
			keys = append(keys, one.key)
		}
		return map[string]any{"values": values, "stored": keys}, nil
	}
}

type around struct {
	client *Client
	// compiles: there can be such a program.
	compiles bool
	network  *network
	mutex    sync.Mutex
	lines    map[string][]string
	log      bytes.Buffer
	now      int64
	// returned is what each call gave back.
	returned []any
}

func freshClient(plan map[string]any, given given) *around {
	around := &around{network: &network{answer: given.Answer, says: given.Says}, lines: map[string][]string{}, now: given.Now}
	options, compiles := optionsFor(plan, given)
	sends := reflect.ValueOf(&options).Elem().FieldByName("Send")
	if sends.IsValid() {
		sends.Set(reflect.ValueOf(around.network.sendAs))
	}
	around.client, around.compiles = New(options), compiles
	core := around.core()
	host := core.host
	host.client = &http.Client{Transport: around.network}
	host.args, host.build = given.Args, given.Build
	host.env = environment(given)
	host.config = func(_ context.Context, name string) (any, error) { return given.Config[name], nil }
	host.facts = map[string]func() bool{}
	for name, is := range given.Facts {
		host.facts[name] = func() bool { return is }
	}
	// A client has it only where its contract sends a part.
	if whole := reflect.ValueOf(core).Elem().FieldByName("wholeSample"); whole.IsValid() {
		reflect.NewAt(whole.Type(), whole.Addr().UnsafePointer()).Elem().SetBool(given.Drawn)
	}
	core.clock = func() int64 { return around.now }
	core.write = func(stream, line string) {
		around.mutex.Lock()
		defer around.mutex.Unlock()
		around.lines[stream] = append(around.lines[stream], line)
	}
	logger := slog.New(slog.NewJSONHandler(&around.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	host.logger = func(ctx context.Context, level int, line string) { logger.Log(ctx, slog.Level(level), line) }
	core.settle(nil)
	for name, text := range given.AtHome {
		path := filepath.Join(given.Home, name)
		_ = os.MkdirAll(filepath.Dir(path), 0o700)
		_ = os.WriteFile(path, []byte(text), 0o600)
	}
	if place := core.statePlace(); place != "" && len(given.Stored) > 0 && string(given.Stored) != "null" {
		_ = os.MkdirAll(folderOf(place), 0o700)
		text := given.Stored
		var raw string
		if json.Unmarshal(text, &raw) == nil {
			text = []byte(raw)
		}
		_ = os.WriteFile(place, text, 0o600)
	}
	folder := folderOf(core.statePlace())
	for name, text := range given.Beside {
		_ = os.MkdirAll(folder, 0o700)
		_ = os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600)
	}
	if given.Circles {
		_ = os.MkdirAll(filepath.Dir(folder), 0o700)
		_ = os.Symlink(filepath.Base(folder), folder)
	}
	return around
}

// beside are the names of what lies beside the state file.
func (a *around) beside() []string {
	place := a.core().statePlace()
	entries, _ := os.ReadDir(folderOf(place))
	names := []string{}
	for _, one := range entries {
		if one.Name() != filepath.Base(place) {
			names = append(names, one.Name())
		}
	}
	return names
}

func (a *around) stored() any {
	var state any
	if text, err := os.ReadFile(a.core().statePlace()); err == nil {
		_ = json.Unmarshal(text, &state)
	}
	return state
}

func (a *around) told() map[string]any {
	requests := a.network.requests
	if requests == nil {
		requests = []map[string]any{}
	}
	log := [][2]string{}
	for _, line := range strings.Split(strings.TrimSpace(a.log.String()), "\n") {
		var one struct{ Level, Msg string }
		if json.Unmarshal([]byte(line), &one) == nil {
			log = append(log, [2]string{strings.ToLower(one.Level), one.Msg})
		}
	}
	return map[string]any{"requests": requests, "stdout": toldLines(a.lines["stdout"]), "stderr": toldLines(a.lines["stderr"]), "log": log, "returned": a.returned}
}

func toldLines(lines []string) []string { return append([]string{}, lines...) }

func sent(plan map[string]any, given given) (any, error) {
	around := freshClient(plan, given)
	if !around.compiles {
		return nil, errRefused
	}
	for _, call := range given.Record {
		around.at(call.At)
		if err := around.recordCall(plan, call); err != nil {
			return nil, err
		}
		around.between()
	}
	around.later()
	around.wait()
	return around.told(), nil
}

func (a *around) wait() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	// What a request of the program's own carries nobody has to wait for.
	if flush := reflect.ValueOf(a.client).MethodByName("Flush"); flush.IsValid() {
		flush.Call([]reflect.Value{reflect.ValueOf(ctx)})
	}
}

// end is a program that records, and ends while that is on its way.
func end(plan map[string]any, given given) {
	around := freshClient(plan, given)
	around.network.never = true
	for _, call := range given.Record {
		if err := around.recordCall(plan, call); err != nil {
			panic(err)
		}
	}
	// Counts that are not on the disk yet a program keeps by this call, which nobody makes where a signal ends it.
	if finish := reflect.ValueOf(around.client).MethodByName("Close"); given.Way != "signal" && finish.IsValid() {
		finish.Call(nil)
	}
	ended(given)
}

// choose gives a value of one of several types, whichever that is: a program in Go can't give one of none.
func choose(to reflect.Value, value any) {
	if to.Kind() == reflect.Pointer {
		if value == nil {
			return
		}
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	inner := to.Field(0).Field(0)
	reflect.NewAt(inner.Type(), unsafe.Pointer(inner.UnsafeAddr())).Elem().Set(reflect.ValueOf(&[]any{plainly(value)}[0]).Elem())
}

// plainly is a value as the face's structs give it.
func plainly(value any) any {
	value = unpacked(value)
	switch value := value.(type) {
	case []any:
		items := make([]any, len(value))
		for at, one := range value {
			items[at] = plainly(one)
		}
		return items
	case map[string]any:
		members := object{}
		for key, one := range value {
			if one == nil {
				members = append(members, entry{key, nothing{}})
			} else {
				members = append(members, entry{key, plainly(one)})
			}
		}
		return members
	}
	return value
}
