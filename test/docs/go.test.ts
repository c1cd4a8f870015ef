import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { go, hasGo, inGo, listed, writeGo } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/go.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text]) => text ?? "");

it("what the page has a contract say is read without a finding", () => {
  const path = "spec/systems/cozystack/events.yaml";
  const [clients = ""] = blocks("yaml");
  const without = readFileSync(join(root, path), "utf8").replace(/\nclients: .*\n/, "\n");
  expect(read(`${without}\n${clients}`, path).clients.go?.to).toBe("internal/telemetry");
});

/** The code that the page leaves to the reader's program. */
const around = `package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"example.test/product/telemetry"
)

type node struct {
	os, kernel string
	count      int64
}

type kubernetes struct{}

func (kubernetes) configMap(context.Context, string, string) (map[string]string, error) { return map[string]string{"telemetry-enabled": "false"}, nil }
func (kubernetes) nodes(context.Context) ([]node, error) { return []node{{"linux", "6.6", 1}}, nil }

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	reportOnce(ctx, newReporter(kubernetes{}, slog.Default()))
}
`;

/** Around what it says of events: Docglow's client, and as much of cobra as the page uses. */
const aroundEvents = `package main

import (
	"context"
	"os"
	"runtime"
	"time"

	"example.test/product/cobra"
	"example.test/product/telemetry"
)

func main() {
	client := newClient(map[string]any{}, "0.7.4")
	generated(client, time.Second, telemetry.ProjectShape{Models: 3})
	end(client)
	command := telemetryCommand(client)
	command.Run(command, os.Args[1:])
}
`;

const cobra = `package cobra

import "context"

type Command struct {
	Use                string
	DisableFlagParsing bool
	Run                func(command *Command, args []string)
}

func (*Command) Context() context.Context { return context.Background() }
`;

const isOfQueues = (code: string) => code.includes("UsageRollup");
const isByTheClock = (code: string) => code.includes("BeatEvent");
const isTest = (code: string) => code.includes("testing.T");
const isOfEvents = (code: string) =>
  code.includes("telemetry.Client") && !isOfQueues(code) && !isByTheClock(code) && !isTest(code);

it.runIf(isThere("Go", hasGo()))(
  "its program of events runs, and has the telemetry command",
  () => {
    const folder = temporaryFolder("go-page-events");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeGo(inGo("docglow"), folder);
    mkdirSync(join(folder, "cobra"));
    writeFileSync(join(folder, "cobra/cobra.go"), cobra);
    writeFileSync(join(folder, "main.go"), [aroundEvents, ...blocks("go").filter(isOfEvents)].join("\n"));
    expect(go(["build", "-o", "product", "."], folder)).toBe("");
    expect(listed(join(folder, "product"), ["status"])).toContain("enabled: no\n");
    const test = `package main\n\nimport (\n\t"testing"\n\t"time"\n\n\t"example.test/product/telemetry"\n)\n`;
    writeFileSync(join(folder, "main_test.go"), [test, ...blocks("go").filter(isTest)].join("\n"));
    expect(go(["test", "."], folder)).toBe("");
    expect(listed("gofmt", ["-l", folder])).toBe("");
  },
  300_000,
);

it.runIf(isThere("Go", hasGo()))(
  "what it says of events by the clock compiles",
  () => {
    const folder = temporaryFolder("go-page-clock");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(root, "test/vectors/contracts/queued.yaml");
    writeGo(read(readFileSync(path, "utf8"), path), folder);
    const main = `package main\n\nimport (\n\t"context"\n\n\t"example.test/product/telemetry"\n)\n\nfunc main() { daily(context.Background(), telemetry.New(telemetry.Options{}), func() int64 { return 1 }) }\n`;
    writeFileSync(join(folder, "main.go"), [main, ...blocks("go").filter(isByTheClock)].join("\n"));
    expect(go(["build", "-o", "product", "."], folder)).toBe("");
  },
  300_000,
);

it.runIf(isThere("Go", hasGo()))(
  "what it says of queues compiles",
  () => {
    const folder = temporaryFolder("go-page-queues");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeGo(inGo("codegraph"), folder);
    const main = `package main\n\nimport "example.test/product/telemetry"\n\nfunc main() { called(telemetry.New(telemetry.Options{}), "x", true) }\n`;
    writeFileSync(join(folder, "main.go"), [main, ...blocks("go").filter(isOfQueues)].join("\n"));
    expect(go(["build", "-o", "product", "."], folder)).toBe("");
  },
  300_000,
);

it.runIf(isThere("Go", hasGo()))(
  "its program runs, and its tests are green",
  () => {
    const folder = temporaryFolder("go-page");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeGo(inGo("cozystack"), folder);
    writeFileSync(
      join(folder, "main.go"),
      [
        around,
        ...blocks("go").filter((code) => ![isOfEvents, isOfQueues, isByTheClock, isTest].some((is) => is(code))),
      ].join("\n"),
    );
    expect(go(["build", "-o", "product", "."], folder)).toBe("");
    expect(listed(join(folder, "product"), [])).toBe("Telemetry is off, by config\n");
    expect(go(["test", "./telemetry"], folder)).toBe("");
  },
  300_000,
);
