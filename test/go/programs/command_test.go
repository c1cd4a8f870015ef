package telemetry

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// Put beside Docglow's generated client, together with events_test.go.

// said is what a command prints, and its exit code.
func ownCommand(client *Client, args ...string) (string, int) {
	var said bytes.Buffer
	client.outbox.core.write = func(stream, line string) { said.WriteString(stream + ": " + line + "\n") }
	code := client.Command(context.Background(), args)
	return said.String(), code
}

func TestOwnCommands(t *testing.T) {
	client, path := ownClient(t, "https://receiver.test/", "")
	for _, one := range []struct {
		args string
		code int
		says string
	}{
		{"status", 0, "stdout: enabled: no\nstdout: instance_id: none\n"},
		{"status --json", 0, `"decided_by": "default"`},
		{"enable", 0, "stdout: Telemetry is on.\n"},
		{"status", 0, "stdout: enabled: yes\n"},
		{"show", 0, "stdout: To be sent next:\nstdout:   nothing\n"},
		{"reset", 0, "stdout: The identifiers were replaced.\n"},
		{"disable", 0, "stdout: Telemetry is off.\n"},
		{"on", 2, `stderr: Unknown command "on". Did you mean "enable"?`},
		{"stats", 2, `stderr: Unknown command "stats". Did you mean "status"?`},
		{"show me", 2, `stderr: Unexpected after "show": "me".`},
		{"help", 0, "stdout: docglow telemetry <word>\n"},
		{"reset --json", 2, `stderr: "--json" goes with "status" and "show" only.`},
	} {
		said, code := ownCommand(client, strings.Fields(one.args)...)
		if code != one.code || !strings.Contains(said, one.says) {
			t.Errorf("%s: %d, %q", one.args, code, said)
		}
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, code := ownCommand(client, "disable"); code != 1 || !strings.Contains(said, "can't be read, and is left as it is") {
		t.Errorf("a damaged file: %d, %q", code, said)
	}
	if text, _ := os.ReadFile(path); string(text) != "{" {
		t.Errorf("a damaged file was written over: %s", text)
	}
}

func TestOwnYesAfterANoIsSomebodyNew(t *testing.T) {
	client, _ := ownClient(t, "https://receiver.test/", "")
	ids := map[any]bool{}
	for range 3 {
		ownCommand(client, "enable")
		ids[storedIdentity(client.outbox.core, "instance_id")] = true
		ownCommand(client, "disable")
	}
	if len(ids) != 3 || ids[nil] {
		t.Errorf("%v", ids)
	}
}

func TestOwnQuestion(t *testing.T) {
	asked := 0
	prompt := func(answer, told bool) Prompt {
		return func(string, bool) (bool, bool) {
			asked++
			return answer, told
		}
	}
	client, _ := ownClient(t, "https://receiver.test/", "")
	core := client.outbox.core
	ctx := context.Background()
	core.terminals = func() (bool, bool) { return false, false }
	if client.Ask(ctx, WhereFirstDocglowGenerate, prompt(true, true)).Enabled || asked != 0 {
		t.Error("asked where nobody sits")
	}
	core.terminals = func() (bool, bool) { return true, true }
	if client.Ask(ctx, WhereFirstDocglowGenerate, prompt(true, false)).Enabled || asked != 1 {
		t.Error("no answer is no yes")
	}
	client.Ask(ctx, WhereFirstDocglowGenerate, func(string, bool) (bool, bool) { panic("the program's own") })
	if !client.Ask(ctx, WhereFirstDocglowGenerate, prompt(true, true)).Enabled || asked != 2 {
		t.Error("a yes is kept")
	}
	if !client.Ask(ctx, WhereFirstDocglowGenerate, prompt(false, true)).Enabled || asked != 2 {
		t.Error("asked again")
	}
}
