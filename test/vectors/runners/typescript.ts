/** Answers vectors with the TypeScript client: see ../README.md. `tsx runners/typescript.ts FOLDER PLAN`. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { ONE_LINE } from "../../../generator/model/one-line.js";
import type { Plan, PlanField, PlanValue } from "../../../generator/plan/plan.js";
import { camel } from "../../../generator/plan/words.js";
import { type Client, setupClient } from "../../../templates/client/runtime/client.js";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import { partDecision } from "../../../templates/client/runtime/consent/part.js";
import type { Host, SendRequest } from "../../../templates/client/runtime/host/host.js";
import { loadFullContract } from "../../../templates/client/runtime/load-full-contract.js";
import { append } from "../../../templates/client/runtime/queue/append.js";
import { ownMark } from "../../../templates/client/runtime/queue/owner.js";
import { persist } from "../../../templates/client/runtime/queue/record.js";
import { identifier } from "../../../templates/client/runtime/state/identity.js";
import { always, orNull } from "../../../templates/client/runtime/values/constant.js";
import { cut } from "../../../templates/client/runtime/values/cut.js";
import { mapOf } from "../../../templates/client/runtime/values/map-of.js";
import { integer, number, rounded } from "../../../templates/client/runtime/values/numbers.js";
import { eachOf, object } from "../../../templates/client/runtime/values/object.js";
import { orElse } from "../../../templates/client/runtime/values/or-else.js";
import { below, flag, list, oneOf, type Take, text, upTo } from "../../../templates/client/runtime/values/values.js";

interface Given {
  readonly env?: Record<string, string>;
  readonly config?: Record<string, unknown>;
  readonly stored?: unknown;
  readonly build?: string | null;
  /** The address that a build or an operator named. */
  readonly address?: string | null;
  /** What is recorded belongs to the sample. */
  readonly drawn?: true;
  readonly part?: string;
  readonly setup?: Record<string, unknown>;
  readonly version?: string;
  readonly now?: number;
  readonly record?: readonly {
    readonly event: string;
    readonly fields: Record<string, unknown>;
    readonly ok?: boolean;
    /** The values that a rollup combines beside. */
    readonly values?: Readonly<Record<string, unknown>>;
    readonly at?: number;
  }[];
  readonly samples?: readonly {
    readonly metric: string;
    readonly labels: Record<string, unknown>;
    readonly value: unknown;
  }[];
  /** The start times of the program, one after the other on one machine. */
  readonly starts?: readonly number[];
  readonly answer?: number | "refused" | "gone";
  /** The receiver's answer, where the contract wants to know. */
  readonly says?: string;
  readonly name?: string;
  readonly files?: Record<string, string>;
  readonly lines?: readonly string[];
  readonly max_size?: number;
  readonly when_full?: "drop-newest";
  readonly value?: PlanValue;
  readonly given?: unknown;
  readonly args?: readonly string[];
  readonly facts?: Readonly<Record<string, boolean>>;
  /** Files below the home folder. */
  readonly at_home?: Readonly<Record<string, string>>;
  /** Files beside the state file. */
  readonly beside?: Readonly<Record<string, string>>;
  /** The state file's folder leads round in circles. */
  readonly circles?: boolean;
  readonly way?: "return" | "exit" | "throw" | "signal";
  readonly code?: number;
}

type Functions = Readonly<Record<string, ((...values: unknown[]) => unknown) | undefined>>;

const day = 86_400_000;
const [folder = "", planFile = "", child] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile, "utf8")) as Plan;
const load = async (name: string) => (await import(pathToFileURL(join(folder, name)).href)) as Functions;
const telemetry = await load("telemetry.ts");
const { client } = (await load("client.ts")) as unknown as { client: Client };
const world = client.host;

interface Around {
  readonly home: string;
  now: number;
  readonly requests: Pick<SendRequest, "url" | "headers" | "body">[];
  readonly stderr: string[];
  readonly stdout: string[];
  readonly log: (readonly [string, string])[];
  /** The values that the emitters returned. */
  readonly returned: (string | number | null)[];
}

/** A process of its own, as far as that goes in one. */
async function fresh(given: Given, home: string): Promise<Around> {
  const { memory } = client;
  for (const key of ["decision", "armed", "stopped", "sending", "once", "identifiers", "recorded", "parts"] as const)
    delete memory[key];
  for (const key of Object.keys(memory.setup)) delete memory.setup[key];
  memory.lines.length = 0;
  for (const { kept } of memory.counts.flatMap((take) => take(0))) kept();
  client.host = world;
  const around: Around = { home, now: given.now ?? 0, requests: [], stderr: [], stdout: [], log: [], returned: [] };
  const host: Partial<Host> = {
    env: given.env ?? {},
    home,
    now: () => around.now,
    build: given.build ?? undefined,
    address: given.address ?? undefined,
    drawn: given.drawn,
    config: (name) => given.config?.[name],
    terminal: false,
    stdinIsTerminal: false,
    write: (stream, line) => void around[stream].push(line),
    log: (level, line) => void around.log.push([level, line]),
    send: async ({ url, headers, body, handedOver, answer }) => {
      if (given.answer === "refused") {
        around.requests.push({ url, headers, body });
        throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
      }
      around.requests.push({ url, headers, body });
      handedOver?.();
      if (given.answer === "gone") throw Object.assign(new Error("late"), { code: "ETIMEDOUT" });
      if (given.says !== undefined) answer?.take(given.says);
      return given.answer ?? 204;
    },
  };
  const setup = {
    ...Object.fromEntries(plan.setup.fields.map(({ name, words }) => [camel(words), unpacked(given.setup?.[name])])),
    // Where there is none, a field of that name may be another thing.
    ...(given.version === undefined ? {} : { version: given.version }),
  };
  setupClient(client, { ...setup, args: given.args, facts: given.facts, host } as {
    host: Partial<Host>;
  });
  await loadFullContract(client);
  put(join(home, "file"), given.at_home);
  const place = client.contract.state?.(client.host);
  if (place !== undefined && given.stored !== undefined && given.stored !== null) {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, typeof given.stored === "string" ? given.stored : JSON.stringify(given.stored));
  }
  if (place !== undefined && given.beside !== undefined) put(place, given.beside);
  if (place !== undefined && given.circles === true) {
    mkdirSync(dirname(dirname(place)), { recursive: true });
    symlinkSync(basename(dirname(place)), dirname(place));
  }
  return around;
}

function unpacked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$number" in value) return Number(value.$number);
  if ("$absent" in value) return undefined;
  return Array.isArray(value)
    ? value.map(unpacked)
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unpacked(one)]));
}

/** Turns a value from the names that travel into what a caller gives. */
function called(value: PlanValue, given: unknown): unknown {
  if (value.is === "or-null") return called(value.of, given);
  if (value.is === "list" && Array.isArray(given)) return given.map((one) => called(value.of, one));
  // Which case it is depends on what stands beside it; a caller's names are the same in all of them here.
  if (value.is === "cases")
    return (
      value.cases.map(({ of }) => called(of, given)).find((one) => JSON.stringify(one) !== JSON.stringify(given)) ??
      unpacked(given)
    );
  if (value.is !== "object" || typeof given !== "object" || given === null || Array.isArray(given))
    return unpacked(given);
  return objectOf(value.fields, given as Record<string, unknown>);
}

function objectOf(fields: readonly PlanField[], given: Record<string, unknown>): object {
  const entries = Object.entries(given).map(([name, one]) => {
    const field = fields.find((each) => each.name === name);
    return field === undefined ? [name, one] : [camel(field.words), called(field.value, one)];
  });
  return Object.fromEntries(entries);
}

function emitter(words: readonly string[]): (...values: unknown[]) => unknown {
  const name = camel(words);
  const found = telemetry[`${name}Event`] ?? telemetry[name] ?? telemetry[`${name}_`];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** @returns what the emitter does. */
function record({ event, fields, ok = true, values }: NonNullable<Given["record"]>[number]): unknown {
  const one = plan.emitters.find(({ name }) => name === event);
  if (one?.kind === "event") {
    const given = one.given.length === 0 ? [] : [objectOf(one.fields, fields)];
    return emitter(one.words)(...(one.schedule === undefined ? given : given.map((made) => () => made)));
  } else if (one?.kind === "rollup") {
    const value = (name: string) => unpacked(fields[name]);
    const optional = one.optional.map((each) =>
      typeof each === "string"
        ? value(each)
        : Object.fromEntries(each.members.map(({ name, words }) => [camel(words), value(name)])),
    );
    const failing = one.counters.some(({ counts }) => counts === "failed-calls");
    emitter(one.words)(
      ...one.required.map(value),
      ...(failing ? [ok] : []),
      ...optional,
      ...(values === undefined ? [] : [values]),
    );
  }
  return undefined;
}

/** Records a scheduled event, from its first call on. */
interface Clock {
  stop(): void;
}

function isClock(returned: unknown): returned is Clock {
  return typeof returned === "object" && returned !== null && "stop" in returned;
}

/** Counts what a request of the program's own carries as one of our requests. */
function carried(returned: unknown): readonly Around["requests"][number][] {
  const {
    headers = {},
    query,
    body = "",
  } = (returned ?? {}) as { headers?: Record<string, string>; query?: string; body?: string };
  if (query === undefined && body === "" && Object.keys(headers).length === 0) return [];
  return [{ url: query === undefined ? "" : `?${query}`, headers, body }];
}

function add({ metric, labels, value }: NonNullable<Given["samples"]>[number]): void {
  const one = plan.emitters.find(({ name }) => name === metric);
  if (one?.kind !== "metric") throw new Error(`there is no ${metric}`);
  const given = one.given.length === 0 ? [] : [objectOf(one.labels, labels)];
  emitter(one.words)(...given, ...(one.value.value.is === "always" ? [] : [unpacked(value)]));
}

function takeOf(value: PlanValue): Take {
  switch (value.is) {
    case "always":
      return always(value.value);
    case "or-null":
      return orNull(takeOf(value.of));
    case "flag":
      return flag;
    case "integer":
      return integer(value.least, value.most);
    case "number":
      return number(value.least, value.most);
    case "text":
      return text(value.most, value.pattern === undefined ? undefined : new RegExp(value.pattern));
    case "line":
      return text(value.most, new RegExp(ONE_LINE));
    case "hashed":
      throw new Error("a hash, of which no vector is made");
    case "or-else":
      return orElse(takeOf(value.of), value.otherwise);
    case "cut":
      return cut(takeOf(value.of), value.most);
    case "one-of":
      return oneOf(value.values, value.otherwise);
    case "below":
      return below(value.edges, value.labels);
    case "up-to":
      return upTo(value.edges, value.labels);
    case "list":
      return list(takeOf(value.of), value.most);
    case "items":
      return eachOf(takeOf(value.of), value.most);
    case "rounded":
      return rounded(value.least, value.most, value.decimals);
    case "map":
      return mapOf(takeOf(value.keys), takeOf(value.of), value.most);
    case "object":
      return object(
        value.fields.map((field) => ({
          name: field.name,
          take: takeOf(field.value),
          ...(field.optional ? { optional: true } : {}),
        })),
      );
    case "cases":
      throw new Error("no vector has a value that depends on another");
    default:
      return value satisfies never;
  }
}

function filesIn(place: string): Record<string, string> {
  if (!existsSync(dirname(place))) return {};
  const names = readdirSync(dirname(place)).filter((name) => name.startsWith(basename(place)));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(dirname(place), name), "utf8")]));
}

function put(place: string, files: Readonly<Record<string, string>> = {}): void {
  mkdirSync(dirname(place), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = join(dirname(place), marked(name));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** A name with whose file it is: this process's, one's that ended, another machine's, one's from before this machine was started. */
function marked(name: string): string {
  const [pid, seconds, place] = ownMark().split(".") as [string, string, string];
  const ended = spawnSync(process.execPath, ["--version"]).pid;
  return name
    .replace("{living}", `${pid}.${seconds}.${place}`)
    .replace("{ended}", `${ended}.${seconds}.${place}`)
    .replace("{elsewhere}", `${pid}.${seconds}.elsewhere`)
    .replace("{restarted}", `${pid}.${Number(seconds) + 1000}.${place}`);
}

function stored(): Record<string, unknown> | null {
  try {
    return JSON.parse(readFileSync(client.contract.state?.(client.host) ?? "", "utf8")) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The names of what lies beside the state file. */
function beside(): readonly string[] {
  const place = client.contract.state?.(client.host) ?? "";
  try {
    return readdirSync(dirname(place))
      .filter((name) => name !== basename(place))
      .sort();
  } catch {
    return [];
  }
}

const answers: Readonly<Record<string, (given: Given, home: string) => Promise<object>>> = {
  decide: async (given, home) => {
    await fresh(given, home);
    const { enabled, decidedBy } = given.part === undefined ? consent(client) : partDecision(client, given.part);
    return { enabled, decidedBy };
  },
  sent: async (given, home) => {
    const around = await fresh(given, home);
    const clocks: Clock[] = [];
    for (const one of given.record ?? []) {
      if (one.at !== undefined) {
        persist(client);
        around.now = one.at;
      }
      const returned = await record(one);
      if (isClock(returned)) clocks.push(returned);
      if (plan.delivery.mode === "carried") around.requests.push(...carried(returned));
      else around.returned.push(typeof returned === "string" || typeof returned === "number" ? returned : null);
    }
    // One that is due in a second would strike once that has really gone by: in days to come, and in other questions.
    for (const clock of clocks) clock.stop();
    if (plan.delivery.mode === "queued") {
      persist(client);
      around.now += 2 * day;
    }
    await telemetry["flush"]?.();
    return around;
  },
  report: async (given, home) => {
    const around = await fresh(given, home);
    await telemetry["reportOnce"]?.(() => given.samples?.forEach(add));
    return around;
  },
  starts: async ({ starts = [], ...given }, home) => {
    const reports: number[] = [];
    for (const now of starts) {
      const around = await fresh({ ...given, now }, home);
      const running = telemetry["startReports"]?.(() => given.samples?.forEach(add));
      await Promise.all(client.memory.sending ?? []);
      (running as { stop(): void }).stop();
      reports.push(around.requests.length);
    }
    return { reports };
  },
  identify: async ({ name = "", ...given }, home) => {
    await fresh(given, home);
    const values = [identifier(client, name), identifier(client, name)];
    return { values, stored: Object.keys(stored() ?? {}) };
  },
  flush: async (given, home) => {
    const around = await fresh(given, home);
    const place = client.contract.queue?.file(client.host) ?? "";
    put(place, given.files);
    await telemetry["flush"]?.();
    return { requests: around.requests, files: filesIn(place), stored: stored() };
  },
  append: async ({ files, lines = [], max_size: maxSize = 0, when_full: whenFull, now = 0 }, home) => {
    const place = join(home, "queue");
    put(place, files);
    let kept = 0;
    const waiting = lines.map((line) => ({ line, kept: () => kept++ }));
    append(place, place, waiting, { file: () => place, maxSize, ...(whenFull === undefined ? {} : { whenFull }) }, now);
    return { files: filesIn(place), kept };
  },
  take: async ({ value, given }) => {
    let taken: unknown;
    try {
      taken = value === undefined ? undefined : takeOf(value)(unpacked(given));
    } catch {
      // Nothing was given.
    }
    return taken === undefined ? {} : { travels: JSON.stringify(taken) };
  },
  command: async ({ args = [], ...given }, home) => {
    const around = await fresh(given, home);
    const { telemetryCommand } = await load("command.ts");
    const code = await telemetryCommand?.(args);
    return { code, stdout: around.stdout, stderr: around.stderr, stored: stored(), beside: beside() };
  },
  exit: async (given, home) => {
    const work = JSON.stringify({ ...given, home });
    const args = [...process.execArgv, process.argv[1] ?? "", folder, planFile, work];
    const { status, signal, stdout } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    await fresh({ ...given, stored: null }, home);
    const place = client.contract.queue?.file(client.host);
    const lines =
      place === undefined
        ? []
        : Object.values(filesIn(place)).flatMap((one) => one.split("\n").filter((line) => line !== ""));
    return { code: status, signal, stdout, kept: lines.length };
  },
};

/** The program of `exit`: it records and ends. */
async function end({ home, way, code, ...given }: Given & { readonly home: string }): Promise<void> {
  await fresh(given, home);
  setupClient(client, { host: { send: () => new Promise<number>(() => undefined) } });
  given.record?.forEach(record);
  if (way === "exit") process.exit(code);
  if (way === "throw") throw new Error("the program's own");
  if (way === "signal") {
    process.kill(process.pid, "SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
}

if (child !== undefined) await end(JSON.parse(child) as Given & { home: string });
else
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, ask, given } = JSON.parse(line) as { id: number; ask: string; given: Given };
    const home = mkdtempSync(join(tmpdir(), "vector-"));
    let told: object;
    try {
      const answer = answers[ask];
      told = answer === undefined ? { unknown: true } : { answer: await answer(given, home) };
    } catch (error) {
      told = { error: String(error instanceof Error ? error.stack : error) };
    }
    rmSync(home, { recursive: true, force: true });
    process.stdout.write(`${JSON.stringify({ id, ...told })}\n`);
  }
