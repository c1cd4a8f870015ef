package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdk "go.opentelemetry.io/otel/sdk/metric"
)

func init() {
	uses := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "uses", Help: "Uses."}, []string{"kind", "name", "client_name", "client_version"})
	child := uses.WithLabelValues("mcp_tool", names[0], "", "")
	contenders["prometheus, bound"] = func(calls int) {
		for range calls {
			child.Inc()
		}
	}
	contenders["prometheus, by label values"] = func(calls int) {
		for call := range calls {
			uses.WithLabelValues("mcp_tool", names[call%len(names)], "", "").Inc()
		}
	}
	counter, err := sdk.NewMeterProvider(sdk.WithReader(sdk.NewManualReader())).Meter("bench").Int64Counter("uses")
	if err != nil {
		return
	}
	contenders["OpenTelemetry SDK counter"] = func(calls int) {
		for call := range calls {
			counter.Add(context.Background(), 1, metric.WithAttributes(
				attribute.String("kind", "mcp_tool"), attribute.String("name", names[call%len(names)])))
		}
	}
}
