import type { JsonValue } from "../model/json-schema.js";
import { fromFile } from "../model/relative-path.js";
import { diagnosticSink } from "./diagnostic-sink.js";
import { parseWhole } from "./parse.js";
import { at, toJson } from "./tree.js";
import { USE, usedBy } from "./uses.js";

/**
 * Contracts of one product that share a consent: what one says of it stands in the others, too, behind their own end, so that every place in
 * them stays where it is. One that names no contract of the project stays as it is, and is told so.
 * @param texts spec → its text, by the path that people know: `spec/systems/crash/events.yaml`.
 */
export function joinProgrammes(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...texts].map(([source, text]) => [source, joinOne(source, text, texts)]));
}

function joinOne(source: string, text: string, texts: ReadonlyMap<string, string>): string {
  const named = usedBy(text);
  const other = named === undefined ? undefined : texts.get(fromFile(source, named));
  return other === undefined ? text : withConsentOf(text, other);
}

/** A contract with the consent of the one that it names. */
export function withConsentOf(text: string, other: string): string {
  const found = USE.exec(text);
  const consent = USE.test(other) ? undefined : consentIn(other);
  if (found === null || consent === undefined) return text;
  // As long as it was, and a comment.
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  const gone = found[0].replace(/^./gm, "#");
  return `${before}${gone}${after.replace(/\n*$/, "\n")}consent: ${JSON.stringify({ use: usedBy(text), ...consent } as JsonValue)}\n`;
}

/** Without what belongs to the other contract alone: its identifiers, and what waits in its queue. */
function consentIn(text: string): { readonly [key: string]: JsonValue } | undefined {
  const tree = parseWhole(text, diagnosticSink(""));
  const consent = tree?.kind === "map" ? at(tree, "consent") : undefined;
  if (consent?.kind !== "map") return undefined;
  const { adopts, state_file, ...rest } = toJson(consent) as Record<string, JsonValue>;
  return {
    ...rest,
    ...(isMap(state_file) && isMap(state_file["keys"])
      ? { state_file: { ...state_file, keys: withoutIdentifiers(state_file["keys"]) } }
      : {}),
    ...(Array.isArray(adopts) ? answersOf(adopts as readonly JsonValue[]) : {}),
  };
}

function withoutIdentifiers(keys: Readonly<Record<string, JsonValue>>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(keys).filter(([, type]) => !isMap(type) || type["type"] !== "identifier"));
}

function answersOf(adopts: readonly JsonValue[]): { readonly adopts?: readonly JsonValue[] } {
  const answers = adopts.flatMap((one) => {
    if (!isMap(one) || one["key"] === undefined) return [];
    const { identifiers: _, queue: __, ...answer } = one;
    return [answer];
  });
  return answers.length === 0 ? {} : { adopts: answers as readonly JsonValue[] };
}

function isMap(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
