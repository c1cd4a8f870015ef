import type { Match } from "../../model/model.js";
import type { Plain, Plan, PlanEmitter } from "../../plan/plan.js";
import { Call, docstring, type Literal, literal, Name } from "./literal.js";
import { upper } from "./names.js";
import { fieldData, matchData, namesIn, valueData } from "./values.js";

/** File of the runtime → what generated data names of it. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  client: ["Client", "Contract", "Event", "Queue"],
  consent: [
    "Step",
    "any_except",
    "any_of",
    "build",
    "config",
    "exactly",
    "falsy",
    "non_empty",
    "present",
    "stored",
    "truthy",
  ],
  contract: ["Ask", "Command", "Debug", "Identifier", "Kept", "Notice", "Override", "Sending"],
  places: ["fixed", "in_app_folder", "in_home"],
  report: ["Metric"],
  rollup: ["Rollup"],
  values: [
    "Field",
    "always",
    "below",
    "flag",
    "integer",
    "line",
    "each_of",
    "list_of",
    "map_of",
    "number",
    "obj",
    "one_of",
    "or_null",
    "rounded",
    "text",
    "up_to",
  ],
};

export function importsOf(values: readonly Literal[]): string {
  const used = new Set(values.flatMap(namesIn));
  return Object.entries(FILES)
    .map(([file, names]) => [file, names.filter((name) => used.has(name))] as const)
    .filter(([, names]) => names.length > 0)
    .map(([file, names]) => importLine(`._runtime.${file}`, names))
    .join("");
}

export function importLine(from: string, names: readonly string[]): string {
  const sorted = [...names].sort(inOrder);
  const line = `from ${from} import ${sorted.join(", ")}\n`;
  return line.length <= 121 ? line : `from ${from} import (\n${sorted.map((name) => `    ${name},\n`).join("")})\n`;
}

/** Constants, classes, then the rest, as ruff sorts them. */
function inOrder(a: string, b: string): number {
  const rank = (name: string) => (/^[A-Z][A-Z0-9_]*$/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** `_contract.py`: what recording needs, and the one client of the process. */
export function printContract(plan: Plan): string {
  const { product, consent, state, delivery } = plan;
  const looksIntoState = state !== undefined;
  const contract = new Call("Contract", [], {
    product,
    schema_version: plan.schemaVersion,
    consent: [...buildStep(plan), ...consent.order.map((step, at) => stepData(step, isOffAnyway(plan, at)))],
    timeout: delivery.timeout / 1000,
    later: new Name("_later"),
    opt_out: consent.model === "opt-out" || undefined,
    at_start: consent.evaluated === "at-start" || undefined,
    state: looksIntoState ? place(product, state.path) : undefined,
    queue:
      delivery.queue &&
      new Call("Queue", [place(product, delivery.queue.file), delivery.queue.maxSize], {
        drop_newest: delivery.queue.whenFull === "drop-newest" || undefined,
      }),
    marks: delivery.marks && place(product, delivery.marks.beside),
  });
  const events = plan.emitters.map((one) => [upper(nameOf(one)), emitterData(one)] as const);
  const assigned = (name: string, value: Literal) => `${name} = ${literal(value, "", name.length + 3)}\n`;
  return [
    docstring(
      [`What recording needs of the contract of ${product}: who decides, what events are, and where they wait.`],
      "",
    ),
    "\nfrom __future__ import annotations\n\n",
    importsOf([contract, new Name("Client"), ...events.map(([, value]) => value)]),
    "\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n    from ._runtime.contract import Sending\n\n\n",
    "def _later() -> Sending:\n    from ._sending import sending\n\n    return sending\n\n\n",
    assigned("contract", contract),
    "\nclient = Client(contract)\n",
    docstring([`The telemetry of ${product} in this process. Making it touches nothing.`], ""),
    ...events.map(([name, value]) => `\n${assigned(name, value)}`),
    ...(consent.evaluated === "at-start" ? ["\nclient.consent()\n"] : []),
  ].join("");
}

/** An event's, or what its rollup's, is called in the contract's module. */
export function nameOf(one: PlanEmitter): readonly string[] {
  return one.kind === "rollup" ? one.name.split(/[^A-Za-z0-9]+/) : one.words;
}

function emitterData(one: PlanEmitter): Call {
  switch (one.kind) {
    case "event":
      return new Call("Event", [one.name, one.fields.map(fieldData)]);
    case "rollup":
      return new Call("Rollup", [
        new Name("client"),
        one.name,
        one.by.map(fieldData),
        one.counters.map(({ name }) => name),
      ]);
    case "metric":
      return new Call("Metric", [one.name, one.labels.map(fieldData), valueData(one.value.value)]);
    default:
      return one satisfies never;
  }
}

function buildStep({ consent }: Plan): readonly Literal[] {
  const off = consent.builds.flatMap(({ name, kind }) => (kind === "normal" ? [] : [name]));
  return off.length === 0
    ? []
    : [new Call("Step", ["build", new Name("build")], { disable: new Call("exactly", off) })];
}

/** The kinds of values that a step is about, where its matches name them all. */
function kindsOf(matches: readonly (Plain<Match> | undefined)[]): readonly string[] {
  const kinds = matches.flatMap((match) => (match === undefined ? [] : [kindsIn(match)]));
  return kinds.includes(undefined) ? [] : [...new Set(kinds.flatMap((one) => one ?? []))].sort();
}

function kindsIn(match: Plain<Match>): readonly string[] | undefined {
  if (match.kind === "exactly") return match.values.map((value) => typeof value);
  if (match.kind !== "any-of") return undefined;
  const inner = match.of.map(kindsIn);
  return inner.includes(undefined) ? undefined : inner.flatMap((one) => one ?? []);
}

/** What can't be told is a no; where it is off in any case, nobody has to say so. */
function isOffAnyway({ consent }: Plan, at: number): boolean {
  return consent.model === "opt-in" && consent.order.slice(at + 1).every(({ enable }) => enable === undefined);
}

function stepData(
  { by, place, value, enable, disable, sinceEpoch }: Plan["consent"]["order"][number],
  offAnyway: boolean,
): Call {
  const find =
    place.kind === "config"
      ? new Call("config", [place.config, place.key, ...kindsOf([enable, disable])])
      : place.kind === "stored" && value !== undefined
        ? new Call("stored", [place.key, valueData(value)], { off_anyway: offAnyway || undefined })
        : undefined;
  return new Call("Step", find === undefined ? [by] : [by, find], {
    key: place.kind === "stored" ? place.key : undefined,
    enable: enable && matchData(enable),
    disable: disable && matchData(disable),
    since: sinceEpoch,
  });
}

/** A path may begin with the user's home folder or the application's own. */
function place(product: string, path: string): Call {
  const below = path.slice(path.indexOf("/") + 1);
  if (path.startsWith("~/")) return new Call("in_home", [below]);
  return path.startsWith("{app_dir}/") ? new Call("in_app_folder", [product, below]) : new Call("fixed", [path]);
}
