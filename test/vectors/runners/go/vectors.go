package telemetry

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// This file is put beside a generated client and answers vectors with it: see ../../README.md.

type vector struct {
	ID    any    `json:"id"`
	Ask   string `json:"ask"`
	Given given  `json:"given"`
}

type given struct {
	Env     map[string]string `json:"env"`
	Config  map[string]any    `json:"config"`
	Stored  json.RawMessage   `json:"stored"`
	Args    []string          `json:"args"`
	Facts   map[string]bool   `json:"facts"`
	Build   string            `json:"build"`
	Address string            `json:"address"`
	Drawn   bool              `json:"drawn"`
	Setup   map[string]any    `json:"setup"`
	Version any               `json:"version"`
	Now     int64             `json:"now"`
	Answer  any               `json:"answer"`
	Says    string            `json:"says"`
	Name    string            `json:"name"`
	Record  []recordedCall    `json:"record"`
	Samples []struct {
		Metric string         `json:"metric"`
		Labels map[string]any `json:"labels"`
		Value  any            `json:"value"`
	} `json:"samples"`
	Way   string            `json:"way"`
	Code  int               `json:"code"`
	Value map[string]any    `json:"value"`
	Given any               `json:"given"`
	Files map[string]string `json:"files"`
	Lines []string          `json:"lines"`
	Most  int64             `json:"max_size"`
	Full  string            `json:"when_full"`
	Home  string            `json:"home"`
	Part  string            `json:"part"`
	// AtHome are files below the home folder.
	AtHome map[string]string `json:"at_home"`
	// Beside are files beside the state file.
	Beside map[string]string `json:"beside"`
	// Circles: the state file's folder leads round in circles.
	Circles bool `json:"circles"`
}

type recordedCall struct {
	Event  string         `json:"event"`
	Fields map[string]any `json:"fields"`
	OK     *bool          `json:"ok"`
	At     int64          `json:"at"`
	Values map[string]any `json:"values"`
}

// Answers are the functions that answer, by what is asked. A file beside this one adds to them.
var Answers = map[string]func(plan map[string]any, given given) (any, error){"exit": leave}

// errRefused: there can be no such program.
var errRefused = errors.New("the compiler refuses it")

// RunVectors answers each line of stdin on stdout. With a third argument it is the child that leaves.
func RunVectors() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var plan map[string]any
	if err := json.Unmarshal(text, &plan); err != nil {
		panic(err)
	}
	if len(os.Args) > 2 {
		var given given
		if err := json.Unmarshal([]byte(os.Args[2]), &given); err != nil {
			panic(err)
		}
		end(plan, given)
	}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var one vector
		told := map[string]any{}
		if err := json.Unmarshal(line, &one); err != nil {
			told["error"] = err.Error()
		} else if answer := Answers[one.Ask]; answer == nil {
			told["unknown"] = true
		} else if found, err := atHome(answer, plan, one.Given); errors.Is(err, errRefused) {
			told["refused"] = true
		} else if err != nil {
			told["error"] = err.Error()
		} else {
			told["answer"] = found
		}
		told["id"] = one.ID
		written, _ := json.Marshal(told)
		fmt.Println(string(written))
	}
}

// atHome answers with a home folder of its own.
func atHome(answer func(map[string]any, given) (any, error), plan map[string]any, given given) (found any, err error) {
	home, err := os.MkdirTemp("", "vector-")
	if err != nil {
		return nil, err
	}
	defer func() {
		_ = os.RemoveAll(home)
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panicked: %v", panicked)
		}
	}()
	given.Home = home
	return answer(plan, given)
}

type network struct {
	answer any
	// says is the body of an answer.
	says     string
	requests []map[string]any
	never    bool
}

func (n *network) RoundTrip(request *http.Request) (*http.Response, error) {
	if n.never {
		<-request.Context().Done()
		return nil, request.Context().Err()
	}
	body, _ := io.ReadAll(request.Body)
	headers := map[string]string{}
	for name := range request.Header {
		headers[strings.ToLower(name)] = request.Header.Get(name)
	}
	n.requests = append(n.requests, map[string]any{"url": request.URL.String(), "headers": headers, "body": string(body)})
	if n.answer == "refused" {
		return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	}
	if n.answer == "gone" {
		return nil, context.DeadlineExceeded
	}
	status := http.StatusNoContent
	if stated, is := n.answer.(float64); is {
		status = int(stated)
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(n.says)), Request: request}, nil
}

// sendAs is a program's own way to send.
func (n *network) sendAs(ctx context.Context, url string, header http.Header, body string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header = header
	response, err := n.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, nil
}

func leave(_ map[string]any, given given) (any, error) {
	work, _ := json.Marshal(given)
	child := exec.Command(os.Args[0], os.Args[1], string(work))
	said, err := child.Output()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return nil, err
	}
	answer := map[string]any{"code": child.ProcessState.ExitCode(), "signal": nil, "stdout": string(said), "kept": kept(given)}
	if status, is := child.ProcessState.Sys().(syscall.WaitStatus); is && status.Signaled() && status.Signal() == syscall.SIGTERM {
		answer["code"], answer["signal"] = nil, "SIGTERM"
	}
	return answer, nil
}

func ended(given given) {
	switch given.Way {
	case "exit":
		os.Exit(given.Code)
	case "throw":
		os.Exit(1)
	case "signal":
		_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
		select {}
	}
	os.Exit(0)
}

func environment(given given) func(string) (string, bool) {
	return func(name string) (string, bool) {
		if name == "HOME" {
			return given.Home, true
		}
		value, found := given.Env[name]
		return value, found
	}
}
