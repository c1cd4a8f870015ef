import { type Collector, type Drafted, mapIn, said, textIn } from "./imported.js";
import { SchemaReader } from "./json-schema.js";
import { chainsIn, countVersions, type Document } from "./schema-versions.js";

/** JSON Schemas: each file is what one event carries. */
export function readJsonSchemas(documents: readonly Document[], collector: Collector): Drafted {
  return {
    common: [],
    events: documents.map(({ data, file }) => {
      const map = mapIn(data);
      const name = textIn(map["title"]) ?? stem(said(map["$id"] ?? map["id"] ?? file));
      return {
        name,
        description: textIn(map["description"]),
        fields: new SchemaReader(data, collector).fields(data, name),
        notes: [],
      };
    }),
  };
}

/** Iglu's self-describing schemas. Of a chain of versions the newest is the draft; the others can be frozen once it is decided. */
export function readIglu(documents: readonly Document[], collector: Collector): Drafted {
  const { chains, others } = chainsIn(documents);
  for (const file of others) collector.lose(file, "it has no `self`, so it is not a self-describing schema");
  const schemaVersion = countVersions(documents);
  const events = [...chains].flatMap(([name, chain]) => {
    const newest = chain.at(-1);
    if (newest === undefined) return [];
    const { data } = newest.document;
    return [
      {
        name,
        description: textIn(mapIn(data)["description"]),
        fields: new SchemaReader(data, collector).fields(data, name),
        notes: [
          chain.length === 1
            ? `SchemaVer ${newest.version}`
            : `SchemaVer ${newest.version}; before it ${chain
                .slice(0, -1)
                .map(({ version }) => version)
                .join(", ")}`,
        ],
      },
    ];
  });
  return { events, common: [], schemaVersion };
}

function stem(path: string): string {
  return path.replace(/^.*[/:]/, "").replace(/(\.schema)?\.(json|ya?ml)#?$/, "");
}
