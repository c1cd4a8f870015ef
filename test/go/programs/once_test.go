package telemetry

import (
	"os"
	"path/filepath"
	"testing"
)

// Put beside a generated client with events that are limited to once a day.

func TestOwnMarksOfOtherEventsStay(t *testing.T) {
	core := New(exampleOptions()).outbox.core
	home := t.TempDir()
	core.terms.marks = func(*host) string { return filepath.Join(home, "state.json") }
	mark := func(name, when string, wanted bool) {
		t.Helper()
		if core.mark(name, when) != wanted {
			t.Errorf("%s on %s: not %v", name, when, wanted)
		}
	}
	for _, name := range []string{"use-2", "use-20-3"} {
		mark(name, "2026-06-12", true)
		mark(name, "687", true)
	}
	mark("use", "2026-06-12", true)
	mark("use", "41233", true)
	for _, name := range []string{"use-2", "use-20-3"} {
		mark(name, "2026-06-12", false)
		mark(name, "687", false)
	}
	// Its own of earlier days and stretches go.
	mark("use", "2026-06-13", true)
	mark("use", "100000", true)
	if _, odd := core.marksOf("Run a*b: c/d"); odd != core.terms.product+"-once-%52un%20a%2ab%3a%20c%2fd-" {
		t.Error(odd)
	}
	_, prefix := core.marksOf("use")
	for _, gone := range []string{"2026-06-12", "41233"} {
		if isThere(filepath.Join(home, prefix+gone)) {
			t.Errorf("%s stays", gone)
		}
	}
	// A folder in the place of an old one isn't ours, and holds nothing up.
	folder, held := core.marksOf("held")
	old := filepath.Join(folder, held+"2026-06-11")
	if err := os.Mkdir(old, 0o700); err != nil {
		t.Fatal(err)
	}
	mark("held", "2026-06-12", true)
	if !isThere(old) {
		t.Error("the folder is gone")
	}
}
