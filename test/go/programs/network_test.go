package telemetry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Put beside Cozystack's generated client, and run with -race.

const every = 1000 * time.Hour

// against is a reporter that sends to a server of the test's own.
func against(url string, collect func(context.Context, *Report) error) (*Reporter, *bytes.Buffer) {
	said := &bytes.Buffer{}
	reporter := New(Options{
		Config: func(context.Context, string) (any, error) { return nil, nil },
		Logger: slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, collect)
	reporter.contract.url, reporter.contract.every = url, every
	return reporter, said
}

func two(_ context.Context, report *Report) error {
	report.CozyTenantsCount(1)
	report.CozyTenantsCount(2)
	return nil
}

// blackHole accepts and never answers. The channel tells each connection.
func blackHole(t *testing.T) (string, <-chan struct{}) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepted := make(chan struct{}, 16)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			accepted <- struct{}{}
			t.Cleanup(func() { _ = connection.Close() })
		}
	}()
	t.Cleanup(func() { _ = listener.Close() })
	return "http://" + listener.Addr().String(), accepted
}

func TestWhatTravels(t *testing.T) {
	var asked *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		asked = request
		body, _ = io.ReadAll(request.Body)
	}))
	defer server.Close()
	reporter, said := against(server.URL, two)
	if err := reporter.Report(context.Background()); err != nil {
		t.Fatal(err)
	}
	if string(body) != "cozy_tenants_count 2\n" || said.Len() > 0 {
		t.Errorf("sent %q, said %q", body, said)
	}
	for name := range asked.Header {
		if name != "Content-Type" && name != "Content-Length" && name != "Connection" {
			t.Errorf("sent the header %s: %s", name, asked.Header.Get(name))
		}
	}
}

func TestBlackHole(t *testing.T) {
	url, _ := blackHole(t)
	reporter, said := against(url, two)
	reporter.contract.timeout = 50 * time.Millisecond
	err := reporter.Report(context.Background())
	if err == nil || !strings.HasSuffix(err.Error(), "-> failed (Timed out)") || !strings.Contains(said.String(), "Timed out") {
		t.Errorf("error %v, said %q", err, said)
	}
}

func TestNobodyListens(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	reporter, _ := against(server.URL, two)
	if err := reporter.Report(context.Background()); err == nil || !strings.HasSuffix(err.Error(), "-> failed (Connection refused)") {
		t.Errorf("error %v", err)
	}
}

func TestCancelledInABlackHole(t *testing.T) {
	url, accepted := blackHole(t)
	before := runtime.NumGoroutine()
	reporter, said := against(url, two)
	reporter.contract.timeout = time.Hour
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- reporter.Start(ctx) }()
	<-accepted
	cancelled := time.Now()
	cancel()
	if err := <-ended; err != nil || said.Len() > 0 {
		t.Errorf("error %v, said %q", err, said)
	}
	t.Logf("ended %s after it was cancelled", time.Since(cancelled))
	for runtime.NumGoroutine() > before {
		runtime.Gosched()
	}
}

func TestRedirectIsAnAnswer(t *testing.T) {
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	for _, client := range []*http.Client{nil, {}} {
		reporter, _ := against(server.URL, two)
		reporter.host.client = client
		if err := reporter.Report(context.Background()); err != nil || elsewhere.Load() > 0 {
			t.Errorf("error %v, %d elsewhere", err, elsewhere.Load())
		}
	}
}

func TestGoneIsForGood(t *testing.T) {
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		answer.WriteHeader(http.StatusGone)
	}))
	defer server.Close()
	reporter, said := against(server.URL, two)
	for range 3 {
		_ = reporter.Report(context.Background())
	}
	if requests.Load() != 1 || !strings.Contains(said.String(), "-> 410") {
		t.Errorf("%d requests, said %q", requests.Load(), said)
	}
}

func TestTurnedOffMeanwhile(t *testing.T) {
	url, accepted := blackHole(t)
	configMap := map[string]string{}
	reporter, _ := against(url, func(_ context.Context, report *Report) error {
		configMap["telemetry-enabled"] = "false"
		return two(context.Background(), report)
	})
	reporter.host.config = func(context.Context, string) (any, error) { return configMap, nil }
	if err := reporter.Report(context.Background()); err != nil || len(accepted) > 0 {
		t.Errorf("error %v, %d connections", err, len(accepted))
	}
}

func TestUnreadableIsANo(t *testing.T) {
	for name, config := range map[string]func(context.Context, string) (any, error){
		"none":     nil,
		"an error": func(context.Context, string) (any, error) { return nil, errors.New("forbidden") },
		"a panic":  func(context.Context, string) (any, error) { panic("forbidden") },
		"a list":   func(context.Context, string) (any, error) { return []string{"telemetry-enabled"}, nil },
		"a number": func(context.Context, string) (any, error) { return map[string]any{"telemetry-enabled": 1}, nil },
	} {
		reporter, _ := against("http://127.0.0.1:1", two)
		reporter.host.config = config
		if found := reporter.Decide(context.Background()); found != (Decision{false, "config"}) {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestReportsAgainAndAgain(t *testing.T) {
	arrived := make(chan struct{}, 1000)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { arrived <- struct{}{} }))
	defer server.Close()
	reporter, _ := against(server.URL, two)
	reporter.contract.every = 20 * time.Millisecond
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- reporter.Start(ctx) }()
	for range 3 {
		<-arrived
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("error %v", err)
	}
}

func TestManyFillOne(t *testing.T) {
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		body, _ = io.ReadAll(request.Body)
	}))
	defer server.Close()
	reporter, _ := against(server.URL, func(_ context.Context, report *Report) error {
		var all sync.WaitGroup
		for at := range 8 {
			all.Add(1)
			go func() {
				defer all.Done()
				for count := range 2000 {
					report.CozyWorkloadsCount(CozyWorkloadsCountLabels{
						UID:  "6099a6ff-87bd-463b-9deb-6b8dcdc7c47b",
						Kind: "etcd", Type: "k" + strings.Repeat("x", at), Version: "1." + strings.Repeat("1", count%9+1),
					}, int64(count))
				}
			}()
		}
		all.Wait()
		return nil
	})
	var calls sync.WaitGroup
	for range 4 {
		calls.Add(1)
		go func() {
			defer calls.Done()
			_ = reporter.Report(context.Background())
		}()
	}
	calls.Wait()
	if lines := bytes.Count(body, []byte("\n")); lines != 8*9 {
		t.Errorf("%d samples", lines)
	}
}

func TestCap(t *testing.T) {
	report := newReport(newContract(), process())
	for count := range mostSamples + 100 {
		report.gauge(&metric{name: "m", value: wholeIn(0, 1), labels: []field{{name: "l", take: wholeIn(0, 1e9)}}}, int64(1), int64(count))
	}
	if lines := strings.Count(report.String(), "\n"); lines != mostSamples {
		t.Errorf("%d samples", lines)
	}
}
