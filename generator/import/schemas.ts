import { type Collector, type Data, type Imported, mapIn, said, textIn } from "./imported.js";
import { createSchemaReader } from "./json-schema.js";

type Document = { readonly file: string; readonly data: Data };

/** JSON Schemas: each file is what one event carries. */
export function readJsonSchemas(
  documents: readonly Document[],
  collector: Collector,
): Omit<Imported, "lost" | "identifiers"> {
  return {
    common: [],
    events: documents.map(({ data, file }) => {
      const map = mapIn(data);
      const name = textIn(map["title"]) ?? stem(said(map["$id"] ?? map["id"] ?? file));
      return {
        name,
        description: textIn(map["description"]),
        fields: createSchemaReader(data, collector).fields(data, name),
        notes: [],
      };
    }),
  };
}

/** Iglu's self-describing schemas. Of a chain of versions the newest is the contract, the others are named. */
export function readIglu(documents: readonly Document[], collector: Collector): Omit<Imported, "lost" | "identifiers"> {
  const chains = new Map<string, { readonly version: string; readonly document: Document }[]>();
  for (const document of documents) {
    const self = mapIn(mapIn(document.data)["self"]);
    const name = textIn(self["name"]);
    if (name === undefined) {
      collector.lose(document.file, "it has no `self`, so it is no self-describing schema");
      continue;
    }
    chains.set(name, [...(chains.get(name) ?? []), { version: said(self["version"] ?? "1-0-0"), document }]);
  }
  const events = [...chains].map(([name, chain]) => {
    const [newest, ...older] = chain.sort((a, b) => compareVersions(b.version, a.version));
    const { data, file } = newest?.document ?? { data: null, file: name };
    for (const one of older)
      collector.lose(`${name} ${one.version}`, "an older version: freeze it first if its clients still send");
    void file;
    return {
      name,
      description: textIn(mapIn(data)["description"]),
      fields: createSchemaReader(data, collector).fields(data, name),
      notes: [`version ${newest?.version ?? ""}`],
    };
  });
  return { events, common: [] };
}

/** `1-0-2`: model, revision, addition. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split("-").map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function stem(path: string): string {
  return path.replace(/^.*[/:]/, "").replace(/(\.schema)?\.(json|ya?ml)#?$/, "");
}
