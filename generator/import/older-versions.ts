import { importFiles } from "./import-files.js";
import { type Data, type DataMap, mapIn } from "./imported.js";
import { printImported } from "./print.js";
import { countVersions, type Document, schemasAt } from "./schema-versions.js";

/** Parses YAML that this room wrote itself. */
type Parse = (text: string) => Data;

/**
 * The older versions of schemas, as older versions of a contract. Schemas know nothing of consent, addresses or reasons: these come
 * from the contract as it was decided, and only what an event carries is the older schema's.
 * @param contract the draft of the same schemas, once nothing in it is left to decide.
 * @returns a sentence where there is nothing older, or the contract is no draft of these files.
 */
export function olderContracts(
  documents: readonly Document[],
  contract: DataMap,
  parse: Parse,
): readonly { readonly version: number; readonly contract: DataMap }[] | string {
  const count = countVersions(documents);
  if (count === 1) return "every schema is there in one version: there is nothing older";
  if (contract["schema_version"] !== count)
    return `these files hold ${count} versions, so the contract must be schema_version ${count}, as it was drafted`;
  const epoch = Number(contract["consent_epoch"] ?? 1);
  const draftOf = (version: number) =>
    mapIn(mapIn(parse(printImported(importFiles("iglu", schemasAt(documents, version)))))["events"]);
  const draft = draftOf(count);
  return Array.from({ length: count - 1 }, (_, at) => {
    const version = at + 1;
    return {
      version,
      contract: {
        ...contract,
        schema_version: version,
        consent_epoch: Math.max(1, epoch - (count - version)),
        events: eventsOf(draftOf(version), draft, mapIn(contract["events"])),
        history: listUpTo(contract["history"], version),
      },
    };
  });
}

function listUpTo(history: Data | undefined, version: number): readonly Data[] {
  const entries = Array.isArray(history) ? (history as readonly Data[]) : [];
  return entries.filter((entry) => Number(mapIn(entry)["version"]) <= version);
}

/** The older events. What didn't change since is said as the contract says it now. */
function eventsOf(older: DataMap, newest: DataMap, decided: DataMap): DataMap {
  return Object.fromEntries(
    Object.entries(older).map(([name, event]) => {
      const [is, was, drafted] = [mapIn(decided[name]), mapIn(event), mapIn(newest[name])];
      const fields = Object.entries(mapIn(was["fields"])).map(([field, type]) => [
        field,
        fieldOf(mapIn(type), mapIn(mapIn(drafted["fields"])[field]), mapIn(is["fields"])[field]),
      ]);
      const { fields: _fields, ...rest } = is;
      return [
        name,
        { ...answered(was, is), ...rest, ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }) },
      ];
    }),
  );
}

function fieldOf(older: DataMap, drafted: DataMap, decided: Data | undefined): Data {
  if (decided !== undefined && typeOf(older) === typeOf(drafted)) return decided;
  return answered(older, mapIn(decided));
}

/** A type without the words about it. */
function typeOf({ example: _example, why: _why, ...type }: DataMap): string {
  return JSON.stringify(type);
}

/** The type of a removed field whose schema leaves it open: tight, because nobody can be asked about it any more. */
const tight: Readonly<Record<string, Data>> = {
  max_length: 128,
  max_items: 20,
  decimals: 3,
  min: 0,
  max: 1_000_000,
  pattern: "[A-Za-z0-9_.-]+",
};

/** Returns what nobody decided for the older one: the contract's own word, or what can be said of every field that is gone. */
function answered(older: DataMap, decided: DataMap): DataMap {
  const entries = Object.entries(older).map(([key, value]) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return [key, answered(mapIn(value), mapIn(decided[key]))];
    if (value !== "TODO") return [key, value];
    if (key === "example") return [key, exampleOf(older, decided["example"])];
    return [key, decided[key] ?? tight[key] ?? "An older version sent it, and its schema gives no reason."];
  });
  return Object.fromEntries(entries);
}

function exampleOf({ max, min, type }: DataMap, decided: Data | undefined): Data {
  if (type === "int" || type === "number")
    return typeof min === "number" ? min : Math.min(typeof max === "number" ? max : 0, 0);
  return typeof decided === "string" ? decided : "x";
}
