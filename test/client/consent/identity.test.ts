import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordAnswer } from "../../../templates/client/runtime/consent/record-answer.js";
import type { Contract } from "../../../templates/client/runtime/contract.js";
import { inHome } from "../../../templates/client/runtime/host/files.js";
import * as identity from "../../../templates/client/runtime/state/identity.js";
import * as noIdentity from "../../../templates/client/runtime/state/no-identity.js";
import { integer } from "../../../templates/client/runtime/values/numbers.js";
import { text } from "../../../templates/client/runtime/values/values.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { contracts, machine } from "./machine.js";
import { manyProcesses } from "./many-processes.js";

const { hashIdentifier, identifier, storedIdentifier } = identity;

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("a random identifier", () => {
  test("is made when a payload needs it, kept, and the same in the next process", () => {
    const one = machine(contracts.codegraph);
    expect(storedIdentifier(one.client, "machine_id")).toBeUndefined();
    expect(existsSync(one.place)).toBe(false);
    const id = identifier(one.client, "machine_id");
    expect(id).toMatch(uuid4);
    expect(one.state()).toEqual({ machine_id: id, updated_at: "2026-06-12T10:30:15Z" });
    expect(identifier(one.again().client, "machine_id")).toBe(id);
    expect(storedIdentifier(one.again().client, "machine_id")).toBe(id);
  });

  test("that was edited into something else is made anew", () => {
    const one = machine(contracts.codegraph);
    one.writeState({ enabled: true, machine_id: "someone@example.com" });
    expect(storedIdentifier(one.client, "machine_id")).toBeUndefined();
    expect(identifier(one.client, "machine_id")).toMatch(uuid4);
    expect(one.state()).toMatchObject({ enabled: true, machine_id: expect.stringMatching(uuid4) });
  });

  test("that is made at opt-in is there after a yes, and not after a no", () => {
    const one = machine(contracts.docglow);
    expect(recordAnswer(one.client, false, {})).toBe(true);
    expect(one.state()).toEqual({ consent: "no" });
    expect(recordAnswer(one.client, true, {})).toBe(true);
    expect(one.state()).toEqual({ consent: "yes", instance_id: expect.stringMatching(uuid4) });
  });

  test.each(["codegraph", "docglow"] as const)(
    "%s: off keeps it, so that a person can name it; on again makes another",
    (name) => {
      const one = machine(contracts[name]);
      const [key = ""] = Object.keys(contracts[name].identifiers);
      recordAnswer(one.client, true, {});
      const first = identifier(one.client, key);
      recordAnswer(one.client, true, {});
      expect(identifier(one.client, key)).toBe(first);
      recordAnswer(one.client, false, {});
      expect(storedIdentifier(one.client, key)).toBe(first);
      recordAnswer(one.again().client, true, {});
      expect(identifier(one.client, key)).toMatch(uuid4);
      expect(identifier(one.client, key)).not.toBe(first);
    },
  );

  test("lasts as long as the process where nothing can be kept", () => {
    const one = machine(contracts.codegraph, { home: undefined });
    const id = identifier(one.client, "machine_id");
    expect(id).toMatch(uuid4);
    expect(identifier(one.client, "machine_id")).toBe(id);
    expect(storedIdentifier(one.client, "machine_id")).toBe(id);
    expect(identifier(one.again().client, "machine_id")).not.toBe(id);
  });

  // Not even root makes a folder there.
  test.runIf(process.platform === "linux")("lasts as long as the process in a home that can't be written", () => {
    const one = machine(contracts.codegraph, { home: "/proc/self" });
    expect(identifier(one.client, "machine_id")).toMatch(uuid4);
    expect(existsSync("/proc/self/.codegraph")).toBe(false);
  });

  test("that the platform gives is never made here", () => {
    const one = machine(contracts.cozystack);
    expect(identifier(one.client, "uid")).toBeUndefined();
  });
});

describe("a hashed identifier", () => {
  test("is made of a random secret that is kept, and the same in the next process", () => {
    const one = machine(contracts.jina);
    const uid = identifier(one.client, "uid");
    expect(Number.isSafeInteger(uid)).toBe(true);
    expect(uid).toBeLessThanOrEqual(281474976710655);
    expect(identifier(one.again().client, "uid")).toBe(uid);
    expect(one.state()).toEqual({ machine_secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(readFileSync(one.place, "utf8")).not.toContain(String(uid));
    expect(identifier(machine(contracts.jina).client, "uid")).not.toBe(uid);
  });

  test("of a session differs between processes, and nothing of it is kept", () => {
    const one = machine(contracts.jina);
    const session = identifier(one.client, "session-id");
    expect(session).toMatch(uuid4);
    expect(identifier(one.client, "session-id")).toBe(session);
    expect(identifier(one.again().client, "session-id")).not.toBe(session);
    expect(one.state()).toBeUndefined();
  });

  test("says nothing about the secret: of a network card's address it shows neither number nor digits", () => {
    const address = "56:28:6d:1a:91:c2";
    const uid = hashIdentifier("jina", "uid", "48 bits", address);
    expect(uid).toBe(hashIdentifier("jina", "uid", "48 bits", address));
    expect(uid).not.toBe(94731629138370);
    expect(hashIdentifier("jina", "session-id", "uuid", address)).not.toMatch(/56286d1a91c2$/);
  });

  test("can't be linked to what another product or another identifier makes of the same secret", () => {
    const made = [
      ["a", "x"],
      ["a", "y"],
      ["b", "x"],
      ['a","x', ""],
    ].map(([product = "", name = ""]) => hashIdentifier(product, name, "64 hex", "s"));
    expect(new Set(made).size).toBe(4);
    expect(made[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

test("a contract whose identifier is a hash of digits and one that is a number of its own", () => {
  const contract: Contract = {
    ...contracts.codegraph,
    state: inHome(".t/state.json"),
    stateKeys: { n: integer(0, 99), h: text(32, /^[0-9a-f]{32}$/) },
    identifiers: {
      n: { madeFrom: "random", created: "first-send", take: integer(0, 99), most: 99 },
      h: { madeFrom: "random", created: "first-send", take: text(32, /^[0-9a-f]{32}$/) },
    },
  };
  const one = machine(contract, {}, {});
  expect(identifier(one.client, "n")).toBeLessThanOrEqual(99);
  expect(identifier(one.client, "h")).toMatch(/^[0-9a-f]{32}$/);
  expect(identifier(one.again().client, "h")).toBe(identifier(one.client, "h"));
});

describe("twenty processes at once", () => {
  test.each([
    ["on a new machine", undefined],
    ["where a choice is stored without an identifier", '{"enabled": true, "theirs": 1}'],
  ])("%s end with one identifier", async (_, stored) => {
    const one = machine(contracts.codegraph);
    if (stored !== undefined) one.writeState(stored);
    const said = await manyProcesses(20, one.home, 'print(identifier(client, "machine_id"))');
    expect(new Set(said).size).toBe(1);
    expect(one.state()).toMatchObject({ machine_id: said[0] });
    if (stored !== undefined) expect(one.state()).toMatchObject(JSON.parse(stored) as object);
  });

  test("a hundred times over, end with one identifier each time", async () => {
    const homes = temporaryFolder("homes");
    for (let round = 0; round < 100; round++) mkdirSync(join(homes, String(round)));
    // A few at a time meet more closely than many that wait for a processor.
    const rounds = `for (let round = 0; round < 100; round++) {
      setupClient(client, { host: { home: process.env.HOME + "/" + round } });
      while (Date.now() < Number(process.env.START) + round * 5);
      print(round + " " + identifier(client, "machine_id"));
    }`;
    const said = await manyProcesses(4, homes, rounds);
    expect(said).toHaveLength(400);
    expect(new Set(said).size).toBe(100);
  });

  test("show one notice", async () => {
    const one = machine(contracts.codegraph);
    const said = await manyProcesses(20, one.home, 'showNoticeOnce(client) ? print("sends") : print("waits")', {
      notice: true,
    });
    expect(said.filter((line) => line === "shown")).toHaveLength(1);
    expect(said.filter((line) => line === "sends").length).toBeGreaterThan(0);
  });

  test("can't undo a no that is said among them", async () => {
    const one = machine(contracts.codegraph);
    const said = await manyProcesses(
      20,
      one.home,
      'if (number === 7) print(recordAnswer(client, false, { consent_source: "cli" })); else { showNoticeOnce(client); identifier(client, "machine_id"); }',
      { notice: false },
    );
    expect(said).toContain("true");
    expect(one.state()).toMatchObject({ enabled: false, consent_source: "cli" });
  });
});

test("what stands in its place where a contract has no identifiers takes the same and gives nothing", () => {
  type Used = Pick<typeof identity, keyof typeof noIdentity>;
  const instead: Used = noIdentity;
  const rest = Object.keys(identity).filter((name) => !(name in instead));
  // Asked for by a test alone.
  expect(rest).toEqual(["hashIdentifier"]);
});
