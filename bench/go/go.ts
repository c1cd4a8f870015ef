/**
 * The Go client beside what people reach for: counting one use, and what it adds to a program: `npx tsx bench/go/go.ts`. Without a Go there is
 * no figure, and that is said.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { go, hasGo, inGo, writeGo } from "../../test/go/client.js";
import { couldNotRun, tell, tellAbsent } from "../tell.js";

const title = "Go: counting one use by four values, eight names in turns; the least of 200 rounds of 20,000 calls";

interface Cost {
  readonly ns: number;
  readonly together: number;
  readonly allocs: number;
}

const peers = ["prometheus, bound", "prometheus, by label values", "OpenTelemetry SDK counter"];

/** Programs that differ by what they link: each makes a request, sends an event, and has the telemetry command. */
const programs: Readonly<Record<string, string>> = {
  "net/http alone": "",
  "Plainsight, one request for each event": `
	client := telemetry.New(telemetry.Options{})
	client.CommandRun(telemetry.CommandRunEvent{})
	_ = client.Flush(ctx)
	os.Exit(client.Command(ctx, os.Args[1:]))
`,
  "Plainsight, a queue and totals": `
	client := telemetry.New(telemetry.Options{})
	client.Install(telemetry.InstallEvent{})
	client.Count(telemetry.UsageRollupGroup{}, true)
	_ = client.Flush(ctx)
	os.Exit(client.Command(ctx, os.Args[1:]))
`,
};

if (hasGo()) measure();
else tellAbsent(title, "there is no Go");

function measure(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-go-"));
  writeGo(inGo("codegraph"), folder);
  writeGo(inGo("docglow"), join(folder, "immediate"));
  rmSync(join(folder, "immediate/go.mod"));
  sizes(folder);
  counting(folder);
  rmSync(folder, { recursive: true, force: true });
}

function counting(folder: string): void {
  for (const name of ["counting.go", "peers.go", "go.mod", "go.sum"])
    copyFileSync(join(import.meta.dirname, name), join(folder, name));
  const build = () => go(["build", "-o", "counting", "."], folder, { GOFLAGS: "-mod=readonly" });
  const without = build();
  if (without !== "") {
    for (const peer of peers) couldNotRun(peer, without.split("\n")[0] ?? "");
    rmSync(join(folder, "peers.go"));
    writeFileSync(join(folder, "go.mod"), "module example.test/product\n\ngo 1.22\n");
    const failed = build();
    if (failed !== "") {
      tellAbsent(title, failed);
      return;
    }
  }
  const { stdout } = spawnSync(join(folder, "counting"), {
    encoding: "utf8",
    env: { HOME: folder, CODEGRAPH_TELEMETRY: "1" },
  });
  const found = JSON.parse(stdout || "{}") as Record<string, Cost>;
  const of = (name: string) => found[name] ?? { ns: Number.NaN, together: Number.NaN, allocs: Number.NaN };
  const [atomic, named] = [of("an atomic add"), of("Plainsight, by name")];
  tell(
    title,
    ["one call", "ns", "× atomic", "ns, of eight goroutines", "allocations"],
    ["an atomic add", "Plainsight, bound counter", "Plainsight, by name", ...peers].map((name) => [
      name,
      of(name).ns,
      of(name).ns / atomic.ns,
      of(name).together,
      of(name).allocs,
    ]),
    [
      { claim: "Go: by name, × an atomic add", value: named.ns / atomic.ns, atMost: 3.5 },
      {
        claim: "Go: by name, eight goroutines at once, × an atomic add of as many",
        value: named.together / atomic.together,
        atMost: 3.5,
      },
      { claim: "Go: by name, allocations", value: named.allocs, atMost: 0 },
      {
        claim: "Go: prometheus by label values, × by name",
        value: of("prometheus, by label values").ns / named.ns,
        atLeast: 4,
      },
    ],
  );
}

function sizes(folder: string): void {
  const found = Object.entries(programs).map(([name, body], at) => {
    const place = join(folder, `program${at}`);
    mkdirSync(place);
    const client = body.includes("Count(") ? "telemetry" : "immediate/telemetry";
    const imports =
      body === "" ? '\t"net/http"\n' : `\t"context"\n\t"net/http"\n\t"os"\n\n\t"example.test/product/${client}"\n`;
    const context = body === "" ? "" : "\tctx := context.Background()\n";
    writeFileSync(
      join(place, "main.go"),
      `package main\n\nimport (\n${imports})\n\nfunc main() {\n\t_, _ = http.Get("http://127.0.0.1:9/")\n${context}${body}}\n`,
    );
    const failed = go(["build", "-ldflags=-s -w", "-o", "program", "."], place);
    if (failed !== "") throw new Error(failed);
    return [name, statSync(join(place, "program")).size / 1e6] as const;
  });
  const [[, alone] = ["", Number.NaN], ...ours] = found;
  tell(
    "Go: a stripped program",
    ["it has", "MB", "more"],
    found.map(([name, size]) => [name, size, size - alone]),
    ours.map(([name, size]) => ({ claim: `Go: added, MB: ${name}`, value: size - alone, atMost: 0.7 })),
  );
}
