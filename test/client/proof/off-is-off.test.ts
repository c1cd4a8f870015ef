import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { program, temporary } from "../program.js";
import { programs } from "./five-programs.js";
import { type Calls, watched } from "./system-calls.js";

/** Off, seen from outside the process: no socket by any call, nothing made or opened for writing, nothing started. */
type System = keyof typeof programs;

interface Machine {
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  /** Files that lie in the home, which is where the program runs too. */
  readonly files?: Record<string, string>;
  readonly define?: Record<string, string>;
}

const state = ".codegraph/telemetry.json";
const app = ".config/docglow/telemetry.json";
const cases: readonly (readonly [System, string, Machine])[] = [
  ["codegraph", "DO_NOT_TRACK=1", { env: { DO_NOT_TRACK: "1" } }],
  ["codegraph", "DO_NOT_TRACK against a switch that enables", { env: { DO_NOT_TRACK: "1", CODEGRAPH_TELEMETRY: "1" } }],
  ["codegraph", "CODEGRAPH_TELEMETRY=0", { env: { CODEGRAPH_TELEMETRY: "0" } }],
  ["codegraph", "a stored no", { files: { [state]: '{"enabled":false}' } }],
  [
    "codegraph",
    "the locked-off build, with everything that could enable it",
    {
      define: { CODEGRAPH_BUILD: '"codegraph-pro"' },
      env: { CODEGRAPH_TELEMETRY: "1" },
      files: { [state]: '{"enabled":true}' },
    },
  ],
  ["cocoindex", "COCOINDEX_DISABLE_USAGE_TRACKING=1", { env: { COCOINDEX_DISABLE_USAGE_TRACKING: "1" } }],
  ["cocoindex", "COCOINDEX_DISABLE_USAGE_TRACKING=false", { env: { COCOINDEX_DISABLE_USAGE_TRACKING: "false" } }],
  [
    "cocoindex",
    "the compiled-out build",
    { define: { COCOINDEX_BUILD: '"debug"' }, env: { COCOINDEX_DISABLE_USAGE_TRACKING: "0" } },
  ],
  ["cozystack", "a cluster that says no", { args: ["false"] }],
  ["cozystack", "a cluster that can't be read", { args: ["throws"] }],
  ["cozystack", "nobody who reads the cluster", {}],
  ["docglow", "nobody who was asked", {}],
  [
    "docglow",
    "DOCGLOW_NO_TELEMETRY=1 against a stored yes",
    { env: { DOCGLOW_NO_TELEMETRY: "1", DOCGLOW_TELEMETRY: "1" }, files: { [app]: '{"consent":"yes"}' } },
  ],
  ["docglow", "DOCGLOW_TELEMETRY=0", { env: { DOCGLOW_TELEMETRY: "0" }, files: { [app]: '{"consent":"yes"}' } }],
  [
    "docglow",
    "docglow.yml",
    { files: { "docglow.yml": "telemetry:\n  enabled: false\n", [app]: '{"consent":"yes"}' } },
  ],
  ["docglow", "a stored no", { files: { [app]: '{"consent":"no"}' } }],
  ["docglow", "a damaged state", { files: { [app]: '{"consent":"yes"' } }],
  ["jina", "JINA_OPTOUT_TELEMETRY=1", { env: { JINA_OPTOUT_TELEMETRY: "1" } }],
  ["jina", "JINA_OPTOUT_TELEMETRY= (present, empty)", { env: { JINA_OPTOUT_TELEMETRY: "" } }],
];

/** Non-vacuity: the same programs, not off. Their addresses are unknown to the hosts file given, so nothing leaves the machine. */
const controls: readonly (readonly [System, Machine])[] = [
  ["codegraph", {}],
  ["cocoindex", {}],
  ["cozystack", { args: ["true"] }],
  ["docglow", { env: { DOCGLOW_TELEMETRY: "1" } }],
  ["jina", {}],
];

describe.runIf(hasRealPart("strace"))("off, at the level of system calls", () => {
  const built = new Map<string, Promise<string>>();
  const file = (system: System, define: Record<string, string> = {}) => {
    const key = JSON.stringify([system, define]);
    const made = built.get(key) ?? program(programs[system], define);
    built.set(key, made);
    return made;
  };
  async function calls(
    system: System,
    { env = {}, args = [], files = {}, define }: Machine,
    network?: "none",
  ): Promise<{ seen: Calls; left: string[] }> {
    const home = temporary();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), text);
    }
    const seen = await watched(await file(system, define), {
      home,
      env,
      args,
      ...(network === undefined ? {} : { network }),
    });
    const left = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1));
    return { seen, left: left.filter((name) => !(name in files)) };
  }
  beforeAll(() => Promise.all(Object.keys(programs).map((system) => file(system as System))));

  const nothing = { code: 0, stdout: "", stderr: "", sockets: [], writes: [], children: [] };
  it.each(cases)("%s: %s", async (system, _, machine) => {
    const { seen, left } = await calls(system, machine);
    expect(seen).toEqual(nothing);
    expect(left).toEqual([]);
  });

  // In a namespace without any network, so that a test of what is on reaches nobody either.
  it.runIf(hasRealPart("network namespaces")).each(controls)(
    "%s, not off, does reach for the network: what is looked for can be found",
    async (system, machine) => {
      const { seen } = await calls(system, machine, "none");
      expect([seen.code, seen.stdout, seen.children]).toEqual([0, "", []]);
      expect(seen.sockets.filter((call) => call.startsWith("socket(")).length).toBeGreaterThan(0);
      if (system === "codegraph") expect(seen.writes.length).toBeGreaterThan(0);
    },
  );
});
