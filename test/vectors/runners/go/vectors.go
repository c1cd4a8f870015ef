package telemetry

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// This file is put beside a generated client and answers vectors with it: see ../../README.md.

type question struct {
	ID    any    `json:"id"`
	Ask   string `json:"ask"`
	Given given  `json:"given"`
}

type given struct {
	Env     map[string]string `json:"env"`
	Config  map[string]any    `json:"config"`
	Args    []string          `json:"args"`
	Build   string            `json:"build"`
	Answer  any               `json:"answer"`
	Samples []struct {
		Metric string         `json:"metric"`
		Labels map[string]any `json:"labels"`
		Value  any            `json:"value"`
	} `json:"samples"`
	Way   string         `json:"way"`
	Code  int            `json:"code"`
	Value map[string]any `json:"value"`
	Given any            `json:"given"`
}

// Answers are the functions that answer, by what is asked. A file beside this one may add to them.
var Answers = map[string]func(plan map[string]any, given given) (any, error){
	"decide": func(_ map[string]any, given given) (any, error) {
		reporter, _ := fresh(given, nil)
		decision := reporter.Decide(context.Background())
		return map[string]any{"enabled": decision.Enabled, "decidedBy": decision.DecidedBy}, nil
	},
	"report": report,
	"exit":   leave,
}

// RunVectors answers each line of stdin on stdout. With a third argument it is the child that leaves.
func RunVectors() {
	if len(os.Args) > 2 {
		end(os.Args[2])
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var plan map[string]any
	if err := json.Unmarshal(text, &plan); err != nil {
		panic(err)
	}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var one question
		told := map[string]any{}
		if err := json.Unmarshal(line, &one); err != nil {
			told["error"] = err.Error()
		} else if answer := Answers[one.Ask]; answer == nil {
			told["unknown"] = true
		} else if found, err := answer(plan, one.Given); err != nil {
			told["error"] = err.Error()
		} else {
			told["answer"] = found
		}
		told["id"] = one.ID
		written, _ := json.Marshal(told)
		fmt.Println(string(written))
	}
}

type network struct {
	answer   any
	requests []map[string]any
}

func (n *network) RoundTrip(request *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(request.Body)
	headers := map[string]string{}
	for name := range request.Header {
		headers[strings.ToLower(name)] = request.Header.Get(name)
	}
	n.requests = append(n.requests, map[string]any{"url": request.URL.String(), "headers": headers, "body": string(body)})
	switch n.answer {
	case "refused":
		return nil, syscall.ECONNREFUSED
	case "gone":
		return nil, context.DeadlineExceeded
	}
	status := http.StatusNoContent
	if stated, is := n.answer.(float64); is {
		status = int(stated)
	}
	return &http.Response{StatusCode: status, Body: http.NoBody, Request: request}, nil
}

func fresh(given given, collect func(context.Context, *Report) error) (*Reporter, *network) {
	reporter, network := New(Options{}, collect), &network{answer: given.Answer}
	reporter.host.client = &http.Client{Transport: network}
	reporter.host.args, reporter.host.build = given.Args, given.Build
	reporter.host.env = func(name string) (string, bool) {
		value, found := given.Env[name]
		return value, found
	}
	reporter.host.config = func(_ context.Context, name string) (any, error) { return given.Config[name], nil }
	return reporter, network
}

func report(plan map[string]any, given given) (any, error) {
	var wrong error
	reporter, network := fresh(given, func(_ context.Context, report *Report) error {
		for _, sample := range given.Samples {
			if err := call(plan, report, sample.Metric, sample.Labels, sample.Value); err != nil {
				wrong = err
			}
		}
		return nil
	})
	_ = reporter.Report(context.Background())
	requests := network.requests
	if requests == nil {
		requests = []map[string]any{}
	}
	return map[string]any{"requests": requests, "stdout": []string{}, "stderr": []string{}, "log": []any{}}, wrong
}

func leave(_ map[string]any, given given) (any, error) {
	work, _ := json.Marshal(map[string]any{"way": given.Way, "code": given.Code, "env": given.Env, "config": given.Config})
	child := exec.Command(os.Args[0], os.Args[1], string(work))
	said, err := child.Output()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return nil, err
	}
	answer := map[string]any{"code": child.ProcessState.ExitCode(), "signal": nil, "stdout": string(said)}
	if status, is := child.ProcessState.Sys().(syscall.WaitStatus); is && status.Signaled() && status.Signal() == syscall.SIGTERM {
		answer["code"], answer["signal"] = nil, "SIGTERM"
	}
	return answer, nil
}

// end is a program that reports, and ends while a report is on its way.
func end(work string) {
	var given given
	if err := json.Unmarshal([]byte(work), &given); err != nil {
		panic(err)
	}
	reporter, _ := fresh(given, func(ctx context.Context, _ *Report) error {
		<-ctx.Done()
		return ctx.Err()
	})
	go func() { _ = reporter.Start(context.Background()) }()
	switch given.Way {
	case "exit":
		os.Exit(given.Code)
	case "throw":
		os.Exit(1)
	case "signal":
		_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
		time.Sleep(10 * time.Second)
	}
	os.Exit(0)
}
