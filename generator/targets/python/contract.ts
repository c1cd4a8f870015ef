import type { Plan, PlanEmitter } from "../../plan/plan.js";
import { Call, docstring, type Literal, literal, Name } from "./literal.js";
import { upper } from "./names.js";
import { stepData } from "./steps.js";
import { drawnData, fieldData, namesIn, valueData } from "./values.js";

/** File of the runtime → what generated data names of it. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  client: ["Client", "Contract", "Event", "Queue"],
  consent: ["Step", "any_except", "any_of", "build", "exactly", "falsy", "non_empty", "present", "stored", "truthy"],
  contract: ["Ask", "Command", "Debug", "Identifier", "Kept", "Notice", "Override", "Sending"],
  further: ["each_of", "line", "map_of", "rounded"],
  facts: ["argument", "fact", "given", "in_container", "is_ci", "without_terminal"],
  places: ["fixed", "in_app_folder", "in_home"],
  report: ["Metric"],
  rollup: ["Rollup"],
  sample: ["drawn_by"],
  settings: ["config"],
  spelling: ["any_case", "at_least", "is_absent", "is_set", "or_absent", "trimmed", "unless", "variable"],
  values: [
    "Field",
    "always",
    "below",
    "flag",
    "integer",
    "list_of",
    "number",
    "obj",
    "one_of",
    "or_null",
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
    consent: [...buildStep(plan), ...consent.order.map((step, at) => stepData(step, plan, at))],
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
      return new Call("Event", [one.name, one.fields.map(fieldData)], { drawn: drawnData(one) });
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

/** A path may begin with the user's home folder or the application's own. */
function place(product: string, path: string): Call {
  const below = path.slice(path.indexOf("/") + 1);
  if (path.startsWith("~/")) return new Call("in_home", [below]);
  return path.startsWith("{app_dir}/") ? new Call("in_app_folder", [product, below]) : new Call("fixed", [path]);
}
