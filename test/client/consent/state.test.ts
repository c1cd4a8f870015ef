import { spawnSync } from "node:child_process";
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import { readState } from "../../../templates/client/runtime/state/state.js";
import { updateState } from "../../../templates/client/runtime/state/update-state.js";
import { contracts, type Machine, machine } from "./machine.js";

/** Things that may lie in the state file's place without being a state file. */
const damage: readonly (readonly [string, (one: Machine) => void])[] = [
  ["no JSON", (one) => one.writeState("{not json")],
  ["nothing at all", (one) => one.writeState("")],
  ["half of it", (one) => one.writeState('{"enabled": tr')],
  ["a list", (one) => one.writeState([{ enabled: true }])],
  ["a text", (one) => one.writeState('"enabled"')],
  ["null", (one) => one.writeState("null")],
  ["bytes that are no text", (one) => one.writeState("\u0000\u0001")],
  ["a BOM in front", (one) => one.writeState('\ufeff{"enabled": true}')],
  ["UTF-16", (one) => one.writeState(Buffer.from('{"enabled": true}', "utf16le"))],
  ["a comment behind it", (one) => one.writeState('{"enabled": true} // yes')],
  ["the answer twice", (one) => one.writeState('{"enabled": false, "enabled": true}')],
  ["another key twice, deep down", (one) => one.writeState('{"enabled": true, "x": [{"a": 1, "a": 2}]}')],
  [
    "a gigabyte",
    (one) => {
      one.writeState({ enabled: true });
      truncateSync(one.place, 2 ** 30);
    },
  ],
  ["a folder", (one) => mkdirSync(one.place, { recursive: true })],
  [
    "a link to a good one",
    (one) => {
      one.writeState({});
      writeFileSync(`${one.place}.target`, '{"enabled": true}');
      spawnSync("rm", [one.place]);
      symlinkSync(`${one.place}.target`, one.place);
    },
  ],
  [
    "a pipe that nobody writes to",
    (one) => {
      mkdirSync(dirname(one.place), { recursive: true });
      spawnSync("mkfifo", [one.place]);
    },
  ],
];

describe("in the state file's place", () => {
  test("what another process makes right after the first look is no damage", () => {
    const one = machine(contracts.codegraph);
    const looks = (["lstatSync", "openSync"] as const).map((name) => {
      const real = fs[name] as (...given: unknown[]) => unknown;
      return vi.spyOn(fs, name).mockImplementation(((...given: unknown[]) => {
        try {
          return real(...given);
        } finally {
          if (given[0] === one.place && !existsSync(one.place)) one.writeState({ first_run_notice_shown: true });
        }
      }) as never);
    });
    onTestFinished(() => {
      for (const look of looks) look.mockRestore();
    });
    expect([consent(one.client), one.state()]).toEqual([
      { enabled: true, decidedBy: "default" },
      { first_run_notice_shown: true },
    ]);
  });

  test.each(damage)("%s can't be told: it is a no, and is never made into consent", (_, put) => {
    const one = machine(contracts.codegraph);
    put(one);
    const before = look(one);
    expect(readState(one.client)).toBeUndefined();
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
    expect(updateState(one.client, () => ({ enabled: true }))).toBe(false);
    expect(look(one)).toEqual(before);
    expect(leftovers(one)).toEqual([]);
  });

  test.each(damage)("%s is left as it is, whoever insists", (_, put) => {
    const one = machine(contracts.codegraph);
    put(one);
    const before = look(one);
    expect(updateState(one.client, () => ({ enabled: false }), { insist: true })).toBe(false);
    expect(look(one)).toEqual(before);
    expect(leftovers(one)).toEqual([]);
  });
});

test.each([
  ["enabled", "true"],
  ["enabled", 1],
  ["enabled", null],
  ["enabled", ["x"]],
  ["enabled", { x: true }],
] as const)("an answer that its key can't hold is a no: %s: %j", (key, value) => {
  const one = machine(contracts.codegraph);
  one.writeState({ [key]: value, machine_id: "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d" });
  expect(readState(one.client)).toEqual({ machine_id: "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d" });
  expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
});

test.each([
  '{"enabled": true, "x": "a\\": b: \\"{"}',
  '{"enabled": true, "__proto__": 1}',
  '{"enabled":true,"x":{"enabled":1}}',
])("what only looks damaged is read: %s", (text) => {
  const one = machine(contracts.codegraph);
  one.writeState(text);
  expect(consent(one.client)).toEqual({ enabled: true, decidedBy: "stored" });
});

test.each([
  ["a number past 2^53", '{"enabled": true, "theirs": 12345678901234567890}'],
  ["a byte that is no text", '{"enabled": true, "theirs": "\xff"}'],
])("%s would be another when it is written back, and is left where it is", (_, text) => {
  const one = machine(contracts.codegraph);
  one.writeState(Buffer.from(text, "latin1"));
  expect(consent(one.client)).toEqual({ enabled: true, decidedBy: "stored" });
  expect(updateState(one.client, () => ({ enabled: false }), { insist: true })).toBe(false);
  expect(readFileSync(one.place, "latin1")).toBe(text);
});

test("keys that are not ours stay, and so do those of ours that nobody changed", () => {
  const one = machine(contracts.codegraph);
  one.writeState({ enabled: true, theirs: { deep: [1] }, machine_id: 7 });
  expect(updateState(one.client, () => ({ consent_source: "cli", enabled: undefined }))).toBe(true);
  expect(one.state()).toEqual({
    theirs: { deep: [1] },
    machine_id: 7,
    consent_source: "cli",
    updated_at: "2026-06-12T10:30:15Z",
  });
});

test("the file is for its owner alone, also where it was not, and so is a folder that is made for it", () => {
  const one = machine(contracts.codegraph);
  updateState(one.client, () => ({ enabled: true }));
  expect(statSync(one.place).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(one.place)).mode & 0o777).toBe(0o700);
  chmodSync(one.place, 0o644);
  updateState(one.client, () => ({ enabled: false }));
  expect(statSync(one.place).mode & 0o777).toBe(0o600);
});

test.each([
  ["unset", undefined],
  ["empty", ""],
  ["relative", "home"],
  ["the root", "/"],
])("a home that is %s: nothing is kept, and nothing becomes /", (_, home) => {
  const one = machine(contracts.codegraph, { home });
  expect(readState(one.client)).toEqual({});
  expect(updateState(one.client, () => ({ enabled: true }), { insist: true })).toBe(false);
  expect(existsSync("/.codegraph")).toBe(false);
  expect(existsSync(".codegraph")).toBe(false);
});

test("the lock of a process that died is broken: by a person at once, by others when it is old", () => {
  const one = machine(contracts.codegraph);
  one.writeState({ enabled: true });
  writeFileSync(`${one.place}.lock`, "half a sta");
  expect(updateState(one.client, () => ({ consent_source: "cli" }))).toBe(false);
  expect(updateState(one.client, () => ({ enabled: false }), { insist: true })).toBe(true);
  expect(one.state()).toMatchObject({ enabled: false });
  writeFileSync(`${one.place}.lock`, "");
  utimesSync(`${one.place}.lock`, new Date(0), new Date(0));
  expect(updateState(one.client, () => ({ consent_source: "cli" }))).toBe(true);
  expect(one.state()).toMatchObject({ enabled: false, consent_source: "cli" });
});

test("a change that throws changes nothing and leaves no lock", () => {
  const one = machine(contracts.codegraph);
  one.writeState({ enabled: false });
  expect(
    updateState(one.client, () => {
      throw new Error("no");
    }),
  ).toBe(false);
  expect(one.state()).toEqual({ enabled: false });
  expect(leftovers(one)).toEqual([]);
});

function look({ place }: Machine): unknown {
  const stat = statSync(place);
  return [stat.ino, stat.size, stat.isFile() && stat.size < 1e6 ? readFileSync(place, "utf8") : ""];
}

function leftovers({ place }: Machine): string[] {
  return readdirSync(dirname(place)).filter((name) => name.endsWith(".lock") || name.endsWith(".tmp"));
}

test("paths follow the platform's folder for what applications keep", () => {
  const config = machine(contracts.docglow, { env: { XDG_CONFIG_HOME: join(machine(contracts.docglow).home, "xdg") } });
  if (process.platform === "linux") expect(config.place).toMatch(/xdg\/docglow\/telemetry\.json$/);
  const relative = machine(contracts.docglow, { env: { XDG_CONFIG_HOME: "xdg" } });
  if (process.platform === "linux") expect(relative.place).toBe(join(relative.home, ".config/docglow/telemetry.json"));
});
