import type { Plan, PlanEmitter } from "../../plan/plan.js";
import { combinedData, isCounting } from "./combined.js";
import { Call, docstring, type Literal, literal, Name } from "./literal.js";
import { matchData } from "./matches.js";
import { upper } from "./names.js";
import { partData, place, stepsData, toldData } from "./steps.js";
import { despiteData, drawnData, endingData, fieldData, gateData, namesIn, settleData } from "./values.js";

/** File of the runtime → what generated data names of it. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  asked: ["Ask", "Command", "Debug", "Notice"],
  client: ["Client", "Contract", "Event", "Queue"],
  consent: ["Step", "any_except", "any_of", "build", "exactly", "falsy", "non_empty", "present", "stored", "truthy"],
  adopt: ["adopting"],
  apart: ["apart"],
  case_by: ["as_given", "case_by"],
  change_part: ["change_part"],
  combined: ["Combined", "Mixed", "combined_lines", "spoken"],
  contract: ["Identifier", "Kept", "Override", "Sending"],
  filled: ["command_of", "drawn_from", "moment", "new_number", "new_uuid", "sequence", "started"],
  forget: ["forgetting"],
  further: ["cut", "each_of", "line", "map_of", "or_else", "rounded"],
  despite: ["despite"],
  epoch_of: ["epoch_of"],
  facts: ["argument", "fact", "given", "in_container", "is_ci", "without_terminal"],
  hashed: ["hashed", "salted"],
  leave_process: ["leave_by_process"],
  older: ["Adopted", "Older", "older"],
  only: ["always_off", "only_where", "unaddressed"],
  outside_ci: ["outside_ci"],
  part: ["Part", "asking", "gate", "where_on"],
  places: ["fixed", "in_app_folder", "in_home"],
  report: ["Metric"],
  rollup: ["Rollup"],
  sample: ["drawn_by"],
  settings: ["config", "marker", "unless_there", "whole_text"],
  shown: ["Shows"],
  until: ["ending_at"],
  waiting: ["settle"],
  spelling: ["any_case", "at_least", "is_absent", "is_set", "or_absent", "trimmed", "unless", "variable"],
  values: [
    "NULL",
    "Field",
    "always",
    "below",
    "flag",
    "integer",
    "list_of",
    "made",
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
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, names]) => importLine(`._runtime.${file}`, names))
    .join("");
}

/** @param indent how far it is moved in: a line may have 120 characters. */
export function importLine(from: string, names: readonly string[], indent = 0): string {
  const sorted = [...names].sort(inOrder);
  const line = `from ${from} import ${sorted.join(", ")}\n`;
  return indent + line.length <= 121
    ? line
    : `from ${from} import (\n${sorted.map((name) => `    ${name},\n`).join("")})\n`;
}

/** Constants, classes, then the rest, as ruff sorts them. */
function inOrder(a: string, b: string): number {
  const rank = (name: string) => (/^[A-Z][A-Z0-9_]*$/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** `_contract.py`: what recording needs, and the one client of the process. */
export function printContract(plan: Plan, leave?: "process"): string {
  const { product, consent, state, delivery } = plan;
  const looksIntoState = state !== undefined;
  const contract = new Call("Contract", [], {
    product,
    schema_version: plan.schemaVersion,
    consent: stepsData(plan),
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
    epoch_of: consent.epochFrom && new Call("epoch_of", toldData(consent.epochFrom)),
    shows: showsData(delivery.debug),
    leaving: leave === undefined ? undefined : new Name("leave_by_process"),
    parts: consent.parts && Object.fromEntries(consent.parts.map((part) => [part.name, partData(part, plan)] as const)),
  });
  const events = plan.emitters.map((emitter) => [upper(nameOf(emitter)), emitterData(emitter)] as const);
  const assigned = (name: string, value: Literal) => `${name} = ${literal(value, "", name.length + 3)}\n`;
  return [
    docstring(
      [
        `The part of the contract that recording needs, for ${product}: who decides, what events are, and where they wait.`,
      ],
      "",
    ),
    "\nfrom __future__ import annotations\n\n",
    importsOf([contract, new Name("Client"), ...events.map(([, value]) => value)]),
    "\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n    from ._runtime.contract import Sending\n\n\n",
    "def _later() -> Sending:\n    from ._sending import sending\n\n    return sending\n\n\n",
    assigned("contract", contract),
    "\nclient = Client(contract)\n",
    docstring([`The telemetry of ${product} in this process. Creating it has no side effects.`], ""),
    ...events.map(([name, value]) => `\n${assigned(name, value)}`),
    ...(consent.evaluated === "at-start" ? ["\nclient.consent()\n"] : []),
  ].join("");
}

/** Returns whether somebody asked to see an event, and what becomes of it then. */
function showsData(debug: Plan["delivery"]["debug"]): Literal {
  if (!isShown(debug)) return undefined;
  return new Call("Shows", [debug.env, matchData(debug.when)], {
    instead: debug.sends === false || undefined,
    off: debug.whenOff,
  });
}

/** Returns whether events are shown by themselves, and not as they are sent. */
export function isShown(debug: Plan["delivery"]["debug"]): debug is NonNullable<Plan["delivery"]["debug"]> {
  return debug?.sends === false || debug?.whenOff === true;
}

/** An event's, or what its rollup's, is called in the contract's module. */
export function nameOf(emitter: PlanEmitter): readonly string[] {
  return emitter.kind === "rollup" ? emitter.name.split(/[^A-Za-z0-9]+/) : emitter.words;
}

function emitterData(emitter: PlanEmitter): Call {
  switch (emitter.kind) {
    case "event":
      return new Call("Event", [emitter.name, emitter.fields.map(fieldData)], {
        despite: despiteData(emitter),
        drawn: drawnData(emitter),
        gate: gateData(emitter),
        settle: settleData(emitter.fields),
      });
    case "rollup": {
      const counters = emitter.counters.flatMap(({ name, counts }) =>
        emitter.plain || isCounting(counts) ? [name] : [],
      );
      const shared = [new Name("client"), emitter.name, emitter.by.map(fieldData), counters];
      if (emitter.plain) return new Call("Rollup", shared, { gate: gateData(emitter) });
      return new Call("Mixed", [...shared, combinedData(emitter)], { period: emitter.per, gate: gateData(emitter) });
    }
    case "metric":
      return new Call(
        "Metric",
        [emitter.name, emitter.labels.map(fieldData), endingData(emitter.value.value, emitter.expires)],
        {
          gate: gateData(emitter),
        },
      );
    default:
      return emitter satisfies never;
  }
}
