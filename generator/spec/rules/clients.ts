import { pythonPattern } from "../../emit/python-pattern.js";
import { allSteps } from "../../language/consent/parts.js";
import { placeWord } from "../../language/consent/places/index.js";
import { FORMATS } from "../../language/wire/formats/index.js";
import type { OtherLanguage } from "../../model/clients.js";
import type { Field, Model, Node, Type } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { goClient } from "./clients-go.js";
import { JSON_STATE, unheard } from "./clients-known.js";
import { rustClient } from "./clients-rust.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

const REFUSALS: Readonly<Record<OtherLanguage, (judged: Judged, report: DiagnosticSink) => void>> = {
  python: pythonClient,
  go: goClient,
  rust: rustClient,
};

/** Refuses what the client of a requested language can't carry out: nothing is half done. */
export function clients(judged: Judged, report: DiagnosticSink): void {
  for (const refuse of Object.values(REFUSALS)) refuse(judged, report);
}

function pythonClient({ model }: Judged, report: DiagnosticSink): void {
  if (model.clients.python === undefined) return;
  for (const [what, keys, { at }] of unheardOf(model))
    for (const key of keys)
      report.add("client-cannot", at, `The Python client can't carry out ${what} ${key} yet.`, {
        hint: key === "form" ? `${JSON_STATE}, or remove python from clients.` : "Remove python from clients.",
      });
  for (const { place, at } of allSteps(model.consent))
    if (!placeWord(place).clients.includes("python"))
      report.add("client-cannot", at, `The Python client can't read a step's ${place.kind} yet.`, {
        hint: "Remove python from clients.",
      });
  if (!FORMATS[model.wire.format].clients.includes("python"))
    report.add("client-cannot", model.at, `The Python client can't write ${model.wire.format} yet.`, {
      hint: "Remove python from clients.",
    });
  for (const { wireName, type, from, optional, at } of allFields(model)) {
    const pattern = patternsIn(type).find((one) => pythonPattern(one) === undefined);
    if (pattern !== undefined)
      report.add("client-cannot", at, `The Python client can't hold "${wireName}" to its pattern, ${pattern}.`, {
        hint: "Write it without back-references, look-behind and Unicode classes, or remove python from clients.",
      });
    if (from.kind === "node-major" && !optional)
      report.add("client-cannot", at, `"${wireName}" is Node's version, which the Python client doesn't have.`, {
        hint: "Make it optional, fill it from setup, or remove python from clients.",
      });
  }
  for (const { name, format, at } of model.identifiers)
    if (patternsIn(format).some((one) => pythonPattern(one) === undefined))
      report.add("client-cannot", at, `The Python client can't hold the identifier "${name}" to its pattern.`, {
        hint: "Write it without back-references, look-behind and Unicode classes, or remove python from clients.",
      });
}

type Unheard = readonly [what: string, keys: readonly string[], part: Node];

/** Each part of a contract, and what it says that the client has not heard of: it is refused until the client carries it out. */
function unheardOf(model: Model): readonly Unheard[] {
  const { consent, delivery, destination, identifiers, events, metrics } = model;
  const deep = (field: Field): readonly Field[] => [
    field,
    ...typesWithin(field.type).flatMap(({ fields }) => (fields ?? []).flatMap(deep)),
  ];
  return [
    ["consent's", unheard("python", "consent", consent), consent],
    ["the state file's", unheard("python", "stateFile", consent.stateFile), consent.stateFile ?? consent],
    ...allSteps(consent).map((step): Unheard => ["a step's", unheard("python", "step", step), step]),
    ["delivery's", unheard("python", "delivery", delivery), delivery],
    ["destination's", unheard("python", "destination", destination), destination],
    ...identifiers.map(
      (identifier): Unheard => ["an identifier's", unheard("python", "identifier", identifier), identifier],
    ),
    ...[...events, ...metrics].map((one): Unheard => [`"${one.wireName}"'s`, unheard("python", "event", one), one]),
    ...allFields(model)
      .flatMap(deep)
      .map((one): Unheard => [`"${one.wireName}"'s`, unheard("python", "field", one), one]),
  ];
}

function patternsIn(type: Type): readonly string[] {
  return typesWithin(type).flatMap(({ kind, schema }) =>
    kind === "text" || schema.pattern === undefined ? [] : [schema.pattern],
  );
}
