import { modeOf } from "../../model/delivery.js";
import type { Field, Model, Node } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import { camelCase, functionName, pascalCase } from "../../names.js";
import {
  eventCall,
  inputName,
  isTaken,
  metricCall,
  setupFields,
  takesCommand,
  withInner,
} from "../../payload/call-shape.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { INHERITED } from "../structure/names.js";
import { at } from "../tree.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

interface Named extends Node {
  readonly wireName: string;
  readonly codeName: string;
}

/** Every name makes an identifier in generated code, and no two make the same one; no two things travel under one key. */
export function names({ model, root }: Judged, report: DiagnosticSink): void {
  codeNames(model.events, "Events", report);
  codeNames(model.metrics, "Metrics", report);
  codeNames(
    model.identifiers.map(({ name, at }) => ({ wireName: name, codeName: camelCase(name), at })),
    "Identifiers",
    report,
  );
  codeNames(typeNames(root, model), "Types", report);
  for (const fields of objectsOf(model)) codeNames(fields, "Fields", report);
  for (const { fields } of model.events) codeNames([...model.common, ...fields], "Fields", report);
  for (const { labels } of model.metrics) codeNames([...model.common, ...labels], "Labels", report);
  givenOnce(model, report);
  const setup = [...new Set([...model.common, ...model.destination.urlFields])].filter(
    ({ from }) => from.kind === "setup",
  );
  codeNames(setup, "Fields that are given once", report);
  emitters(model, root, report);
}

/**
 * The keys of `setup` beside fields: a test's stand-in for the machine, how it takes mistakes, and what the contract asks the
 * program.
 */
const OF_SETUP: ReadonlySet<string> = new Set(["args", "config", "facts", "host", "send", "strict"]);

/** What the clients in other languages are given beside fields: in Python by name, in Go as members of `Options`. */
function ofOtherClients({ clients, consent, destination, delivery, wire }: Model): ReadonlySet<string> {
  if (clients.python === undefined && clients.go === undefined) return new Set();
  const isLogged = delivery.onFailure === "log" || delivery.debug?.stream === "log";
  return new Set([
    ...(consent.builds.length > 0 ? ["build"] : []),
    ...(destination.namedBy === undefined ? [] : ["address"]),
    ...(isLogged && clients.python !== undefined ? ["log"] : []),
    ...(isLogged && clients.go !== undefined ? ["logger"] : []),
    ...(clients.go === undefined || modeOf({ delivery }).rides || isInWords(wire) ? [] : ["client"]),
  ]);
}

/** `setup` is given each thing once, so fields of one name are one thing. */
function givenOnce(model: Model, report: DiagnosticSink): void {
  const others = ofOtherClients(model);
  for (const { name, field } of setupFields(model)) {
    if (!OF_SETUP.has(name) && !others.has(name) && !(name === "command" && takesCommand(model))) continue;
    report.add(
      "reserved-name",
      field.at,
      `"${field.wireName}" would be given to setup as ${name}, which is something else there.`,
      {
        hint: "Give it another code_name.",
      },
    );
  }
  const seen = new Map<string, Field>();
  for (const field of allFields(model).flatMap(withInner)) {
    if (field.from.kind !== "setup" || field.legacy) continue;
    const name = inputName(field);
    const before = seen.get(name);
    if (before !== undefined && JSON.stringify(before.type.schema) !== JSON.stringify(field.type.schema))
      report.add(
        "code-name-taken",
        field.at,
        `setup is given ${name} once, and two fields of that name have different types.`,
        {
          hint: "Give one of them another code_name, or use the same named type for both.",
          related: [{ message: "The other one is here.", place: before.at }],
        },
      );
    seen.set(name, field);
  }
}

/** Checks that the names of a rollup's emitter and handle are free. */
function emitters(model: Model, root: Judged["root"], report: DiagnosticSink): void {
  const plain = [
    ...model.events
      .filter(({ rollup, schedule }) => rollup === undefined && schedule === undefined)
      .map((event) => [eventCall(model, event), event] as const),
    ...model.metrics.map((metric) => [metricCall(model, metric), metric] as const),
  ];
  const seen = new Map(plain.map(([{ emitter }, { wireName }]) => [emitter, wireName]));
  for (const event of model.events) {
    const call = eventCall(model, event);
    if (call.kind === "event" && call.byTheClock) {
      const other = seen.get(call.emitter);
      if (other !== undefined || isTaken(call.emitter))
        report.add(
          "code-name-taken",
          event.at,
          `"${event.wireName}" goes by the clock and would be called ${call.emitter} in code, which is something else there.`,
          { hint: "Choose another name." },
        );
      seen.set(call.emitter, event.wireName);
    }
    if (call.kind !== "rollup") continue;
    const written = at(root, "events", event.wireName, "rollup", "code_names");
    for (const name of [call.emitter, call.handle]) {
      const other = seen.get(name);
      const taken = functionName(name) !== name || (isTaken(name) && !["count", "counter"].includes(name));
      if (taken || other !== undefined)
        report.add(
          taken ? "reserved-name" : "code-name-taken",
          written ?? event.at,
          taken
            ? `"${event.wireName}" would be called ${name} in code, which is something else there.`
            : `"${other}" and "${event.wireName}" would both be called ${name} in code.`,
          { hint: "Give the rollup other code_names." },
        );
      seen.set(name, event.wireName);
    }
  }
}

function typeNames(root: Judged["root"], model: Model): readonly Named[] {
  const types = at(root, "types");
  if (types?.kind !== "map") return [];
  return [...types.entries.values()].map(({ key }) => ({
    wireName: key.value,
    codeName: pascalCase(key.value),
    at: { ...model.at, start: key.start, end: key.end },
  }));
}

function objectsOf(model: Model): readonly (readonly Field[])[] {
  const fields = [
    ...model.common,
    ...model.destination.urlFields.filter((field) => !model.common.includes(field)),
    ...model.events.flatMap((event) => event.fields),
    ...model.metrics.flatMap(({ labels }) => labels),
  ];
  return fields.flatMap(({ type }) =>
    typesWithin(type).flatMap((part) => (part.fields === undefined ? [] : [part.fields])),
  );
}

function codeNames(all: readonly Named[], noun: string, report: DiagnosticSink): void {
  const seen = new Map<string, Named>();
  for (const named of all.toSorted((a, b) => a.at.start - b.at.start)) {
    const { wireName, codeName } = named;
    const before = seen.get(codeName);
    if (codeName === "" || codeName === "_") {
      report.add("no-code-name", named.at, `"${wireName}" has no letter or digit, so it can't become a name in code.`, {
        hint: "Choose another name; a field may have a code_name instead.",
      });
    } else if (INHERITED.includes(codeName) && !INHERITED.includes(wireName)) {
      report.add(
        "reserved-name",
        named.at,
        `"${wireName}" becomes ${codeName} in code, which every object already has.`,
        { hint: "Choose another name; a field may have a code_name instead." },
      );
    } else if (before === undefined) seen.set(codeName, named);
    else if (before.wireName === wireName) {
      report.add("name-taken", named.at, `"${wireName}" would be sent twice under one key.`, {
        hint:
          noun === "Fields"
            ? `Call one of them otherwise. Drawn by hand, it can still travel under this key: ${wireName}: $common.other_name.`
            : "Choose another name.",
        related: [{ message: "The other one is here.", place: before.at }],
      });
    } else {
      report.add(
        "code-name-taken",
        named.at,
        `${noun} "${before.wireName}" and "${wireName}" both become ${codeName} in code.`,
        {
          hint:
            noun === "Fields" || noun === "Labels"
              ? "Add a code_name to one of them, or choose another name."
              : "Choose another name.",
          related: [{ message: "The other one is here.", place: before.at }],
        },
      );
    }
  }
}
