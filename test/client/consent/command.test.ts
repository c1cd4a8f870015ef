import fs, { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { commands as codegraph } from "../../../generated/client/sending.js";
import { commands as docglow } from "../../../generated/systems/docglow/client/sending.js";
import { runTelemetryCommand } from "../../../templates/client/runtime/command/command.js";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import type { Host } from "../../../templates/client/runtime/host/host.js";
import { identifier, storedIdentifier } from "../../../templates/client/runtime/state/identity.js";
import { toolContract } from "../../support/tool-contract.js";
import { contracts, type Machine, machine } from "./machine.js";
import { programOf } from "./program.js";

const id = "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const run = (one: Machine, ...args: string[]) =>
  runTelemetryCommand(
    one.client,
    { commands: one.client.contract.product === "codegraph" ? codegraph : docglow },
    args,
  );

/** Returns a command's stdout, on a machine as it is. */
async function printed(one: Machine, ...args: string[]): Promise<string> {
  expect(await run(one, ...args)).toBe(0);
  expect(one.stderr).toEqual([]);
  return one.stdout.splice(0).join("\n").replaceAll(one.home, "~");
}

describe("status", () => {
  test("on a new machine says what holds, makes nothing, and fits in forty columns", async () => {
    const one = machine(contracts.codegraph);
    const text = await printed(one, "status");
    expect(text).toMatchInlineSnapshot(`
      "machine_id: none
      enabled: yes
      decided_by: default
      endpoint:
        https://telemetry.getcodegraph.com/v1/events
      env: none set
      files:
        state:
          ~/.codegraph/telemetry.json
        queue:
          ~/.codegraph/telemetry-queue.jsonl
        sent:
          ~/.codegraph/telemetry-sent.jsonl"
    `);
    expect(existsSync(dirname(one.place))).toBe(false);
    const wide = text.split("\n").filter((line) => line.length > 40 && !/^ *(?:https:|~)/.test(line));
    expect(wide).toEqual([]);
  });

  test("says what decided, by the same resolver as the gate", async () => {
    const one = machine(contracts.codegraph, { env: { CODEGRAPH_TELEMETRY: "0", DO_NOT_TRACK: "" } });
    one.writeState({ enabled: true, machine_id: id, consent_source: "cli" });
    expect(JSON.parse(await printed(one, "status", "--json"))).toMatchInlineSnapshot(`
      {
        "decided_by": "CODEGRAPH_TELEMETRY",
        "enabled": false,
        "endpoint": "https://telemetry.getcodegraph.com/v1/events",
        "env": {
          "CODEGRAPH_TELEMETRY": "0",
          "CODEGRAPH_TELEMETRY_DEBUG": null,
          "DO_NOT_TRACK": "",
        },
        "files": {
          "queue": "~/.codegraph/telemetry-queue.jsonl",
          "sent": "~/.codegraph/telemetry-sent.jsonl",
          "state": "~/.codegraph/telemetry.json",
        },
        "machine_id": "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
        "notes": [],
        "product": "codegraph",
      }
    `);
    expect(await printed(one)).toContain("decided_by: CODEGRAPH_TELEMETRY");
  });

  test("names no identifier before there is one, and the one there is afterwards", async () => {
    const one = machine(contracts.docglow);
    expect(JSON.parse(await printed(one, "status", "--json"))).toMatchObject({
      enabled: false,
      decided_by: "default",
      instance_id: null,
    });
    expect(one.state()).toBeUndefined();
    one.writeState({ instance_id: id });
    expect(await printed(one, "enable")).toBe("Telemetry is on.");
    expect(JSON.parse(await printed(one, "status", "--json"))).toMatchObject({
      enabled: true,
      decided_by: "stored",
      instance_id: one.state()?.["instance_id"],
    });
    expect(await printed(one, "status")).toMatchInlineSnapshot(`
      "enabled: yes
      instance_id:
        b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d
      endpoint:
        https://api.docglow.com/v1/telemetry/events
      env: none set
      decided_by: stored
      files:
        state:
          ~/.config/docglow/telemetry.json
        sent:
          ~/.config/docglow/telemetry-sent.jsonl"
    `);
  });

  test.each([
    ["CODEGRAPH_TELEMETRY=disabled", "; CODEGRAPH_TELEMETRY=0 turns telemetry off"],
    ["CODEGRAPH_TELEMETRY=never", "; CODEGRAPH_TELEMETRY=0 turns telemetry off"],
    ["DO_NOT_TRACK=0", "; DO_NOT_TRACK=1 turns telemetry off"],
  ])("says that %s decides nothing", async (set, then) => {
    const [name = "", value = ""] = set.split("=");
    const one = machine(contracts.codegraph, { env: { [name]: value } });
    expect(JSON.parse(await printed(one, "status", "--json"))).toMatchObject({
      notes: [`${set} means nothing here${then}.`],
    });
  });

  test("shows no secret and lets no value move the cursor", async () => {
    const one = machine(contracts.docglow, {
      env: { DOCGLOW_VERCEL_BYPASS: "s3cret", DOCGLOW_TELEMETRY: "\u001b[2J\nenabled: yes" },
    });
    const text = await printed(one, "status");
    expect(text).not.toContain("s3cret");
    expect(text).toContain("DOCGLOW_VERCEL_BYPASS: (set)");
    expect(text).not.toContain("\u001b");
    expect(text.match(/^enabled:/gm)).toHaveLength(1);
    expect(JSON.stringify(await printed(one, "show", "--json"))).not.toContain("s3cret");
  });

  test.each<[string, Partial<Host>, string | undefined, string]>([
    [
      "a configuration that can't be read",
      {
        config: () => {
          throw new Error("?");
        },
      },
      undefined,
      "docglow.yml: what telemetry.enabled says can't be told for sure, which counts as no.",
    ],
    [
      "a damaged state file",
      {},
      "{not json",
      "The state file can't be read, so that what it says can't be told, which counts as no. It is left as it is: repair or delete it.",
    ],
    ["no home", { home: undefined }, undefined, "There is no home folder: nothing is kept."],
  ])("names %s", async (_, host, stored, note) => {
    const one = machine(contracts.docglow, host);
    if (stored !== undefined) one.writeState(stored);
    expect(JSON.parse(await printed(one, "status", "--json"))).toMatchObject({ enabled: false, notes: [note] });
    expect(await printed(one, "status")).toContain(note);
  });

  test("names what several steps read once", async () => {
    const program = await programOf(
      toolContract(`
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { config: [a.json, b.json], key: telemetry }, { stored: enabled }]
  commands: { status: { run: tool telemetry status }, disable: { run: tool telemetry off } }
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool } } }
events: { run: { when: A command ends., why: How often. } }
wire: { format: json, body: { event: $event } }
delivery: { mode: immediate }
`),
    );
    const one = await program.start({ config: (name) => (name === "a.json" ? "" : undefined) });
    await one.telemetryCommand(["status"]);
    expect(one.stdout.filter((line) => line.includes("a.json"))).toHaveLength(1);
  });
});

describe("on and off", () => {
  test("are kept with their source, and heard by the next process", async () => {
    const one = machine(contracts.codegraph);
    expect(await printed(one, "off")).toBe("Telemetry is off. Everything queued was deleted.");
    expect(one.state()).toMatchObject({ enabled: false, consent_source: "cli" });
    expect(JSON.parse(await printed(one.again(), "status", "--json"))).toMatchObject({
      enabled: false,
      decided_by: "stored",
    });
    expect(await printed(one.again(), "on")).toBe("Telemetry is on.");
    expect(one.state()).toMatchObject({ enabled: true, consent_source: "cli" });
  });

  test("off deletes what is queued and what was noted of it, and names the identifier", async () => {
    const one = machine(contracts.codegraph);
    one.writeState({ enabled: true, machine_id: id });
    const folder = dirname(one.place);
    for (const name of ["telemetry-queue.jsonl", "telemetry-sent.jsonl"]) writeFileSync(join(folder, name), "{}\n");
    expect(await printed(one, "off")).toContain(id);
    expect(["telemetry-queue.jsonl", "telemetry-sent.jsonl"].filter((name) => existsSync(join(folder, name)))).toEqual(
      [],
    );
  });

  test("off keeps a no for which only what it deletes makes room", async () => {
    const one = machine(contracts.codegraph);
    one.writeState({ enabled: true });
    const queue = join(dirname(one.place), "telemetry-queue.jsonl");
    writeFileSync(queue, "{}\n");
    const rename = fs.renameSync.bind(fs);
    const full = vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (existsSync(queue)) throw new Error("ENOSPC");
      rename(from, to);
    });
    expect(await printed(one, "off")).toBe("Telemetry is off. Everything queued was deleted.");
    full.mockRestore();
    expect(one.state()).toMatchObject({ enabled: false });
  });

  test("on that is outweighed says by what", async () => {
    const one = machine(contracts.codegraph, { env: { DO_NOT_TRACK: "1" } });
    expect(await printed(one, "on")).toBe("Your yes is kept, but telemetry stays off: DO_NOT_TRACK says so.");
  });

  test("off that is outweighed is no success", async () => {
    const one = machine(contracts.codegraph, { env: { CODEGRAPH_TELEMETRY: "1" } });
    expect(await run(one, "off")).toBe(1);
    expect(one.stderr).toEqual(["Your no is kept, but telemetry is still on here: CODEGRAPH_TELEMETRY says so."]);
    expect(one.state()).toMatchObject({ enabled: false });
  });

  test.each(["on", "off"])("%s that can't be kept is no success, and says so", async (word) => {
    const one = machine(contracts.codegraph, { home: undefined });
    expect(await run(one, word)).toBe(1);
    expect(one.stdout).toEqual([]);
    expect(one.stderr.join()).toContain("no home folder");
    if (word === "off") expect(one.stderr.join()).toContain("DO_NOT_TRACK=1 or CODEGRAPH_TELEMETRY=0");
  });

  test("nothing enables a build that can't send, and nothing of a no is overwritten", async () => {
    const one = machine(contracts.codegraph, { build: "codegraph-pro" });
    one.writeState({ enabled: false });
    expect(await run(one, "on")).toBe(1);
    expect(one.stderr).toEqual(["This build can't send telemetry; nothing was changed."]);
    expect(one.state()).toEqual({ enabled: false });
  });

  test.each(["on", "off"])("%s leaves a file that can't be read as it is, and says so", async (word) => {
    const one = machine(contracts.codegraph);
    one.writeState("{not json");
    expect(await runTelemetryCommand(one.client, { commands: codegraph }, [word])).toBe(1);
    expect(readFileSync(one.place, "utf8")).toBe("{not json");
    expect(one.stderr.join()).toContain("can't be read, and is left as it is");
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
  });
});

describe("show", () => {
  test("shows what would be sent, also before anybody was asked, and makes nothing", async () => {
    const one = machine(contracts.docglow);
    expect(await printed(one, "show")).toBe("Telemetry is off: nothing is sent.\nSent before:\n  nothing on record");
    expect(existsSync(dirname(one.place))).toBe(false);
  });

  test("shows exactly what is queued, and what was sent", async () => {
    const one = machine(contracts.codegraph, { env: { CODEGRAPH_TELEMETRY: "0" } });
    one.writeState({ enabled: true, machine_id: id });
    const folder = dirname(one.place);
    const line = { v: 1, event: "uninstall", ts: Date.UTC(2026, 5, 12), props: { targets: ["claude"] } };
    writeFileSync(join(folder, "telemetry-queue.jsonl"), `${JSON.stringify(line)}\n`);
    writeFileSync(
      join(folder, "telemetry-sent.jsonl"),
      `${JSON.stringify({ at: "2026-06-11T00:00:00.000Z", url: "https://telemetry.getcodegraph.com/v1/events", outcome: "204", body: "{}" })}\n`,
    );
    const shown = JSON.parse(await printed(one, "show", "--json")) as {
      enabled: boolean;
      next: { bodies: string[] };
      sent: unknown[];
    };
    expect(shown.enabled).toBe(false);
    expect(shown.next.bodies).toHaveLength(1);
    expect(JSON.parse(shown.next.bodies[0] ?? "")).toMatchObject({ machine_id: id, events: [{ event: "uninstall" }] });
    expect(shown.sent).toHaveLength(1);
    const text = await printed(one, "show");
    expect(text).toContain('"event": "uninstall"');
    expect(text).toContain("2026-06-11T00:00:00.000Z 204: accepted\n");
    expect(readFileSync(join(folder, "telemetry-queue.jsonl"), "utf8")).toBe(`${JSON.stringify(line)}\n`);
  });
});

describe("reset", () => {
  test("gives new identifiers, and keeps everything else but what is linked to the old ones", async () => {
    const one = machine(contracts.codegraph);
    one.writeState({ enabled: true, machine_id: id, theirs: 1 });
    const beside = ["telemetry-queue.jsonl", "telemetry-sent.jsonl"].map((name) => join(dirname(one.place), name));
    for (const file of beside) writeFileSync(file, "{}\n");
    expect(await printed(one, "reset")).toBe("The identifiers were replaced. Everything queued was deleted.");
    expect(beside.filter((file) => existsSync(file))).toEqual([]);
    expect(one.state()).toMatchObject({ enabled: true, theirs: 1 });
    expect(storedIdentifier(one.client, "machine_id")).not.toBe(id);
    expect(identifier(one.again().client, "machine_id")).toBe(one.state()?.["machine_id"]);
  });

  test("while off deletes them", async () => {
    const one = machine(contracts.codegraph);
    one.writeState({ enabled: false, machine_id: id });
    expect(await printed(one, "reset")).toBe("The identifiers are deleted. Everything queued was deleted.");
    expect(one.state()).toEqual({ enabled: false, updated_at: "2026-06-12T10:30:15Z" });
  });

  test("without any changes nothing", async () => {
    const one = machine(contracts.docglow);
    expect(await printed(one, "reset")).toBe("There are no identifiers to replace.");
    expect(one.state()).toBeUndefined();
  });
});

describe("words", () => {
  test("are the contract's", async () => {
    expect(await printed(machine(contracts.codegraph), "--help")).toMatchInlineSnapshot(`
      "codegraph telemetry <word>
        status  whether telemetry is on, and why
        on      turn it on
        off     turn it off
        show    what would be sent, and what was sent
        reset   replace the identifiers"
    `);
    expect(await printed(machine(contracts.docglow), "help")).toMatchInlineSnapshot(`
      "docglow telemetry <word>
        status   whether telemetry is on, and why
        enable   turn it on
        disable  turn it off
        show     what would be sent, and what was sent
        reset    replace the identifiers"
    `);
  });

  test.each([
    ["codegraph", ["of"], 'Unknown command "of". Did you mean "off"?'],
    ["codegraph", ["enable"], 'Unknown command "enable". Did you mean "on"?'],
    ["codegraph", ["disable"], 'Unknown command "disable". Did you mean "off"?'],
    ["codegraph", ["stauts"], 'Unknown command "stauts". Did you mean "status"?'],
    ["codegraph", ["frobnicate"], 'Unknown command "frobnicate". Commands: status, on, off, show, reset.'],
    ["codegraph", ["\u001b[2J"], 'Unknown command "\\u001b[2J". Commands: status, on, off, show, reset.'],
    ["codegraph", ["constructor"], 'Unknown command "constructor". Commands: status, on, off, show, reset.'],
    ["codegraph", ["off", "now"], 'Unexpected after "off": "now".'],
    ["codegraph", ["off", "--json"], '"--json" goes with "status" and "show" only.'],
    ["docglow", ["off"], 'Unknown command "off". Did you mean "disable"?'],
  ] as const)("%s %j: not understood", async (name, args, complaint) => {
    const one = machine(contracts[name]);
    expect(await run(one, ...args)).toBe(2);
    expect([one.stdout, one.stderr]).toEqual([[], [complaint]]);
    expect(one.state()).toBeUndefined();
  });
});

test("a state file that others could read is for its owner alone after any change", async () => {
  const one = machine(contracts.codegraph);
  one.writeState({});
  chmodSync(one.place, 0o666);
  await printed(one, "off");
  expect((await import("node:fs")).statSync(one.place).mode & 0o777).toBe(0o600);
});

test("a folder in the place of the lock: the no can't be kept, and that is said; nobody waits for ever", async () => {
  const one = machine(contracts.codegraph);
  mkdirSync(`${one.place}.lock`, { recursive: true });
  expect(await run(one, "off")).toBe(1);
  expect(one.stderr.join("\n")).toMatch(/can't be written/);
});

test("a file in the place of the folder: status says what holds", async () => {
  const one = machine(contracts.codegraph);
  writeFileSync(dirname(one.place), "");
  expect(JSON.parse(await printed(one, "status", "--json"))).toMatchObject({ enabled: false, decided_by: "stored" });
});

test("whatever a caller without types gives, it never rejects", async () => {
  for (const args of ["status", undefined, 7, Object.create(null)] as unknown as (readonly string[])[]) {
    const one = machine(contracts.codegraph);
    expect(await runTelemetryCommand(one.client, { commands: codegraph }, args)).toBe(1);
    expect(one.stderr.join("\n")).toMatch(/^That failed: /);
  }
});
