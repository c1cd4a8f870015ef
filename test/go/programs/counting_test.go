package telemetry

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Put beside CodeGraph's generated client, and run with -race.

// ownCounts are what was counted so far, by name.
func ownCounts(t *testing.T, client *Client) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	for _, one := range client.usageRollup.told() {
		var sent UsageRollupSent
		if err := json.Unmarshal(one.Props, &sent); err != nil {
			t.Fatal(err)
		}
		if _, twice := counts[sent.Name]; twice {
			t.Errorf("%s has two rows", sent.Name)
		}
		counts[sent.Name] = sent.Count
	}
	return counts
}

func ownClient() *Client {
	client := New(exampleOptions())
	// Nothing is written down.
	client.queue.armed.Store(true)
	return client
}

func ownGroup(name string) UsageRollupGroup {
	return UsageRollupGroup{Kind: UsageRollupKindMcpTool, Name: name, ClientName: "Claude Code", ClientVersion: "2.1"}
}

func TestOwnCountingAllocatesNothing(t *testing.T) {
	client := ownClient()
	bound := client.Counter(ownGroup("bound"))
	for name, count := range map[string]func(){
		"by name": func() { client.Count(ownGroup("codegraph_explore"), true) },
		"bound":   func() { bound.Error() },
	} {
		count()
		if allocations := testing.AllocsPerRun(100, count); allocations != 0 {
			t.Errorf("%s: %v allocations", name, allocations)
		}
	}
}

func TestOwnManyCountTogether(t *testing.T) {
	client := ownClient()
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for at := range 3000 {
				client.Count(ownGroup(fmt.Sprintf("tool_%d", at%300)), true)
			}
		}()
	}
	all.Wait()
	counts := ownCounts(t, client)
	for name, count := range counts {
		if count != 80 {
			t.Errorf("%s: %d", name, count)
		}
	}
	if len(counts) != 300 {
		t.Errorf("%d rows", len(counts))
	}
}

func TestOwnNamesWithoutEnd(t *testing.T) {
	client := ownClient()
	const calls = 3 * mostKnown
	for at := range calls {
		client.Count(ownGroup(fmt.Sprintf("tool_%d", at)), true)
		client.Count(ownGroup("tool_1"), true)
		client.Count(ownGroup("not let through\n"), true)
	}
	counts := ownCounts(t, client)
	// Two of them are counted by their names all the time, and whatever came too late as others.
	if len(counts) != mostRows+1 || counts["tool_1"] != calls+1 || counts["other"] != calls-mostRows {
		t.Errorf("%d rows, %d, %d", len(counts), counts["tool_1"], counts["other"])
	}
	if known := client.usageRollup.known.Load(); len(known.slots) > mostKnown || 2*known.filled > len(known.slots) {
		t.Errorf("%d of %d slots", known.filled, len(known.slots))
	}
}

func TestOwnSumsTellGroupsApart(t *testing.T) {
	sums := map[uint64]UsageRollupGroup{}
	add := func(group UsageRollupGroup) {
		if other, is := sums[group.sum()]; is && other != group {
			t.Errorf("%+v and %+v", other, group)
		}
		sums[group.sum()] = group
	}
	text := ""
	for at := range 70 {
		text += string(rune('a' + at%26))
		add(UsageRollupGroup{Name: text})
		add(UsageRollupGroup{ClientName: text})
		add(UsageRollupGroup{ClientVersion: text})
		add(UsageRollupGroup{Name: text, ClientName: "b"})
		for place := range text {
			add(UsageRollupGroup{Name: text[:place] + "." + text[place+1:]})
		}
	}
	for at := range 20000 {
		add(UsageRollupGroup{Name: fmt.Sprint(at)})
		add(UsageRollupGroup{Name: fmt.Sprintf("github.com/someone/something/%d/else", at)})
	}
}

func TestOwnGroupThatIsNotItself(t *testing.T) {
	client := ownClient()
	type group struct{ size float64 }
	sizes := &rollup[group]{queue: client.queue, values: func(one *group) []any { return []any{one.size} }}
	sizes.fields = []field{{name: "size", take: numberIn(math.Inf(-1), math.Inf(1)), optional: true}}
	sizes.counters = []string{"count", "failed"}
	for range 500 {
		for _, size := range []float64{math.NaN(), 0, math.Copysign(0, -1)} {
			one := group{size}
			// Of one sum all of them: a group is what it says.
			sizes.row(&one, 7).OK()
		}
	}
	if len(sizes.all) != 2 || sizes.all[0].calls.Load() != 500 || sizes.all[1].calls.Load() != 1000 {
		t.Error(len(sizes.all))
	}
}

// What a disk cuts short is kept once: no total is counted twice, and no line is spoiled but the one that was cut.
func TestOwnAppendsOnceOnAFullDisk(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ)
	var usual syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &usual); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "queue.jsonl")
	waiting := []string{"first", "second", "third"}
	keep := func(room uint64) {
		full := usual
		full.Cur = room
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &usual) }()
		lines := []unwritten{}
		for _, one := range waiting {
			lines = append(lines, unwritten{one, func() { waiting = waiting[1:] }})
		}
		appendLines(path, path, lines, 4096, false, 1)
	}
	keep(16)
	keep(16)
	waiting = append(waiting, "fourth")
	keep(16)
	keep(1 << 20)
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for word, times := range map[string]int{"first": 1, "second": 1, "third": 0, "fourth": 1} {
		if found := strings.Count("\n"+string(kept), "\n"+word+"\n"); found != times {
			t.Errorf("%q: %d times in %q", word, found, kept)
		}
	}
}
