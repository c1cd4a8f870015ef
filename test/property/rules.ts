import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { example } from "../../generator/language/consent/matches/index.js";
import { emptyWorld } from "../../generator/language/consent/places/define.js";
import { placeWord } from "../../generator/language/consent/places/index.js";
import { decide, decidingValue } from "../../generator/language/consent/step.js";
import { eventBits } from "../../generator/model/bits.js";
import { withoutDropped } from "../../generator/model/dropped.js";
import type { ConsentStep, Event, Model } from "../../generator/model/model.js";
import { timePlace } from "../../generator/model/wire.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { showNoticeOnce } from "../../templates/client/runtime/consent/notice.js";
import { partDecision } from "../../templates/client/runtime/consent/part.js";
import { loadFullContract } from "../../templates/client/runtime/load-full-contract.js";
import { parseSamples } from "../../templates/worker/runtime/read/exposition.js";
import { type Contract, print, SOURCE } from "./contract.js";
import type { Spec } from "./meanings.js";
import { commandsOn, stepOf, switchesOf } from "./page.js";
import { plainWire } from "./pictures.js";
import {
  configPath,
  DAY,
  filesBelow,
  isGiven,
  type Machine,
  NAMED,
  type Program,
  received,
  start,
  type Telemetry,
  withMachine,
  writeFile,
} from "./program.js";
import type { Random } from "./random.js";
import { type Call, called, callOf, difference, gaugeOf, perform, setupOf } from "./values.js";
import { apply, configure, isAllOn, printed, setAround, statePath, turnOn } from "./world.js";

/** A rule that must hold for every contract that loads. Each gives what is wrong, in words. */
export interface Rule {
  readonly name: string;
  readonly broken: (
    program: Program,
    contract: Contract,
    random: Random,
  ) => Promise<string | undefined> | string | undefined;
}

export const rules: readonly Rule[] = [
  { name: "findings name the way out", broken: (_, { refused, warnings }) => withoutWayOut([...refused, ...warnings]) },
  { name: "each emitter puts one request on the wire", broken: emits },
  { name: "what the page prints as a switch is one", broken: switches },
  { name: "commands on the page exist", broken: commands },
  { name: "what is there and not understood sends nothing", broken: damaged },
  { name: "the page names all that is kept and sent", broken: named },
  { name: "bits don't depend on nesting", broken: bits },
  { name: "what is shown instead is not sent", broken: shownInstead },
];

/** Findings whose own sentence says what has to stand there: `is not a Prometheus label's name: letters, digits and _.` */
const SAYING_IT: readonly string[] = ["wrong-form", "wrong-kind", "out-of-range"];

function withoutWayOut(findings: Contract["refused"]): string | undefined {
  const mute = findings.find(
    ({ code, hint, message }) =>
      (!hint && !SAYING_IT.includes(code)) || /undefined|\[object|NaN/.test(`${message} ${hint ?? ""}`),
  );
  return mute && `${mute.code}: ${mute.message} ${mute.hint ?? "(no hint)"}`;
}

async function emits(program: Program, _: Contract, random: Random): Promise<string | undefined> {
  const { model } = program;
  const setup = setupOf(model, random);
  if (model.metrics.length > 0) {
    const calls = model.metrics.map((metric) => gaugeOf(model, metric, setup, random));
    return withMachine((on) =>
      once(
        program,
        on,
        setup.given,
        calls,
        model.metrics.map(({ wireName }) => wireName),
      ),
    );
  }
  for (const event of called(model)) {
    const call = callOf(model, event, setup, random);
    const wrong = await withMachine((on) => once(program, on, setup.given, [call], [event.wireName], event));
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** One call, or of metrics one report. */
async function once(
  program: Program,
  on: Machine,
  given: object,
  calls: readonly Call[],
  names: readonly string[],
  event?: Event,
): Promise<string | undefined> {
  const { model } = program;
  // What is sent only where something is so: it is, unless consent depends on it, too.
  const wheres = [...model.events, ...model.metrics].filter(({ wireName }) => names.includes(wireName));
  const holdThere = () => {
    for (const { onlyWhere } of wheres) if (onlyWhere !== undefined) on.facts[onlyWhere.fact] = true;
  };
  holdThere();
  if (!(await turnOn(program, on, given))) return undefined;
  holdThere();
  if (!isAllOn(program, on, given)) return undefined;
  on.now += DAY;
  // The run that shows the notice leaves time to refuse.
  if (model.consent.notice?.sendsFrom === "next-run") {
    const first = await withMachine((other) => sentFirst(program, other, given, calls));
    if (first > 0) return `the run that shows the notice made ${first} requests`;
    const { client } = start(program, on, given);
    await loadFullContract(client);
    showNoticeOnce(client);
  }
  const running = start(program, on, given);
  const told = calls
    .map(({ emitter, args }) => `${emitter}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`)
    .join("; ");
  await running.deliver(() => {
    for (const call of calls) {
      const emit = running.telemetry[call.emitter];
      perform(emit, call, (time) => {
        on.now += time;
      });
      // A second time changes nothing: it is limited, or not due yet.
      if (event?.limit !== undefined || call.dueAfter !== undefined) perform(emit, call, () => undefined);
    }
  });
  const [request, ...more] = running.requests;
  // Of what is sampled, most machines or calls send nothing.
  if (event?.sample !== undefined && running.requests.length === 0) return undefined;
  // What is reported every so often has been more than once by now, and each time the same.
  const again = event?.schedule !== undefined;
  if (request === undefined || (more.length > 0 && !again)) return `${told} made ${running.requests.length} requests`;
  const { status, accepted, counted } = await received(program, request);
  const answer = `${told} sent ${request.body} to ${request.url}, answered ${status} (${counted.join(", ")})`;
  if (status !== model.ingest.responses.accepted) return answer;
  if (again ? accepted.length === 0 : accepted.length !== calls.length) return `${answer}: ${accepted.length} kept`;
  for (const [at, { event: name, fields, value, time }] of accepted.entries()) {
    const call = calls[names.indexOf(name)];
    if (call === undefined) return `${answer}: ${name} arrived in place of ${names.join()}`;
    const dropped = droppedOf(model, name);
    const wanted = withoutDropped(Object.fromEntries(Object.entries(call.sent).filter(([key]) => !dropped.has(key))), [
      ...model.common,
      ...(model.events.find(({ wireName }) => wireName === name)?.fields ?? []),
    ]);
    const differs =
      difference(wanted, withoutDerived(fields, model), `accepted[${at}]`) ??
      (call.value === undefined ? undefined : difference(call.value, value, "value"));
    if (differs !== undefined) return `${answer}: ${differs}`;
    const timed = timePlace(model.wire) !== undefined;
    if (model.ingest.acceptTimes === undefined && timed !== (time !== undefined)) return `${answer}: time ${time}`;
  }
  return disallowed(program, request.body) ?? elsewhere(program, request.url, request.headers);
}

/** Returns the number of requests of a run that shows the notice. */
async function sentFirst(program: Program, on: Machine, given: object, calls: readonly Call[]): Promise<number> {
  if (!(await turnOn(program, on, given))) return 0;
  const running = start(program, on, given);
  await running.deliver(() => {
    for (const call of calls) perform(running.telemetry[call.emitter], call, () => undefined);
  });
  const text = program.model.consent.notice?.text ?? "";
  return running.written.some((line) => line.includes(text)) ? running.requests.length : 0;
}

/** Leaves out what the receiver derived; it was not sent. */
function withoutDerived(
  fields: Readonly<Record<string, unknown>>,
  { ingest }: Model,
): Readonly<Record<string, unknown>> {
  const own = new Set(ingest.derives?.map(({ name }) => name));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !own.has(name)));
}

function droppedOf({ common, destination, events, metrics }: Model, name: string): ReadonlySet<string> {
  const own = [...events, ...metrics].find(({ wireName }) => wireName === name);
  const fields = own === undefined ? [] : "fields" in own ? own.fields : own.labels;
  const dropped = [...common, ...fields].filter(({ droppedAtEdge }) => droppedAtEdge);
  // What stands in the address alone is not kept.
  const alone = destination.urlFields.filter((field) => !common.includes(field));
  return new Set([...dropped, ...alone].map(({ wireName }) => wireName));
}

/** Returns ajv's complaints, with the published schema. */
function disallowed({ allows, model }: Program, body: string): string | undefined {
  const { wire } = model;
  if (wire.format === "prometheus-text") {
    const samples = parseSamples(body)?.map(({ name, labels, value }) => ({ metric: name, labels, value }));
    return samples === undefined || samples.length === 0 ? `no samples in ${body}` : undefined;
  }
  // What is encoded or is no JSON is judged as the worker reads it.
  if (wire.format !== "json" || wire.body?.kind !== "object") return undefined;
  return allows(JSON.parse(body)) ? undefined : `the schema refuses ${body}: ${JSON.stringify(allows.errors)}`;
}

/** Nothing travels beside the body but the contract's own headers and what its URL names. */
function elsewhere(
  { model: { destination, wire } }: Program,
  url: string,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const known = new Set(["content-type", "content-length", ...wire.headers.map(({ name }) => name.toLowerCase())]);
  const foreign = Object.keys(headers).find((name) => !known.has(name.toLowerCase()));
  if (foreign !== undefined) return `a header ${foreign} travels`;
  const missing = wire.headers.find(
    (one) => one.kind === "picture" && one.picture.kind === "constant" && !(one.name in headers),
  );
  if (missing !== undefined) return `the header ${missing.name} is missing`;
  const form = new RegExp(
    `^${(destination.namedBy === undefined ? destination.url : NAMED)
      .split(/\{[^{}]*\}/)
      .map((part) => part.replace(/[.*+?^$()[\]\\|]/g, "\\$&"))
      .join("[^/?#]*")}/?$`,
  );
  return form.test(url.split("?")[0] ?? "") ? undefined : `it went to ${url}, which is not ${destination.url}`;
}

/** Records everything once. */
export function recordAll(
  program: Program,
  random: Random,
): { readonly given: object; readonly emit: (telemetry: Telemetry) => void } {
  const { model } = program;
  const setup = setupOf(model, random);
  const calls = [
    ...called(model).map((event) => callOf(model, event, setup, random)),
    ...model.metrics.map((metric) => gaugeOf(model, metric, setup, random)),
  ];
  return {
    given: setup.given,
    emit: (telemetry) => {
      for (const call of calls) perform(telemetry[call.emitter], call, () => undefined);
    },
  };
}

/** Returns the requests and the traces of a program that records everything. */
async function traces(program: Program, on: Machine, random: Random): Promise<string | undefined> {
  const { given, emit } = recordAll(program, random);
  const before = filesBelow(on.folder);
  const running = start(program, on, given);
  const { decidedBy } = running.decision();
  await running.deliver(() => emit(running.telemetry));
  const inSpite = program.model.events.filter(({ evenWhenOff }) => evenWhenOff?.despite.includes(decidedBy));
  for (const request of running.requests) {
    const wrong = inSpite.length === 0 ? "nothing may be sent" : await beyondSpite(program, request, inSpite);
    if (wrong !== undefined) return `${wrong}: ${running.requests.length} requests: ${request.body}`;
  }
  // What an older client left may be taken over, and what is sent all the same may be marked.
  const adopting = (program.model.consent.adopts ?? []).length > 0;
  const own = [statePath(program.model, on), ...(inSpite.length > 0 ? [/-once-/] : [])];
  const more = filesBelow(on.folder).filter(
    (file) =>
      !before.includes(file) &&
      !own.some((one) => (typeof one === "string" ? adopting && join(on.folder, file) === one : one?.test(file))),
  );
  return more.length > 0 ? `it left ${more.join(", ")}` : undefined;
}

/** Returns whether a request holds more than the events that are sent although telemetry is off, without an identifier. */
async function beyondSpite(
  program: Program,
  request: Parameters<typeof received>[1],
  allowed: readonly Event[],
): Promise<string | undefined> {
  const { accepted, status } = await received(program, request);
  if (accepted.length === 0) return `answered ${status}`;
  const telling = program.model.common.flatMap(({ from, wireName }) => (from.kind === "identifier" ? [wireName] : []));
  for (const { event, fields } of accepted) {
    if (!allowed.some(({ wireName }) => wireName === event)) return `${event} is sent although telemetry is off`;
    const found = telling.find((name) => name in fields);
    if (found !== undefined) return `${found} goes with what is sent although telemetry is off`;
  }
  return undefined;
}

async function switches(program: Program, _: Contract, random: Random): Promise<string | undefined> {
  const { page, model } = program;
  const { given } = recordAll(program, random);
  // Where nothing reads a stored answer, what the command writes is the product's own affair.
  const own = model.consent.order.some(({ place }) => place.kind === "stored");
  const printed = (direction: "on" | "off") =>
    switchesOf(page, direction).filter(({ kind }) => own || kind !== "command");
  const [on, off] = [printed("on"), printed("off")];
  const missing = model.consent.order.find(
    (step) =>
      step.place.kind === "env" &&
      decidingValue(step, "no", model.consent) !== undefined &&
      !off.some((one) => one.kind === "env" && one.name === (step.place as { readonly env: string }).env),
  );
  if (missing !== undefined) return `${JSON.stringify(missing.place)} turns it off, and the page doesn't say so`;
  const unsaid = [...on, ...off].find(
    (one) => model.consent.order[stepOf(model.consent, one)]?.onlyWhere && !one.said.includes("only where"),
  );
  if (unsaid !== undefined) return `${shown(unsaid)} works only in some places, and the page doesn't say so`;
  for (const one of on) {
    const wrong = await withMachine(async (machine) => {
      setAround(model, machine, one);
      await apply(program, machine, one);
      const { enabled, decidedBy } = start(program, machine, given).decision();
      // A step that stands earlier still decides before it, also by what is absent.
      const before = model.consent.order
        .slice(0, stepOf(model.consent, one))
        .some((step) => placeWord(step.place).by(step.place) === decidedBy);
      return enabled || before ? undefined : `${shown(one)} is printed as on, and it is off by ${decidedBy}`;
    });
    if (wrong !== undefined) return wrong;
  }
  for (const one of off) {
    const earlier = [undefined, ...on.filter((other) => stepOf(model.consent, other) > stepOf(model.consent, one))];
    for (const before of earlier) {
      const wrong = await withMachine(async (machine) => {
        setAround(model, machine, one);
        if (before !== undefined) await apply(program, machine, before);
        await apply(program, machine, one);
        const { enabled, decidedBy } = start(program, machine, given).decision();
        if (enabled)
          return `${shown(one)} is printed as off${before ? ` (after ${shown(before)})` : ""}, and it is on by ${decidedBy}`;
        const left = await traces(program, machine, random);
        return left && `after ${shown(one)}, ${left}`;
      });
      if (wrong !== undefined) return wrong;
    }
  }
  return head(program, given);
}

function shown(one: ReturnType<typeof switchesOf>[number]): string {
  switch (one.kind) {
    case "command":
      return one.line;
    case "env":
      return `${one.name}=${one.value}`;
    case "file":
      return `${one.line ?? "a file"} in ${one.file}`;
    case "config":
      return `${one.key}: ${JSON.stringify(one.value)} in ${one.file}`;
    case "given":
      return `${one.name}: ${JSON.stringify(one.value)}`;
    case "flag":
      return one.words.join(" ");
    default:
      return one satisfies never;
  }
}

/** The first line of the page: on or off by default is what a fresh machine does. */
function head(program: Program, given: object): Promise<string | undefined> {
  return withMachine(async (machine) => {
    const said = /\*\*(On|Off) by default\.\*\*/.exec(program.page)?.[1];
    const { client, decision } = start(program, machine, given);
    const { consent, events, metrics } = program.model;
    const own = [...events, ...metrics].some(({ part }) => part === undefined);
    // Where all belongs to parts, it is one of them that is on.
    const used = [...events, ...metrics].map(({ part }) => part);
    const enabled =
      (own && decision().enabled) ||
      (consent.parts ?? []).some(({ name }) => used.includes(name) && partDecision(client, name).enabled);
    return said === undefined || (said === "On") === enabled
      ? undefined
      : `the page says ${said} by default, and it is ${enabled ? "on" : "off"}`;
  });
}

async function commands(program: Program): Promise<string | undefined> {
  const { consent } = program.model;
  const named = [consent.commands.status, consent.commands.enable, consent.commands.disable].flatMap(
    (one) => one?.run ?? [],
  );
  for (const line of new Set([...commandsOn(program.page), ...named])) {
    const words = line.trim().split(/\s+/);
    // A part stands behind the word.
    const args = words.slice(consent.parts?.some(({ name }) => name === words.at(-1)) ? -2 : -1);
    const wrong = await withMachine(async (machine) => {
      const running = start(program, machine);
      const code = await running.command(...args);
      // Where the answer is kept by nobody here, the command is the product's own.
      if (code === undefined && !program.model.consent.order.some(({ place }) => place.kind === "stored"))
        return undefined;
      return code === 0 || (code === 1 && args[0] !== "status")
        ? undefined
        : `${line} ends with ${code}: ${running.written.join(" / ")}`;
    });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Puts something into the place of a file. */
type Damage = (path: string) => void;

const yes = { utf16: (text: string) => Buffer.from(`\ufeff${text}`, "utf16le") };

const [BYTE_ORDER_MARK, CUT_OFF] = ["with a byte order mark", "cut off"] as const;

/** Damages that leave a file of lines as good as it was: no mark of the byte order is read, and no last line needs an end. */
const UNDERSTOOD: readonly string[] = [BYTE_ORDER_MARK, CUT_OFF];

/** Ways in which a file that says no can be there without being understood. */
function damages(no: string, on: Machine, cut: boolean): readonly (readonly [string, Damage])[] {
  const content =
    (text: string | Uint8Array): Damage =>
    (path) =>
      writeFile(path, text);
  const elsewhere = join(on.folder, "elsewhere");
  return [
    ["in UTF-16", content(yes.utf16(no))],
    [BYTE_ORDER_MARK, content(`\ufeff${no}`)],
    ["too large", content(`${no}${" ".repeat(2 ** 20)}\n`)],
    [
      "a folder",
      (path) => {
        mkdirSync(path, { recursive: true });
      },
    ],
    [
      "a link to a file that says no",
      (path) => {
        writeFile(elsewhere, no);
        mkdirSync(dirname(path), { recursive: true });
        symlinkSync(elsewhere, path);
      },
    ],
    ["bytes that are no text", content(Buffer.concat([Buffer.from(no), Buffer.from([0xff, 0xfe, 0x00])]))],
    ...(cut
      ? [
          ["empty", content("")] as const,
          [CUT_OFF, content(no.slice(0, Math.max(1, no.length - 1)))] as const,
          ["cut in the middle", content(no.slice(0, Math.ceil(no.length / 2)))] as const,
          ["a list", content("[]")] as const,
          ["a text", content('"no"')] as const,
          ["null", content("null")] as const,
        ]
      : []),
  ];
}

async function damaged(program: Program, _: Contract, random: Random): Promise<string | undefined> {
  const { model } = program;
  const path = await withMachine(async (on) => statePath(model, on)?.slice(on.folder.length));
  const step = model.consent.order.find(({ place }) => place.kind === "stored");
  if (path !== undefined && step?.place.kind === "stored") {
    const { key } = step.place;
    const value = decidingValue(step, "no", model.consent);
    const no = await stateThatSaysNo(program, key, value ?? false);
    for (const [name, , at] of await withMachine(async (on) =>
      damages(no, on, true).map(([name], at) => [name, undefined, at] as const),
    )) {
      // What then stands there is understood all the same, and it is no refusal where no value is one.
      if (value === undefined && UNDERSTOOD.includes(name)) continue;
      const wrong = await withMachine(async (on) => {
        asked(step, on.facts);
        const damage = damages(no, on, true)[at];
        damage?.[1](on.folder + path);
        const left = await traces(program, on, random);
        return left && `the state file is ${name}, and ${left}`;
      });
      if (wrong !== undefined) return wrong;
    }
    // What stands in a file of another form is of few kinds.
    const isJson = model.consent.stateFile?.form === undefined;
    const other = isJson && (await misunderstood(program, no, step, key, path, random));
    if (other) return other;
  }
  for (const { place, disableWhen } of model.consent.order) {
    if (place.kind !== "config" || disableWhen === undefined || isGiven(model, place.config)) continue;
    const off = switchesOf(program.page, "off").find(
      (one) => one.kind === "config" && one.file === place.config && one.key === place.key,
    );
    if (off?.kind !== "config") continue;
    const count = (await withMachine(async (on) => damages("", on, false))).length;
    for (let at = 0; at < count; at++) {
      const wrong = await withMachine(async (on) => {
        setAround(model, on, off);
        configure(model, on, place.config, {});
        const file = configPath(on, place.config, model.product);
        await apply(program, on, off);
        const no = readFileSync(file, "utf8");
        const [name, damage] = damages(no, on, place.config.endsWith(".json"))[at] ?? [];
        // Somebody's settings may be a link; a mark of the byte order is understood or not.
        if (damage === undefined) return undefined;
        await clear(file);
        damage(file);
        const left = await traces(program, on, random);
        return left && `${place.config} says no and is ${name}, and ${left}`;
      });
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
}

/** If a fact is false, the place isn't read, so even a clear no wouldn't count. */
function asked({ onlyWhere }: ConsentStep, facts: Record<string, boolean>): void {
  if (onlyWhere !== undefined) facts[onlyWhere.fact] = true;
}

/** Answers of another kind than the key holds, or in other words: where the language says that they can't be told, nothing is sent. */
async function misunderstood(
  program: Program,
  no: string,
  step: ConsentStep,
  key: string,
  path: string,
  random: Random,
): Promise<string | undefined> {
  const { consent } = program.model;
  const world = emptyWorld(consent);
  asked(step, world.facts);
  for (const answer of [12345, "maybe so", "false", 0, null, { a: 1 }, [false]]) {
    const stored = JSON.parse(no) as Record<string, unknown>;
    const [first = "", ...rest] = Object.hasOwn(stored, key) ? [key] : key.split(".");
    stored[first] = rest.length === 0 ? answer : { ...(stored[first] as object), [rest.join(".")]: answer };
    if (decide(consent, { ...world, stored }).enabled) continue;
    const wrong = await withMachine(async (on) => {
      asked(step, on.facts);
      writeFile(on.folder + path, JSON.stringify(stored));
      const left = await traces(program, on, random);
      return left && `the state file says ${key}: ${JSON.stringify(answer)}, and ${left}`;
    });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

async function clear(file: string): Promise<void> {
  const { rmSync } = await import("node:fs");
  rmSync(file, { force: true });
}

/** The state file as the product's own command, or else a person, writes a no into it. */
async function stateThatSaysNo(program: Program, key: string, no: unknown): Promise<string> {
  const { model } = program;
  return withMachine(async (on) => {
    await start(program, on).command(model.consent.commands.disable?.run.trim().split(/\s+/).at(-1) ?? "disable");
    const path = statePath(model, on) ?? "";
    try {
      return readFileSync(path, "utf8");
    } catch {
      return printed(model.consent.stateFile?.form ?? "json", { [key]: no });
    }
  });
}

/** A person who asks to see what is sent, where the contract says that it is shown instead. */
function shownInstead(program: Program, _: Contract, random: Random): Promise<string | undefined> | undefined {
  const { model } = program;
  const { debug } = model.delivery;
  if (debug?.sends !== false) return undefined;
  return withMachine(async (on) => {
    const setup = setupOf(model, random);
    const calls = called(model).map((event) => callOf(model, event, setup, random));
    on.env[debug.env] = String(example(debug.when));
    const running = start(program, on, setup.given);
    await running.deliver(() => {
      for (const call of calls) perform(running.telemetry[call.emitter], call, () => undefined);
    });
    const [first] = running.requests;
    return first && `${debug.env} is set, and ${first.body} is sent`;
  });
}

/** Identifiers with where they are sent, keys with where they are kept. */
async function named(program: Program, contract: Contract, random: Random): Promise<string | undefined> {
  const { page, model } = program;
  const senders = new Map<string, string>();
  for (const identifier of model.identifiers) {
    const section = page.split(`### \`${identifier.name}\`\n`)[1]?.split(/^#/m)[0];
    if (section === undefined) return `the page has no section about ${identifier.name}`;
    const sentWith = /\*\*Sent with:\*\* (.*)\.$/m.exec(section)?.[1];
    if (sentWith === undefined) return `the page doesn't say what ${identifier.name} is sent with`;
    senders.set(identifier.name, sentWith);
    const really = holders(model, identifier.name);
    const somewhere = JSON.stringify([contract.spec["common"], contract.spec["events"], contract.spec["metrics"]]);
    if (really.length > 0 && sentWith === "nothing")
      return `${identifier.name} goes with ${really.join()}, and the page says nothing`;
    if (really.length === 0 && sentWith !== "nothing" && !somewhere.includes(identifier.name))
      return `${identifier.name} goes with nothing, and the page says ${sentWith}`;
  }
  const kept = await withMachine(async (on) => {
    const { given, emit } = recordAll(program, random);
    if (!(await turnOn(program, on, given)) || model.consent.parts !== undefined) return [];
    const running = start(program, on, given);
    await running.deliver(() => emit(running.telemetry));
    const path = statePath(model, on) ?? join(on.home, ".config", model.product, "telemetry.json");
    try {
      return Object.keys(JSON.parse(readFileSync(path, "utf8")) as object);
    } catch {
      return [];
    }
  });
  // `telemetry.on` is kept one level down.
  const section = page.split("### What is kept on your machine")[1]?.split(/^##/m)[0] ?? "";
  const written = (key: string) => section.includes(`\`${key}\``) || section.includes(`\`${key}.`);
  const silent = kept.find((key) => !written(key));
  const said = kept.length === 0 || program.page.includes("### What is kept on your machine");
  if (!said) return "the page has no section about what is kept";
  return silent && `the state file keeps ${silent}, which the page doesn't name`;
}

function holders({ common, events, metrics }: Model, name: string): readonly string[] {
  const holds = (value: unknown): boolean => JSON.stringify(value).includes(`"identifier":${JSON.stringify(name)}`);
  if (holds(common)) return ["every request"];
  return [...events, ...metrics].filter(holds).map(({ wireName }) => wireName);
}

/** The same fields, once beside each other and once within one object, with nothing around them. */
function bits(_: Program, { spec }: Contract): string | undefined {
  const events = spec["events"] as Readonly<Record<string, Spec>> | undefined;
  for (const [name, event] of Object.entries(events ?? {})) {
    const fields = Object.entries((event["fields"] ?? {}) as Record<string, Spec>).filter(
      ([, field]) =>
        ["from", "dropped_at_edge", "only_when"].every((key) => !(key in field)) && field["type"] !== "identifier",
    );
    if (fields.length === 0) continue;
    const outer = { type: "object", why: "Holds the rest.", fields: Object.fromEntries(fields) };
    const [flat, deep] = [Object.fromEntries(fields), { "the-outer": outer }].map((all) => bitsOf(spec, all));
    if (flat === undefined || deep === undefined) continue;
    if (Math.abs(flat.closed - deep.closed) > 1e-6)
      return `${name}: ${flat.closed} bits flat, ${deep.closed} in an object`;
    if (flat.open.length > 0 !== deep.open.length > 0)
      return `${name}: texts without a bound flat: ${flat.open.join()}; in an object: ${deep.open.join()}`;
  }
  return undefined;
}

function bitsOf(spec: Spec, fields: Spec): ReturnType<typeof eventBits> | undefined {
  const bare = {
    telemetry_spec: 1,
    product: "bare",
    title: "T",
    summary: "S",
    schema_version: 1,
    why: ["Why."],
    never_collected: ["Names."],
    consent: { model: "opt-in", order: [{ env: "BARE", enable_when: "truthy" }] },
    identifiers: "none",
    ...(spec["types"] === undefined ? {} : { types: spec["types"] }),
    destination: { url: "https://t.example", operator: { name: "T", party: "first" }, client_ip: "discarded" },
    events: { bare: { when: "Now.", why: "Why.", fields } },
    wire: plainWire(false),
    delivery: { mode: "immediate" },
    history: [{ version: 1, change: "First." }],
  };
  const event = readContract(print(bare), SOURCE).model?.events[0];
  return event && eventBits([], event);
}
