import { type Inline, say } from "../emit/document.js";
import type { FrozenContract, FrozenEvent, FrozenField, FrozenMetric } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { supportedFrom } from "../model/versions.js";
import { type FieldRow, fieldHeader, fieldRows } from "./field-rows.js";

/** Every version that clients are out with, oldest first, today's last. */
function versionsOf(model: Model): readonly FrozenContract[] {
  return [...model.frozen.filter(({ schemaVersion }) => schemaVersion < model.schemaVersion), model];
}

/** A table's header and rows over all versions: what is sent today, then what only older clients still send. */
export interface FieldTable {
  readonly header: readonly Inline[];
  readonly rows: readonly (readonly Inline[])[];
}

/**
 * `fieldsIn` gives the fields of one version, or nothing where that version has none. Since when a field is sent stands in its own row: a
 * column for it would change every row with the second version.
 */
export function fieldTable(
  model: Model,
  fieldsIn: (contract: FrozenContract) => readonly FrozenField[] | undefined,
): FieldTable {
  const versions = versionsOf(model).map((contract) => ({
    version: contract.schemaVersion,
    rows: fieldRows(fieldsIn(contract) ?? []),
  }));
  const today = versions.at(-1)?.rows ?? [];
  const retired = new Map(versions.flatMap(({ rows }) => rows.map((row) => [row.name, row] as const)));
  for (const { name } of today) retired.delete(name);
  const inVersions = (name: string) =>
    versions.filter(({ rows }) => rows.some((row) => row.name === name)).map(({ version }) => version);
  const withSpan = ({ name, cells }: FieldRow, until: boolean) => {
    const found = inVersions(name);
    const notes = [
      ...(found[0] === undefined || found[0] === versions[0]?.version ? [] : [`Since v${found[0]}.`]),
      ...(until ? [`No longer sent since v${(found.at(-1) ?? 0) + 1}; discarded on arrival.`] : []),
    ];
    return notes.length === 0 ? cells : [...cells.slice(0, -1), say`${cells.at(-1) ?? ""} ${notes.join(" ")}`];
  };
  return {
    header: fieldHeader,
    rows: [...today.map((row) => withSpan(row, false)), ...[...retired.values()].map((row) => withSpan(row, true))],
  };
}

/** Events and metrics that no version sends any more, as they were last: their names are never used again for anything else. */
export function retired(
  model: Model,
): readonly { readonly item: FrozenEvent | FrozenMetric; readonly until: number }[] {
  const names = new Set(
    [...model.events, ...model.metrics].flatMap(({ wireName, ...item }) => [
      wireName,
      ("renamedFrom" in item && item.renamedFrom) || wireName,
    ]),
  );
  const found = new Map<string, { item: FrozenEvent | FrozenMetric; until: number }>();
  for (const { schemaVersion, events, metrics } of versionsOf(model)) {
    for (const item of [...events, ...metrics])
      if (!names.has(item.wireName)) found.set(item.wireName, { item, until: schemaVersion });
  }
  return [...found.values()];
}

/** Which clients are still heard, where that is not all of them. */
export function sunset(model: Model): Inline {
  const from = supportedFrom(model);
  return from === 1 ? "" : `What clients of versions before v${from} send is answered with success and discarded.`;
}
