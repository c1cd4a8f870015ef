import { pythonPattern } from "../../emit/python-pattern.js";
import type { ConsentPlace, Match, Node, Type } from "../../model/model.js";
import { inStep } from "../../model/schedule.js";
import type { Report } from "../report.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** What the client of a language that the contract asks for can't carry out is refused: nothing is half done. */
export function clients({ model }: Judged, report: Report): void {
  if (model.clients.python === undefined) return;
  const { consent, events } = model;
  const cannot = (what: string, at: Node["at"]) =>
    report.add("client-cannot", at, `The Python client can't carry out ${what} yet.`, {
      hint: "Take python out of clients.",
    });
  for (const { at, place, enableWhen, disableWhen, ...more } of consent.order) {
    const matches = [enableWhen, disableWhen].flatMap((match) => (match === undefined ? [] : kindsIn(match)));
    const further = ["anyCase", "trimmed", "otherwise"].filter((key) => key in more);
    if (
      !PLACES.includes(place.kind) ||
      (place.kind === "stored" && place.key.includes(".")) ||
      (place.kind === "config" && consent.order.some((other) => isBelow(place, other.place))) ||
      !matches.every((kind) => MATCHES.includes(kind)) ||
      further.length > 0
    )
      cannot("this step", at);
  }
  if (consent.notice?.sendsFrom !== undefined) cannot("sends_from", consent.notice.at);
  for (const { at, limit, sample, schedule } of events) {
    if (schedule !== undefined) cannot("every", at);
    if (sample !== undefined) cannot("sample", at);
    if (limit !== undefined && (typeof limit.oncePer === "number" || limit.forEach.length > 0))
      cannot("this limit", at);
  }
  if (!inStep(model)) cannot("metrics that aren't all due together", model.metrics[0]?.at ?? model.at);
  if (Object.keys(consent.commands).some((name) => !COMMANDS.includes(name))) cannot("this command", consent.at);
  for (const { madeFrom, created, drawn, inCi, at } of model.identifiers)
    if (inCi !== undefined || drawn !== undefined || !MADE.includes(madeFrom) || !CREATED.includes(created))
      cannot("this identifier", at);
  for (const { wireName, type, from, optional, at } of allFields(model)) {
    const inside = typesWithin(type).flatMap(({ fields }) => fields ?? []);
    if (!typesWithin(type).every(({ kind, input }) => KINDS.includes(kind) && input?.kind !== "hashed"))
      cannot(`the type of "${wireName}"`, at);
    if (![from, ...inside.map((field) => field.from)].every(({ kind }) => SOURCES.includes(kind)))
      cannot(`where "${wireName}" comes from`, at);
    if (inside.some((field) => field.from.kind !== "call")) cannot(`what is filled in inside "${wireName}"`, at);
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

/** What the Python client knows of who decides; what is new is refused until it does. */
const PLACES: readonly string[] = ["env", "config", "stored"];
const MATCHES: readonly string[] = ["exactly", "truthy", "falsy", "present", "non-empty", "any-except", "any-of"];

const COMMANDS: readonly string[] = ["status", "enable", "disable"];
const MADE: readonly string[] = ["random", "hash", "given"];
const CREATED: readonly string[] = ["first-run", "first-send", "opt-in", "process-start", "platform"];
const KINDS: readonly string[] =
  "bool int number enum bucket string text version timestamp uuid identifier const list map object".split(" ");
const SOURCES: readonly string[] =
  "call setup package-version schema-version os arch node-major runtime-version process-start identifier env".split(
    " ",
  );

/** A mapping there is no answer, and nothing wrong. */
function isBelow(above: { readonly config: string; readonly key: string }, place: ConsentPlace): boolean {
  return place.kind === "config" && place.config === above.config && place.key.startsWith(`${above.key}.`);
}

function kindsIn(match: Match): readonly string[] {
  return "of" in match ? [match.kind, ...match.of.flatMap(kindsIn)] : [match.kind];
}

function patternsIn(type: Type): readonly string[] {
  return typesWithin(type).flatMap(({ kind, schema }) =>
    kind === "text" || schema.pattern === undefined ? [] : [schema.pattern],
  );
}
