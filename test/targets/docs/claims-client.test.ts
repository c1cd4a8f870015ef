import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fillSpec } from "../../../generator/init/fill.js";
import type { Model } from "../../../generator/model/model.js";
import { type Contract, loaded } from "../../property/contract.js";
import { type Program, programOf, start, withMachine } from "../../property/program.js";
import { recordAll, rules } from "../../property/rules.js";
import { turnOn } from "../../property/world.js";
import { randomFrom } from "../../worker/random.js";
import { FIVE } from "../five.js";

/** The contracts of `init`, and the five. */
const ALL = ["init", "init --opt-out", ...FIVE] as const;

/** Programs are started in folders of their own. */
const read = (path: string) => readFileSync(join(import.meta.dirname, "../../..", path), "utf8");

function textOf(name: string): string {
  if (!name.startsWith("init"))
    return read(name === "codegraph" ? "spec/events.yaml" : `spec/systems/${name}/events.yaml`);
  const [template = "", optOut = ""] = ["events", "opt-out"].map((file) => read(`templates/init/${file}.yaml`));
  const consent = name === "init" ? "opt-in" : "opt-out";
  return fillSpec(template, optOut, {
    product: "my-tool",
    url: "https://t.example.org/v1",
    consent,
    language: "ts" as const,
    client: { of: "typescript" as const },
  });
}

const SWITCHES = ["what the page prints as a switch is one", "commands on the page exist"];
const KEPT = "the page names all that is kept and sent";

/** A page's claims about the client, read as its reader reads them, and tried with the client that is generated beside it. */
describe.each(ALL)("what the page of %s says about the client", async (name) => {
  const contract = loaded(parse(textOf(name))) as Contract;
  const { model } = contract;
  const program = await programOf(model);
  const { page } = program;

  test.each([...SWITCHES, KEPT])("%s", async (rule) => {
    const found = rules.find((one) => one.name === rule);
    expect(await found?.broken(program, contract, randomFrom(1))).toBeUndefined();
  });

  test("where it goes", async () => {
    const [, method = "", address = ""] = / at `([A-Z]+) (https:[^`]+)`/.exec(page) ?? [];
    const pattern = new RegExp(`^${address.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+")}$`);
    const requests = await sentBy(program);
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) {
      expect(request.method ?? "POST").toBe(method);
      expect(request.url).toMatch(pattern);
    }
  });

  const other = /^To use a self-hosted receiver, set `(\w+)`/m.exec(page)?.[1];
  const elsewhere = async () => {
    const to = async (address: string) =>
      new Set((await sentBy(program, { [other ?? ""]: address })).map(({ url }) => new URL(url).origin));
    const usual = new URL(model.destination.url).origin;
    expect(await to("https://here.example/in")).toEqual(new Set(["https://here.example"]));
    for (const ignored of ["", "http://here.example/in", "https://ann:word@here.example/in", "no address"])
      expect([ignored, await to(ignored)]).toEqual([ignored, new Set([usual])]);
    const [, testing = ""] = /for testing, (.*?), on any port/.exec(page) ?? [];
    for (const [, allowed = ""] of testing.matchAll(/`([^`]+)`/g))
      expect(await to(`${allowed}:8787/in`)).toEqual(new Set([`${allowed}:8787`]));
  };
  if (other !== undefined) test("how to send it elsewhere, and which addresses are ignored", elsewhere);

  const debug = /^- `(\w+)=(\w+)` shows every payload on stderr/m.exec(page);
  const seen = async () => {
    const [, variable = "", value = ""] = debug ?? [];
    const { requests, written } = await run(program, { [variable]: value });
    expect(requests.length).toBeGreaterThan(0);
    for (const { body } of requests) expect(written.join("\n")).toContain(body);
  };
  if (debug !== null) test("how to see every payload", seen);

  const status = /^- `[^`]+` says whether telemetry is on, and why\. It prints (.*)\.$/m.exec(page);
  const printed = async () => {
    const keys = [...(status?.[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, key = ""]) => key);
    await withMachine(async (on) => {
      const running = start(program, on);
      await running.command("status");
      for (const key of keys) expect(running.written.join("\n")).toMatch(new RegExp(`^${key}:`, "m"));
    });
  };
  if (status !== null) test("what the command prints", printed);

  test("how long it is kept, and that nothing is left open that the contract states", () => {
    const [, kept = ""] = /^\*\*How long it is kept:\*\* (.*)$/m.exec(page) ?? [];
    expect(kept.startsWith("not stated")).toBe(isEmpty(model.destination.retention));
    expect(/\*\*Contact:\*\* not stated/.test(page)).toBe(model.contact === undefined);
  });

  test("no sentence stands there twice", () => {
    const sentences = page
      .replace(/```.*?```/gs, "")
      .replace(/^## (?:What is sent|Identifiers)\n.*?^(?=## )/gms, "")
      .replace(/^- .*$/gm, "")
      .split(/(?<=[.:;])\s+|\n/)
      .map((one) => one.trim())
      .filter((one) => one.split(" ").length > 5);
    const own = JSON.stringify(model);
    const twice = sentences.filter((one, at) => sentences.indexOf(one) !== at && !own.includes(one.slice(0, -1)));
    expect(twice).toEqual([]);
  });
});

/** By `wc -w`. It only becomes less. */
test("the page of init's contract stays short", async () => {
  const { page } = await programOf((loaded(parse(textOf("init"))) as Contract).model);
  expect(page.split(/\s+/).filter((word) => word !== "").length).toBeLessThanOrEqual(1000);
});

function isEmpty(retention: Model["destination"]["retention"]): boolean {
  return Object.keys(retention ?? {}).length === 0;
}

async function sentBy(program: Program, env: Readonly<Record<string, string>> = {}) {
  return (await run(program, env)).requests;
}

/** Records everything once, with variables, on a machine where it is on. */
function run(program: Program, env: Readonly<Record<string, string>>) {
  return withMachine(async (on) => {
    const { given, emit } = recordAll(program, randomFrom(1));
    expect(await turnOn(program, on, given)).toBe(true);
    Object.assign(on.env, env);
    const running = start(program, on, given);
    await running.deliver(() => emit(running.telemetry));
    return { requests: running.requests, written: running.written };
  });
}
