package telemetry

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Put beside Docglow's generated client, and run with -race.

// ownClient sends to a server of the test's own, in a home in which that is allowed.
func ownClient(t *testing.T, url string, stored string) (*Client, string) {
	t.Helper()
	client := New(exampleOptions())
	core := client.outbox.core
	home := t.TempDir()
	core.host.env = func(name string) (string, bool) {
		value, found := map[string]string{"HOME": home, "USERPROFILE": home, "DOCGLOW_TELEMETRY_ENDPOINT": url}[name]
		return value, found
	}
	core.host.config = func(context.Context, string) (any, error) { return nil, nil }
	path := core.statePlace()
	makePrivateFolder(folderOf(path))
	if stored != "" {
		if err := os.WriteFile(path, []byte(stored), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return client, path
}

const yes = `{"consent": "yes", "instance_id": "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58"}`

// ownHole accepts and never answers. The channel tells each connection.
func ownHole(t *testing.T) (string, <-chan struct{}) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepted := make(chan struct{}, 1000)
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

func recordOne(client *Client) { examples()[0].call(client) }

func TestOwnHeaders(t *testing.T) {
	var asked *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) { asked = request }))
	defer server.Close()
	client, _ := ownClient(t, server.URL, yes)
	recordOne(client)
	flushed(t, client)
	for name := range asked.Header {
		if name != "Content-Type" && name != "Content-Length" && name != "Connection" {
			t.Errorf("sent the header %s: %s", name, asked.Header.Get(name))
		}
	}
}

func TestOwnFlushEndsWithItsContext(t *testing.T) {
	url, accepted := ownHole(t)
	before := runtime.NumGoroutine()
	client, _ := ownClient(t, url, yes)
	client.outbox.terms.timeout = 300 * time.Millisecond
	recordOne(client)
	<-accepted
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := client.Flush(ctx); err != context.Canceled {
		t.Errorf("error %v", err)
	}
	flushed(t, client)
	for runtime.NumGoroutine() > before {
		runtime.Gosched()
	}
}

func TestOwnDeadEndpointPilesNothingUp(t *testing.T) {
	// What is cleaned up first was begun last: the connections are closed, then it is waited for what fails by that and is
	// noted in the folder, and then the folder is removed.
	t.TempDir()
	var underway func() int
	t.Cleanup(func() {
		for until := time.Now().Add(10 * time.Second); underway() > 0 && time.Now().Before(until); {
			time.Sleep(time.Millisecond)
		}
	})
	url, _ := ownHole(t)
	client, _ := ownClient(t, url, yes)
	client.outbox.terms.timeout = time.Hour
	underway = func() int {
		client.outbox.sending.Lock()
		defer client.outbox.sending.Unlock()
		return len(client.outbox.underway)
	}
	for range 500 {
		recordOne(client)
	}
	if found := underway(); found > mostUnderway {
		t.Errorf("%d on their way", found)
	}
}

func TestOwnRedirectIsAnAnswer(t *testing.T) {
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	client, _ := ownClient(t, server.URL, yes)
	recordOne(client)
	flushed(t, client)
	if elsewhere.Load() > 0 || len(client.outbox.sentBefore()) != 1 {
		t.Errorf("%d elsewhere", elsewhere.Load())
	}
}

func TestOwnGoneIsForGood(t *testing.T) {
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		answer.WriteHeader(http.StatusGone)
	}))
	defer server.Close()
	client, path := ownClient(t, server.URL, yes)
	for range 3 {
		recordOne(client)
		flushed(t, client)
	}
	// Another process of this machine hears of it, too.
	again, _ := ownClient(t, server.URL, yes)
	again.outbox.host.env = client.outbox.host.env
	recordOne(again)
	flushed(t, again)
	if requests.Load() != 1 || !isThere(path+".stopped") {
		t.Errorf("%d requests", requests.Load())
	}
}

func TestOwnIdentifierIsOneAmongMany(t *testing.T) {
	client, path := ownClient(t, "http://127.0.0.1:1", `{"consent": "yes"}`)
	var all sync.WaitGroup
	var mutex sync.Mutex
	found := map[any]bool{}
	for range 16 {
		all.Add(1)
		go func() {
			defer all.Done()
			other := New(exampleOptions()).outbox.core
			other.host.env = client.outbox.host.env
			value := identity(other, "instance_id")
			mutex.Lock()
			defer mutex.Unlock()
			found[value] = true
		}()
	}
	all.Wait()
	text, _ := os.ReadFile(path)
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil || len(found) != 1 || !found[state["instance_id"]] {
		t.Errorf("%v, %s", found, text)
	}
}

func TestOwnFilesAreForTheirOwnerAlone(t *testing.T) {
	client, path := ownClient(t, "https://receiver.test/", "")
	ownCommand(client, "enable")
	stat, err := os.Stat(path)
	if err != nil || stat.Mode().Perm() != 0o600 {
		t.Fatal(err, stat)
	}
	target := filepath.Join(t.TempDir(), "target")
	if err := os.WriteFile(target, []byte("untouched"), 0o600); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(path)
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
	ownCommand(client, "disable")
	if text, _ := os.ReadFile(target); string(text) != "untouched" {
		t.Errorf("wrote through a link: %s", text)
	}
}
