package telemetry

import (
	"context"
	"os"
	"strconv"
	"time"
)

// Installs is a program that records so many installs, or carries out the telemetry command, or flushes.
func Installs() {
	client := Half("half")
	if os.Args[1] == "command" {
		os.Exit(client.Command(context.Background(), os.Args[2:]))
	}
	count, _ := strconv.Atoi(os.Args[2])
	for range count {
		client.Install(InstallEvent{
			Targets: []string{"claude"}, Scope: ScopeLocal, Kind: KindFresh, SqliteBackend: SqliteBackendNative,
		})
	}
	if os.Args[1] == "send" {
		flushFor(client, 20*time.Second)
	}
}
