import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, entriesOf, textOf } from "../tree.js";
import { allFields, type Judged, typesWithin } from "./rule.js";

/** What the state file has beside identifiers, which stand there by their names. */
const IN_STATE: readonly string[] = ["consent_epoch", "machine_secret", "adopted", "updated_at"];

/** The same of what `telemetry status` shows. */
const IN_STATUS: readonly string[] = ["product", "enabled", "decided_by", "parts", "endpoint", "env", "files", "notes"];

/** Checks that whatever can tell one from another is declared, and what is declared is used. */
export function identifiers(judged: Judged, report: DiagnosticSink): void {
  const { model, root, whole } = judged;
  if (!whole("identifiers")) return;
  const declared = new Set(model.identifiers.map(({ name }) => name));
  const written = new Map(entriesOf(at(root, "consent", "state_file", "keys")));
  const stored =
    model.consent.stateFile?.keys.map(({ key, type }) => ({
      name: key,
      type,
      place: written.get(key)?.key ?? root,
    })) ?? [];
  const used = new Set<string>();

  const uses = [...allFields(model).map(({ wireName, type, at }) => ({ name: wireName, type, place: at })), ...stored];
  for (const { name, type, place } of uses) {
    for (const part of typesWithin(type)) {
      if (part.input?.kind === "hashed" && part.input.salt.kind === "identifier") used.add(part.input.salt.identifier);
      if (part.identifier !== undefined) used.add(part.identifier);
      else if (part.kind === "identifier") unknownIdentifier(part.name ?? name, [...declared], place, report);
      else if (part.kind === "uuid") {
        report.add("uuid-outside-identifiers", place, `"${name}" is a UUID, so it identifies something.`, {
          hint: "Declare it under identifiers, and give the field type: identifier.",
        });
      }
    }
  }
  for (const path of [
    ["ingest", "rate_limit", "per"],
    ["ingest", "forward_to", "distinct_id"],
  ]) {
    const place = at(root, ...path);
    const name = textOf(place);
    if (place !== undefined && name !== undefined && !declared.has(name))
      unknownIdentifier(name, [...declared], place, report);
  }
  for (const [name, { key }] of entriesOf(at(root, "shared")))
    if (!declared.has(name)) unknownIdentifier(name, [...declared], key, report);
  const taken = model.consent.commands.status === undefined ? IN_STATE : [...IN_STATE, ...IN_STATUS];
  for (const { name, at: place } of model.identifiers)
    if (taken.includes(name))
      report.add(
        "reserved-name",
        place,
        `"${name}" stands for something else in what telemetry status shows, or in the state file.`,
        { hint: "Give the identifier another name." },
      );
  if (!whole("common", "events", "metrics", "types", "destination")) return;
  for (const { name, at: place } of model.identifiers) {
    if (used.has(name)) continue;
    report.add("unused-identifier", place, `The identifier "${name}" is declared but never used.`, {
      hint: "Add the field that sends it, or remove it here.",
    });
  }
}

function unknownIdentifier(
  name: string,
  declared: readonly string[],
  place: { start: number; end: number },
  report: DiagnosticSink,
): void {
  if (declared.length === 0) {
    report.add("identifiers-none", place, `"${name}" is an identifier, but the spec says identifiers: none.`, {
      hint: "Declare it under identifiers, or don't send it.",
    });
  } else {
    report.add("unknown-identifier", place, `No identifier "${name}" is declared.`, {
      hint: suggestion(name, declared, "Identifiers"),
    });
  }
}
