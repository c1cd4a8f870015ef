package telemetry

import (
	"context"
	"errors"
	"net/http"
	"reflect"
)

// This file stands beside a client that reports gauges.
func init() {
	Answers["decide"] = func(_ map[string]any, given given) (any, error) {
		reporter, _ := freshReporter(map[string]any{"setup": map[string]any{"fields": []any{}}}, given, nil)
		decision := reporter.Decide(context.Background())
		return map[string]any{"enabled": decision.Enabled, "decidedBy": decision.DecidedBy}, nil
	}
	Answers["report"] = report
}

func freshReporter(plan map[string]any, given given, collect func(context.Context, *Report) error) (*Reporter, *network) {
	options, _ := optionsFor(plan, given)
	reporter, network := New(options, collect), &network{answer: given.Answer}
	reporter.host.client = &http.Client{Transport: network}
	reporter.host.args, reporter.host.build = given.Args, given.Build
	reporter.host.env = environment(given)
	reporter.host.config = func(_ context.Context, name string) (any, error) { return given.Config[name], nil }
	return reporter, network
}

func report(plan map[string]any, given given) (any, error) {
	var wrong error
	reporter, network := freshReporter(plan, given, func(_ context.Context, report *Report) error {
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

// end is a program that reports, and ends while a report is on its way.
func end(plan map[string]any, given given) {
	reporter, _ := freshReporter(plan, given, func(ctx context.Context, _ *Report) error {
		<-ctx.Done()
		return ctx.Err()
	})
	go func() { _ = reporter.Start(context.Background()) }()
	ended(given)
}

func kept(given) int { return 0 }

// call finds a gauge's method by its plan. What the compiler would refuse is not called.
func call(plan map[string]any, report *Report, name string, labels map[string]any, value any) error {
	for _, each := range plan["emitters"].([]any) {
		one := each.(map[string]any)
		if one["name"] != name {
			continue
		}
		method, err := named(reflect.ValueOf(report), one["words"])
		if err != nil {
			return err
		}
		args := []reflect.Value{}
		for at := range method.Type().NumIn() {
			wanted := method.Type().In(at)
			arg := reflect.New(wanted).Elem()
			if wanted.Kind() == reflect.Struct {
				for _, label := range one["labels"].([]any) {
					label := label.(map[string]any)
					given, told := labels[label["name"].(string)]
					if told && !putPlain(memberOf(arg, label["words"]), given) {
						return errRefused
					}
				}
			} else if !putPlain(arg, value) {
				return errRefused
			}
			args = append(args, arg)
		}
		method.Call(args)
		return nil
	}
	return errors.New("no such metric: " + name)
}
