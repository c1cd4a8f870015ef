// Command manager is an operator in the manner of controller-runtime, in fifty lines, without importing it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/signal"

	"example.test/product/telemetry"
)

// Runnable and LeaderElectionRunnable are controller-runtime's own, word for word.
type Runnable interface {
	Start(ctx context.Context) error
}

// LeaderElectionRunnable says whether a runnable waits until its replica leads.
type LeaderElectionRunnable interface {
	NeedLeaderElection() bool
}

type manager struct{ all, leading []Runnable }

func (m *manager) Add(one Runnable) {
	if elected, is := one.(LeaderElectionRunnable); is && elected.NeedLeaderElection() {
		m.leading = append(m.leading, one)
	} else {
		m.all = append(m.all, one)
	}
}

// Start runs all that may run, and ends with the first that fails, as a manager does.
func (m *manager) Start(ctx context.Context, isLeader bool) error {
	running := m.all
	if isLeader {
		running = append(running, m.leading...)
	}
	ended := make(chan error, len(running))
	for _, one := range running {
		go func() { ended <- one.Start(ctx) }()
	}
	failed := []error{}
	for range running {
		failed = append(failed, <-ended)
	}
	return errors.Join(failed...)
}

// toReceiver sends to another host what is meant for the contract's own, so that a test can stand in for it.
type toReceiver struct{ *url.URL }

func (to toReceiver) RoundTrip(request *http.Request) (*http.Response, error) {
	request.URL.Scheme, request.URL.Host = to.Scheme, to.Host
	return http.DefaultTransport.RoundTrip(request)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	receiver, err := url.Parse(os.Getenv("RECEIVER"))
	if err != nil {
		panic(err)
	}
	configMap := map[string]string{}
	if stated, found := os.LookupEnv("TELEMETRY_ENABLED"); found {
		configMap["telemetry-enabled"] = stated
	}
	reporter := telemetry.New(telemetry.Options{
		Config: func(context.Context, string) (any, error) { return configMap, nil },
		Client: &http.Client{Transport: toReceiver{receiver}},
		Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, func(_ context.Context, report *telemetry.Report) error {
		report.CozyClusterInfo(telemetry.CozyClusterInfoLabels{
			CozystackVersion: "v0.22.0", KubernetesVersion: "v1.31.4",
			OIDCEnabled: telemetry.OIDCEnabledTrue, BundleName: telemetry.BundleNamePaasFull,
		})
		report.CozyNodesCount(telemetry.CozyNodesCountLabels{OS: "linux (Talos (v1.8.4))", Kernel: "6.6.64-talos"}, 3)
		report.CozyPvsCount(telemetry.CozyPvsCountLabels{Driver: "linstor.csi.linbit.com", SizeGiB: 4.2}, 7)
		report.CozyTenantsCount(2)
		return nil
	})
	var manager manager
	manager.Add(reporter)
	if err := manager.Start(ctx, os.Getenv("LEADER") != "no"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("stopped")
}
