import { code, type Inline, strong } from "../emit/document.js";
import type { FrozenContract, FrozenEvent, FrozenField, FrozenMetric } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { supportedFrom } from "../model/versions.js";
import { type FieldRow, fieldRows } from "./field-rows.js";

/** Every version that clients are out with, oldest first, today's last. */
function versionsOf(model: Model): readonly FrozenContract[] {
  return [...model.frozen.filter(({ schemaVersion }) => schemaVersion < model.schemaVersion), model];
}

/**
 * `fieldsIn` gives the fields of one version, or nothing where that version has no such event. What came later, and what is only sent by
 * older clients, says so in its own line: a new version changes the lines that it is about, and no others.
 */
export function fieldItems(
  model: Model,
  fieldsIn: (contract: FrozenContract) => readonly FrozenField[] | undefined,
): readonly Inline[] {
  const versions = versionsOf(model).flatMap((contract) => {
    const fields = fieldsIn(contract);
    return fields === undefined ? [] : [{ version: contract.schemaVersion, rows: fieldRows(fields) }];
  });
  const today = versions.at(-1)?.rows ?? [];
  const retired = new Map(versions.flatMap(({ rows }) => rows.map((row) => [row.name, row] as const)));
  for (const { name } of today) retired.delete(name);
  const versionsWith = (name: string) =>
    versions.filter(({ rows }) => rows.some((row) => row.name === name)).map(({ version }) => version);
  return [
    ...today.map((row) => {
      const [since] = versionsWith(row.name);
      return item(row, since === versions[0]?.version ? "" : `Since v${since}.`);
    }),
    ...[...retired.values()].map((row) =>
      item(row, `Sent until v${versionsWith(row.name).at(-1)}; discarded on arrival.`),
    ),
  ];
}

/** A field on one line: its name, what it may be, why. */
function item({ name, may, why }: FieldRow, more: string): Inline {
  const rest = [why, more].filter((part) => part !== "");
  return [strong(code(name)), ": ", may, ".", ...rest.flatMap((part) => [" ", part])];
}

/** The first version that has an event or a metric, where that is not the first of all. */
export function since(model: Model, has: (contract: FrozenContract) => boolean): Inline {
  const versions = versionsOf(model);
  const first = versions.find(has);
  return first === undefined || first === versions[0] ? "" : `v${first.schemaVersion}`;
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
  const retiredByName = new Map<string, { item: FrozenEvent | FrozenMetric; until: number }>();
  for (const { schemaVersion, events, metrics } of versionsOf(model)) {
    for (const item of [...events, ...metrics])
      if (!names.has(item.wireName)) retiredByName.set(item.wireName, { item, until: schemaVersion });
  }
  return [...retiredByName.values()];
}

/** The versions of clients that are still accepted, where that is not all of them. */
export function sunset(model: Model): Inline {
  const from = supportedFrom(model);
  return from === 1 ? "" : `What clients of versions before v${from} send is answered with success and discarded.`;
}
