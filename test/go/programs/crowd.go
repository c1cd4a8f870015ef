package telemetry

import (
	"context"
	"fmt"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"
)

// Put beside CodeGraph's generated client. One of many, as test/client/proof/crowd-program.ts: a recorder that writes down
// what it keeps, or a sender that flushes.

// named says whose request it is, for the test, and takes it there; no client sends such a header.
type named struct{ name string }

func (n named) RoundTrip(request *http.Request) (*http.Response, error) {
	to, err := url.Parse(os.Getenv("ENDPOINT"))
	if err != nil {
		return nil, err
	}
	request = request.Clone(request.Context())
	request.URL, request.Host = to, to.Host
	request.Header.Set("X-Sender", n.name)
	return (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
}

// Half is CodeGraph's client in a program whose requests go to ENDPOINT, and whose clock is DAYS ahead.
func Half(name string) *Client {
	node, _ := strconv.ParseInt(os.Getenv("NODE_MAJOR"), 10, 64)
	client := New(Options{NodeMajor: max(node, 1), Version: "0.9.12", Build: "codegraph", Client: &http.Client{Transport: named{name}}})
	days, _ := strconv.ParseInt(os.Getenv("DAYS"), 10, 64)
	client.queue.clock = func() int64 { return time.Now().UnixMilli() + days*aDay }
	return client
}

// Crowd is the program.
func Crowd() {
	role, name, log, rounds := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	client := Half(name)
	// What a full queue drops is another test's: here everything fits.
	most, _ := strconv.ParseInt(os.Getenv("CAP"), 10, 64)
	client.queue.terms.queue.maxSize = max(client.queue.terms.queue.maxSize, most)
	client.queue.write = func(string, string) {}
	env := client.queue.host.env
	client.queue.host.env = func(name string) (string, bool) {
		if name == "CODEGRAPH_TELEMETRY" {
			return "1", true
		}
		return env(name)
	}
	count, _ := strconv.Atoi(rounds)
	switch role {
	case "record":
		counter := client.Counter(UsageRollupGroup{Kind: UsageRollupKindCLICommand, Name: name})
		for at := range count {
			// Written down before and after: between the two nobody can say what a kill left.
			note(log, fmt.Sprintf("means %s-%d", name, at))
			client.Uninstall(UninstallEvent{Targets: []string{fmt.Sprintf("%s-%d", name, at)}})
			counter.OK()
			_ = client.Close()
			note(log, fmt.Sprintf("kept %s-%d", name, at))
			time.Sleep(time.Duration(rand.Float64() * 4e6))
		}
	case "send":
		for {
			flushFor(client, 2*time.Second)
			time.Sleep(time.Duration(rand.Float64() * 3e7))
		}
	default:
		for range count {
			flushFor(client, 20*time.Second)
		}
	}
}

func flushFor(client *Client, within time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	_ = client.Flush(ctx)
}

func note(log, line string) {
	file, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	_, _ = file.WriteString(line + "\n")
	_ = file.Close()
}
