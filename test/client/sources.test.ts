import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { plainsight } from "../cli/project.js";
import { temporaryFolder } from "../support/temp-folder.js";

/** The values that the client fills in by itself, at the top and inside objects, however events are sent. */
const folder = temporaryFolder("sources");

interface Client {
  readonly ran: (given?: object) => void;
  readonly flush: () => Promise<void>;
  readonly setup: (given: object) => void;
}

const HEX = { type: "string", pattern: "^[0-9a-f]{32}$", max_length: 32 };

const fields = {
  at: { type: "timestamp" },
  at_ms: { type: "timestamp", form: "unix-ms", from: "now" },
  number: { type: "int", from: "sequence", example: 0 },
  runtime: { type: "version", from: "runtime-version", example: "22.1.0" },
  editor: { type: "enum", values: ["vim", "other"], otherwise: "other", optional: true, from: { env: "EDITOR_NAME" } },
  command: { type: "enum", values: ["pr", "pr create", "other"], otherwise: "other", from: "command" },
  system: { type: "enum", values: ["Linux", "macOS", "Windows", "other"], otherwise: "other", from: "os" },
  cpu: { type: "enum", values: ["amd64", "aarch64", "other"], otherwise: "other", from: "arch" },
  report: { type: "identifier" },
  parent: { type: "identifier", of: "report", optional: true },
  who: { type: "identifier", of: "machine", optional: true },
  inside: {
    type: "object",
    fields: {
      at: { type: "timestamp", from: "now", example: "2026-06-12T12:00:00.000Z" },
      report: { type: "identifier" },
      system: { type: "enum", values: ["linux", "macos", "windows", "other"], otherwise: "other", from: "os" },
    },
  },
};

function contract(delivery: object, inCi: string): string {
  const identifier = { identifies: "machine", made_from: "random", created: "first-send" };
  const named = { ...fields, at: { ...fields.at, from: "now", example: "2026-06-12T12:00:00.000Z" } };
  return JSON.stringify({
    telemetry_spec: 1,
    product: "found",
    title: "Found",
    summary: "What is found.",
    schema_version: 1,
    why: ["To see."],
    never_collected: ["Names."],
    consent: { model: "opt-in", order: [{ env: "FOUND", enable_when: "truthy", disable_when: "falsy" }] },
    identifiers: {
      machine: { ...identifier, format: { type: "uuid" }, in_ci: inCi },
      report: { identifies: "other", what: "One report.", made_from: "random", format: HEX, created: "each-event" },
    },
    destination: {
      url: "https://t.example.com/v1",
      operator: { name: "Found", party: "first" },
      client_ip: "never-read",
      retention: { raw: "30d" },
      deletion: "Ask us.",
    },
    common: { machine: { type: "identifier", why: "W." } },
    events: {
      ran: {
        when: "Once.",
        why: "To see.",
        fields: Object.fromEntries(
          Object.entries(named).map(([name, field]) => [
            name,
            { why: "W.", ...(name === "at_ms" ? { example: 1 } : {}), ...field },
          ]),
        ),
      },
    },
    wire: {
      format: "json",
      body: { $common: null, events: "$each" },
      each: { type: "$event", props: { $fields: null } },
    },
    delivery,
    history: [{ version: 1, change: "First." }],
  });
}

interface Body {
  readonly machine?: string;
  readonly events: readonly { readonly props: Record<string, unknown> }[];
}

let count = 0;

async function sentBy(text: string, env: Record<string, string>, given: readonly object[]): Promise<readonly Body[]> {
  const place = join(folder, `c${++count}`);
  mkdirSync(join(place, "spec"), { recursive: true });
  mkdirSync(join(place, "home"));
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "found", version: "1.2.3", type: "module" }));
  writeFileSync(join(place, "spec/events.yaml"), text);
  expect(plainsight(place, ["gen", "--language", "js"])).toEqual({ code: 0, err: "", out: expect.anything() });
  const url = pathToFileURL(join(place, "generated/client/telemetry.js")).href;
  const client = (await import(/* @vite-ignore */ url)) as Client;
  const sent: Body[] = [];
  const send = async ({ body }: { readonly body: string }) => {
    sent.push(JSON.parse(body) as Body);
    return 204;
  };
  const host = { send, home: join(place, "home"), env: { FOUND: "1", ...env }, now: () => 1_781_265_600_000 };
  client.setup({ host, args: ["--verbose", "pr", "create", "--draft"] });
  for (const one of given) client.ran(one);
  await client.flush();
  return sent;
}

const modes = [
  ["sent at once", { mode: "immediate", timeout: "60s" }],
  [
    "kept in a queue",
    { mode: "queued", timeout: "60s", queue: { file: "~/.f/q.jsonl", max_size: "16KiB", when_full: "drop-oldest" } },
  ],
] as const;

const hex = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
const system = { linux: ["Linux", "linux"], darwin: ["macOS", "macos"], win32: ["Windows", "windows"] }[
  process.platform as string
] ?? ["other", "other"];
const cpu = { x64: "amd64", arm64: "aarch64" }[process.arch as string] ?? "other";

test.each(modes)("each source fills its field in: %s", async (_, delivery) => {
  const parent = "0123456789abcdef0123456789abcdef";
  const bodies = await sentBy(contract(delivery, "leave-out"), { EDITOR_NAME: "vim" }, [
    { parent },
    { parent: "/etc" },
  ]);
  const events = bodies.flatMap(({ events }) => events.map(({ props }) => props));
  const machine = bodies[0]?.machine;
  expect(machine).toMatch(/^[0-9a-f-]{36}$/);
  const all = {
    at: "2026-06-12T12:00:00.000Z",
    at_ms: 1_781_265_600_000,
    runtime: process.versions.node,
    editor: "vim",
    command: "pr create",
    system: system[0],
    cpu,
    report: hex,
    who: machine,
    inside: { at: "2026-06-12T12:00:00.000Z", report: hex, system: system[1] },
  };
  expect(events).toEqual([
    { ...all, number: 0, parent },
    { ...all, number: 1 },
  ]);
  const ids = events.flatMap(({ report, inside }) => [report, (inside as Record<string, unknown>)["report"]]);
  expect(new Set(ids).size).toBe(4);
});

test("what is not set is absent, also where anything else would become something", async () => {
  const [body] = await sentBy(contract({ mode: "immediate", timeout: "60s" }, "leave-out"), {}, [{}]);
  expect(body?.events[0]?.props).not.toHaveProperty("editor");
});

test.each([
  ["leave-out", undefined],
  ["all-of-ci", "all-of-ci"],
])("where programs are built and tested an identifier is %s", async (inCi, sent) => {
  const [body] = await sentBy(contract({ mode: "immediate", timeout: "60s" }, inCi), { CI: "1" }, [{}]);
  expect(body?.machine).toBe(sent);
  expect(body?.events[0]?.props["who"]).toBe(sent);
});
