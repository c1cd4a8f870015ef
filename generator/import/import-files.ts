import { readGlean } from "./glean.js";
import type { Collector, Data, Imported, Lost } from "./imported.js";
import { readOtel } from "./otel.js";
import { readIglu, readJsonSchemas } from "./schemas.js";
import type { Source } from "./source-names.js";
import { readTrackingPlans } from "./tracking-plan.js";

type Reader = typeof readGlean | typeof readTrackingPlans | typeof readJsonSchemas | typeof readIglu | typeof readOtel;

const READERS: Readonly<Record<Source, Reader>> = {
  glean: readGlean,
  segment: readTrackingPlans,
  rudder: readTrackingPlans,
  jsonschema: readJsonSchemas,
  iglu: readIglu,
  otel: readOtel,
};

/** Turns parsed documents of another tool into the terms of a contract. */
export function importFiles(
  from: Source,
  documents: readonly { readonly file: string; readonly data: Data }[],
): Imported {
  const identifiers = new Map<string, string>();
  // One attribute may be read for several events.
  const lost = new Map<string, Lost>();
  const collector: Collector = {
    lose: (where, what) => void lost.set(`${where}\n${what}`, { where, what }),
    identifier: (name, format) => {
      identifiers.set(name, format);
      return "type: identifier";
    },
  };
  const { events, ...rest } = READERS[from](documents, collector);
  const own = unique(events, ({ name }) => name, collector.lose).map((event) => ({
    ...event,
    fields: unique(event.fields, ({ name }) => `${event.name}.${name}`, collector.lose),
  }));
  return { ...rest, events: own, identifiers, lost: [...lost.values()] };
}

/** The first of each name; a second one is said. */
function unique<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  lose: Collector["lose"],
): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const name = nameOf(item);
    const isNew = !seen.has(name);
    if (!isNew) lose(name, "it is there twice; the first one is drafted");
    seen.add(name);
    return isNew;
  });
}
