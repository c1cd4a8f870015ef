// Command counting says what counting one use costs, in nanoseconds and allocations, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.test/product/telemetry"
)

// names take turns, so that no caller is asked the same twice in a row.
var names = [8]string{"explore", "search", "callers", "callees", "impact", "node", "status", "context"}

// contenders run so many calls each. Another file adds those that aren't in the standard library.
var contenders = map[string]func(calls int){}

type cost struct {
	Ns float64 `json:"ns"`
	// Together is the same where eight goroutines count at once.
	Together float64 `json:"together"`
	Allocs   float64 `json:"allocs"`
}

// together is how many goroutines count at once in the second measurement.
const together = 8

// least of many short rounds: whatever else the machine does only adds to one.
func least(run func(calls int)) cost {
	const calls = 20_000
	found := cost{Ns: 1e9}
	run(calls)
	for range 200 {
		start := time.Now()
		run(calls)
		found.Ns = min(found.Ns, float64(time.Since(start).Nanoseconds())/calls)
	}
	found.Together = 1e9
	for range 50 {
		start := time.Now()
		var all sync.WaitGroup
		for range together {
			all.Add(1)
			go func() {
				defer all.Done()
				run(calls)
			}()
		}
		all.Wait()
		found.Together = min(found.Together, float64(time.Since(start).Nanoseconds())/calls/together)
	}
	found.Allocs = testing.AllocsPerRun(100, func() { run(len(names)) }) / float64(len(names))
	return found
}

func main() {
	var slots [len(names)]atomic.Int64
	client := telemetry.New(telemetry.Options{Version: "0.9.12", NodeMajor: 22, Build: "codegraph"})
	bound := client.Counter(telemetry.UsageRollupGroup{Kind: telemetry.UsageRollupKindMcpTool, Name: names[0]})
	contenders["an atomic add"] = func(calls int) {
		for call := range calls {
			slots[call%len(names)].Add(1)
		}
	}
	contenders["Plainsight, bound counter"] = func(calls int) {
		for range calls {
			bound.OK()
		}
	}
	contenders["Plainsight, by name"] = func(calls int) {
		for call := range calls {
			client.Count(telemetry.UsageRollupGroup{Kind: telemetry.UsageRollupKindMcpTool, Name: names[call%len(names)]}, true)
		}
	}
	costs := map[string]cost{}
	for name, run := range contenders {
		costs[name] = least(run)
	}
	if err := json.NewEncoder(os.Stdout).Encode(costs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
