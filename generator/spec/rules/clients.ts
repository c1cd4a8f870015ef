import { pythonPattern } from "../../emit/python-pattern.js";
import { allSteps } from "../../language/consent/parts.js";
import type { Model, Node, Type } from "../../model/model.js";
import { isInWords } from "../../model/wire.js";
import type { Report } from "../report.js";
import { goClient } from "./clients-go.js";
import { rustClient } from "./clients-rust.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** What the client of a language that the contract asks for can't carry out is refused: nothing is half done. */
export function clients(judged: Judged, report: Report): void {
  pythonClient(judged, report);
  goClient(judged, report);
  rustClient(judged, report);
}

function pythonClient({ model }: Judged, report: Report): void {
  if (model.clients.python === undefined) return;
  const { consent } = model;
  const cannot = (what: string, at: Node["at"]) =>
    report.add("client-cannot", at, `The Python client can't carry out ${what} yet.`, {
      hint: "Take python out of clients.",
    });
  for (const what of beyondNode(model)) cannot(what, model.at);
  if (Object.keys(consent.commands).some((name) => !COMMANDS.includes(name))) cannot("this command", consent.at);
  if (consent.stateFile?.form !== undefined) cannot("a state file that isn't JSON", consent.stateFile.at ?? consent.at);
  for (const { key, type } of consent.stateFile?.keys ?? [])
    if (type.identifier !== undefined && type.identifier !== key)
      cannot(`an identifier under another key, "${key}"`, consent.stateFile?.at ?? consent.at);
  for (const { at, place, enableWhen } of allSteps(consent))
    if (place.kind === "flag" && enableWhen !== undefined) cannot("a flag that says yes", at);
  for (const { madeFrom, created, at } of model.identifiers)
    if (!MADE.includes(madeFrom) || !CREATED.includes(created)) cannot("this identifier", at);
  for (const { wireName, type, from, optional, at } of allFields(model)) {
    const inside = typesWithin(type).flatMap(({ fields }) => fields ?? []);
    if (!typesWithin(type).every(({ kind }) => KINDS.includes(kind))) cannot(`the type of "${wireName}"`, at);
    if (![from, ...inside.map((field) => field.from)].every(({ kind }) => SOURCES.includes(kind)))
      cannot(`where "${wireName}" comes from`, at);
    if (inside.some((field) => (field.part ?? field.sinceEpoch ?? field.expires) !== undefined))
      cannot(`what is decided by itself inside "${wireName}"`, at);
    const pattern = patternsIn(type).find((one) => pythonPattern(one) === undefined);
    if (pattern !== undefined)
      report.add("client-cannot", at, `The Python client can't hold "${wireName}" to its pattern, ${pattern}.`, {
        hint: "Write it without back references, look behind and Unicode classes, or take python out of clients.",
      });
    if (from.kind === "node-major" && !optional)
      report.add("client-cannot", at, `"${wireName}" is Node's version, which the Python client doesn't have.`, {
        hint: "Make it optional, fill it from setup, or take python out of clients.",
      });
  }
  for (const { name, format, at } of model.identifiers)
    if (patternsIn(format).some((one) => pythonPattern(one) === undefined))
      report.add("client-cannot", at, `The Python client can't hold the identifier "${name}" to its pattern.`);
}

/** What of delivery and consent only the TypeScript client carries out. */
function beyondNode({ consent, delivery, events, wire }: Model): readonly string[] {
  return [
    ...(consent.epochFrom === undefined ? [] : ["epoch_from"]),
    ...(events.some((one) => one.evenWhenOff !== undefined) ? ["even_when_off"] : []),
    ...(delivery.mode === "carried" ? ["delivery.mode: carried"] : []),
    ...(delivery.answer === undefined ? [] : ["delivery.answer"]),
    ...(delivery.debug?.sends === false || delivery.debug?.whenOff ? ["an event that is only shown"] : []),
    ...(isInWords(wire) ? ["a form that is only described"] : []),
  ];
}

const COMMANDS: readonly string[] = ["status", "enable", "disable", "forget"];
const MADE: readonly string[] = ["random", "hash", "given"];
const CREATED: readonly string[] = ["first-run", "first-send", "opt-in", "process-start", "each-event", "platform"];
const KINDS: readonly string[] =
  "bool int number enum bucket string text version timestamp uuid identifier const list map object hashed".split(" ");
const SOURCES: readonly string[] =
  "call setup package-version schema-version os arch node-major runtime-version process-start now sequence command each-event identifier env".split(
    " ",
  );

function patternsIn(type: Type): readonly string[] {
  return typesWithin(type).flatMap(({ kind, schema }) =>
    kind === "text" || schema.pattern === undefined ? [] : [schema.pattern],
  );
}
