import {
  type Collector,
  type Data,
  type DataMap,
  type Drafted,
  type ImportedEvent,
  listIn,
  mapIn,
  said,
  textIn,
} from "./imported.js";
import { SchemaReader } from "./json-schema.js";

/** Reads tracking plans of Segment and RudderStack, in both of their containers: rules by event, or a list of rules with a key. */
export function readTrackingPlans(documents: readonly { readonly data: Data }[], collector: Collector): Drafted {
  const events: ImportedEvent[] = [];
  let product: string | undefined;
  let summary: string | undefined;
  for (const { data } of documents) {
    const plan = planIn(data);
    product ??= textIn(plan["display_name"] ?? plan["name"] ?? plan["displayName"]);
    summary ??= textIn(plan["description"]);
    for (const rule of rulesIn(plan)) events.push(...eventOf(rule, collector));
    const rules = mapIn(plan["rules"]);
    for (const other of ["identify_traits", "group_traits", "identify", "group", "global"])
      if (listIn(rules[other]).length > 0 || Object.keys(mapIn(rules[other])).length > 0)
        collector.lose(other, "left out: it is about people or groups, and a contract reports events");
  }
  return {
    ...(product === undefined ? {} : { product }),
    ...(summary === undefined ? {} : { summary }),
    events: newest(events, collector),
    common: [],
  };
}

function planIn(data: Data): DataMap {
  const map = mapIn(data);
  const inner = [map["tracking_plan"], map["trackingPlan"], mapIn(map["data"])["trackingPlan"]].find(
    (one) => one !== undefined,
  );
  // The newer interface answers with the rules beside the plan.
  return { ...map, ...mapIn(map["data"]), ...mapIn(inner) };
}

function rulesIn(plan: DataMap): readonly DataMap[] {
  const rules = plan["rules"];
  const lists = [rules, mapIn(rules)["events"], plan["events"]].map(listIn);
  return lists.flat().map(mapIn);
}

function eventOf(rule: DataMap, collector: Collector): readonly (ImportedEvent & { readonly version: number })[] {
  const name = textIn(rule["name"] ?? rule["key"] ?? rule["eventName"]);
  const kind = said(rule["type"] ?? rule["eventType"] ?? "TRACK").toUpperCase();
  if (name === undefined || !/^(TRACK|PAGE|SCREEN)$/.test(kind)) {
    collector.lose(
      name ?? kind.toLowerCase(),
      `left out: a rule about ${kind.toLowerCase()}, and a contract reports events`,
    );
    return [];
  }
  const schema = mapIn(rule["jsonSchema"] ?? rule["rules"] ?? rule["schema"]);
  const inner = mapIn(schema["properties"]);
  const own = inner["properties"] ?? (looksLikeMessage(inner) ? undefined : schema);
  for (const other of ["context", "traits", "integrations"])
    if (Object.keys(mapIn(mapIn(inner[other])["properties"])).length > 0)
      collector.lose(`${name}.${other}`, "left out: the library adds it");
  const description = textIn(rule["description"]) ?? textIn(schema["description"]);
  return [
    {
      name,
      description,
      fields: new SchemaReader(schema, collector).fields(own, name),
      notes: [],
      version: Number(rule["version"] ?? 0),
      ...(rule["archived"] === true || rule["deprecated"] === true ? { retired: true } : {}),
    },
  ];
}

function looksLikeMessage(properties: DataMap): boolean {
  return "context" in properties || "traits" in properties;
}

/** Of several versions of one event the newest counts. */
function newest(events: readonly ImportedEvent[], { lose }: Collector): readonly ImportedEvent[] {
  const byName = new Map<string, ImportedEvent>();
  const version = (event: ImportedEvent | undefined) =>
    Number((event as { version?: number } | undefined)?.version ?? 0);
  for (const event of events) {
    const known = byName.get(event.name);
    if (known !== undefined)
      lose(event.name, `of its versions ${version(known)} and ${version(event)} the newer one is drafted`);
    if (known === undefined || version(event) > version(known)) byName.set(event.name, event);
  }
  return [...byName.values()];
}
