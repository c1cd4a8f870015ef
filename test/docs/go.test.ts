import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { plainsight, write } from "../cli/project.js";
import { go, hasGo, inGo, listed, writeGo } from "../go/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { read } from "../targets/five.js";
import { ran, storeFor } from "./shelf.js";

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
const isWhole = (code: string) => code.includes("func main()");
const isTest = (code: string) => code.includes("testing.T");
const isOfEvents = (code: string) =>
  code.includes("telemetry.Client") && !isWhole(code) && !isOfQueues(code) && !isByTheClock(code) && !isTest(code);

it.runIf(isThere("Go", hasGo()))(
  "the whole program: from init in a module to a row in the store",
  async () => {
    const folder = temporaryFolder("go-shelf");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    write(folder, "go.mod", "module example.test/shelf\n\ngo 1.22\n");
    expect(plainsight(folder, ["init", "--yes"]).out).toContain("The client is in Go, in internal/telemetry.");
    const [, delivery = ""] = blocks("yaml");
    const spec = readFileSync(join(folder, "spec/events.yaml"), "utf8");
    write(folder, "spec/events.yaml", spec.replace(/^delivery:\n(?: .*\n)+/m, delivery));
    expect(plainsight(folder, ["gen"])).toMatchObject({ code: 0 });
    write(folder, "main.go", blocks("go").find(isWhole) ?? "");
    expect(listed("gofmt", ["-l", folder])).toBe("");
    expect(go(["build", "-o", "shelf", "."], folder)).toBe("");
    expect(go(["test", "./..."], folder)).toBe("");

    const store = await storeFor(folder);
    const shelf = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      ran(join(folder, "shelf"), args, { HOME: folder, SHELF_TELEMETRY_URL: store.url, ...env });
    const queue = join(folder, ".config/shelf/telemetry-queue.jsonl");
    const waiting = () => (existsSync(queue) ? readFileSync(queue, "utf8").match(/command_run/g) : []);
    const quiet = (command: string) => ({ status: 0, stdout: `done: ${command}\n`, stderr: "" });
    // Nobody was asked: there is no terminal.
    expect(shelf(["build"])).toEqual(quiet("build"));
    expect(waiting()).toEqual([]);
    expect(shelf(["telemetry"]).stdout).toContain("enabled: no");
    expect(shelf(["telemetry", "on"])).toEqual({ status: 0, stdout: "Telemetry is on.\n", stderr: "" });
    expect(shelf(["test"], { DO_NOT_TRACK: "1" })).toEqual(quiet("test"));
    expect(waiting()).toEqual([]);
    expect(shelf(["secret-word"])).toEqual(quiet("secret-word"));
    expect(shelf([]).status).toBe(1);
    expect(waiting()).toHaveLength(2);
    const shown = shelf(["telemetry", "show"]).stdout;
    expect(shown).toContain('"command": "other"');
    expect(shown).not.toContain("secret-word");
    // A receiver that can't be reached keeps nobody, and loses nothing.
    expect(shelf(["build"], { SHELF_TELEMETRY_URL: "http://127.0.0.1:9/" })).toEqual(quiet("build"));
    expect(store.rows()).toEqual([]);
    expect(shelf(["build"])).toEqual(quiet("build"));
    const always = { duration: "<1s", os: process.platform, version: "1.4.0" };
    const rows = await until("all rows are stored", () => (store.rows().length >= 4 ? store.rows() : undefined));
    expect(rows).toMatchObject([
      { ...always, command: "other", ok: true },
      { ...always, command: "other", ok: false },
      { ...always, command: "build", ok: true },
      { ...always, command: "build", ok: true },
    ]);
    expect(shelf(["telemetry", "show"]).stdout).toMatch(/ 20\d: accepted\nPOST http[\s\S]*"command": "build"/);
    expect(shelf(["test"])).toEqual(quiet("test"));
    expect(waiting()).toHaveLength(1);
    expect(shelf(["telemetry", "off"]).stdout).toContain("Telemetry is off.");
    expect(waiting()).toEqual([]);
    expect(shelf(["build"])).toEqual(quiet("build"));
    expect(store.rows()).toHaveLength(4);
  },
  300_000,
);

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
        ...blocks("go").filter(
          (code) => ![isWhole, isOfEvents, isOfQueues, isByTheClock, isTest].some((is) => is(code)),
        ),
      ].join("\n"),
    );
    expect(go(["build", "-o", "product", "."], folder)).toBe("");
    expect(listed(join(folder, "product"), [])).toBe("Telemetry is off, by config\n");
    expect(go(["test", "./telemetry"], folder)).toBe("");
  },
  300_000,
);
