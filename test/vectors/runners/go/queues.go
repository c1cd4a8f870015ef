package telemetry

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// This file stands beside a client with a queue.
func init() {
	Answers["flush"] = func(plan map[string]any, given given) (any, error) {
		around := freshClient(plan, given)
		path := around.client.queue.terms.queue.file(around.client.queue.host)
		if err := putFiles(path, given.Files); err != nil {
			return nil, err
		}
		around.wait()
		return map[string]any{"requests": around.told()["requests"], "files": filesBeside(path), "stored": around.stored()}, nil
	}
	Answers["append"] = func(_ map[string]any, given given) (any, error) {
		path := filepath.Join(given.Home, "queue")
		if err := putFiles(path, given.Files); err != nil {
			return nil, err
		}
		written, waiting := 0, []unwritten{}
		for _, line := range given.Lines {
			waiting = append(waiting, unwritten{line, func() { written++ }})
		}
		appendLines(path, path, waiting, given.Most, given.Full == "drop-newest", given.Now)
		return map[string]any{"files": filesBeside(path), "kept": written}, nil
	}
}

func (a *around) core() *core { return a.client.queue.core }

func (a *around) at(now int64) {
	if now > 0 {
		a.client.queue.persist()
		a.now = now
	}
}

func (a *around) between() {}

func (a *around) later() {
	a.client.queue.persist()
	a.now += 2 * aDay
}

func kept(given given) int {
	around := freshClient(map[string]any{"setup": map[string]any{"fields": []any{}}}, given)
	count := 0
	for _, text := range filesBeside(around.client.queue.terms.queue.file(around.client.queue.host)) {
		for _, line := range strings.Split(text, "\n") {
			if line != "" {
				count++
			}
		}
	}
	return count
}

func filesBeside(path string) map[string]string {
	found := map[string]string{}
	names, _ := os.ReadDir(filepath.Dir(path))
	for _, one := range names {
		if strings.HasPrefix(one.Name(), filepath.Base(path)) {
			text, _ := os.ReadFile(filepath.Join(filepath.Dir(path), one.Name()))
			found[one.Name()] = string(text)
		}
	}
	return found
}

func putFiles(path string, files map[string]string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), marked(name)), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func marked(name string) string {
	if !strings.Contains(name, "{") {
		return name
	}
	mark := strings.Split(ownMark(), ".")
	ended := exec.Command("true")
	_ = ended.Run()
	seconds, _ := strconv.Atoi(mark[1])
	return strings.NewReplacer(
		"{living}", strings.Join(mark, "."),
		"{ended}", fmt.Sprintf("%d.%s.%s", ended.Process.Pid, mark[1], mark[2]),
		"{elsewhere}", fmt.Sprintf("%s.%s.elsewhere", mark[0], mark[1]),
		"{restarted}", fmt.Sprintf("%s.%d.%s", mark[0], seconds+1000, mark[2]),
	).Replace(name)
}
