import type { Random } from "./random.js";

/** A value's type as it stands in a spec, and a way to make allowed values of it. */
interface Kind {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly example: unknown;
}

type Spec = Record<string, unknown>;

const names = [
  "alpha",
  "beta",
  "gamma-ray",
  "delta.x",
  "Epsilon",
  "length",
  "type",
  "kind",
  "size",
  "$zeta",
  "9lives",
  "then",
  "a value",
  "arguments",
];
const eventNames = ["start", "stop", "Flow.start", "get", "delete", "async", "an event", "index", "common", "Event:x"];
const prose = [
  "Why not.",
  "It's */ done",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that must come out as it stands, and not as a template.
  "a `b` ${c} |d|",
  "<b>bold</b> --> end",
  'say "hello"',
  "\u202eevil",
  "line\u2028break",
];
const justification = "Only for this test, in which everything is let through.";

/** A spec with everything that a receiver reads, as an object: YAML takes JSON as it is. */
export function randomSpec(random: Random): Spec {
  const format = random.pick(["json", "json-batch", "json-batch", "json"]);
  const named = format === "json-batch" || random.chance(0.7);
  const taken = new Set<string>(["event"]);
  const common = random.chance(0.7) ? randomFields(random, taken, 4) : {};
  const identified = random.chance(0.6);
  const events: Spec = {};
  for (const name of some(random, eventNames, named ? 3 : 1)) {
    const fields = randomFields(random, new Set(taken), 5);
    events[name] = {
      when: random.pick(prose),
      why: random.pick(prose),
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    };
  }
  if (identified) common.machine_id = { type: "identifier", why: "Counts." };
  return {
    telemetry_spec: 1,
    product: "random",
    title: "Random",
    summary: random.pick(prose),
    schema_version: 1,
    why: ["To test."],
    never_collected: ["Anything."],
    consent: { model: "opt-out", order: [{ env: "DO_NOT_TRACK", disable_when: "truthy" }] },
    identifiers: identified ? { machine_id: identifier(random) } : "none",
    destination: {
      url: "https://t.example/v1/events",
      operator: { name: "Us", party: "first" },
      client_ip: "never-read",
    },
    ...(Object.keys(common).length === 0 ? {} : { common }),
    events,
    wire:
      format === "json"
        ? { format, body: { ...(named ? { event: "$event" } : {}), $common: null, $fields: null } }
        : {
            format: "json",
            body: { $common: null, events: "$each" },
            each: { event: "$event", ts: "$time", props: { $fields: null } },
          },
    delivery: { mode: "immediate", timeout: "5s" },
    ingest: {
      ...(format === "json" && !named ? {} : { unknown_event: random.pick(["drop", "reject"]) }),
      unknown_field: random.pick(["strip", "drop", "reject"]),
      invalid_field: random.pick(["strip", "drop", "reject"]),
      limits: { body: "64KiB", ...(format === "json" ? {} : { events: random.pick([2, 100]) }) },
      ...(format !== "json" && random.chance(0.5) ? { accept_times: { past: "30d", future: "10m" } } : {}),
      ...(identified && random.chance(0.5) ? { rate_limit: { per: "machine_id", requests: 6, window: "60s" } } : {}),
    },
    history: [{ version: 1, change: "First version." }],
  };
}

function identifier(random: Random): Spec {
  const format = random.chance(0.7) ? { type: "uuid", version: 4 } : { type: "int", max: 281474976710655 };
  return { identifies: "machine", made_from: "random", format, created: "first-run" };
}

/** `taken` grows, so that events and what is common don't share a name. */
function randomFields(random: Random, taken: Set<string>, most: number): Spec {
  const fields: Spec = {};
  const switches: { readonly name: string; readonly value: unknown }[] = [];
  for (const name of some(
    random,
    names.filter((one) => !taken.has(one)),
    random.below(most + 1),
  )) {
    const kind = random.chance(0.3) ? enumeration(random) : randomKind(random, 2);
    const found = switches.length > 0 && random.chance(0.4) ? random.pick(switches) : undefined;
    const optional = random.chance(0.3);
    const legacy = random.chance(0.1);
    fields[name] = {
      ...kind.spec,
      ...(Object.hasOwn(kind.spec, "example") || kind.example === undefined ? {} : { example: kind.example }),
      why: random.pick(prose),
      ...(optional ? { optional } : {}),
      ...(random.chance(0.2) ? { nullable: true } : {}),
      ...(legacy ? { legacy } : {}),
      ...(found === undefined ? {} : { only_when: { [found.name]: found.value } }),
    };
    taken.add(name);
    const [value] = (kind.spec.values as readonly unknown[] | undefined) ?? [];
    const always = !optional && !legacy && found === undefined;
    if (kind.spec.type === "enum" && value !== undefined && always) switches.push({ name, value });
  }
  return fields;
}

function enumeration(random: Random): Kind {
  const values = some(
    random,
    ["a", "b", "", "it's", '"', "\\", "constructor", "__proto__", "ü", "127.0.0.1", "1"],
    1 + random.below(6),
  );
  return { spec: { type: "enum", values }, example: undefined };
}

function randomKind(random: Random, depth: number): Kind {
  const kinds: readonly (() => Kind)[] = [
    () => ({ spec: { type: "bool" }, example: undefined }),
    () => ({
      spec: { type: "int", min: random.pick([0, -5, 1]), max: random.pick([5, 1000000, 9007199254740991]) },
      example: 3,
    }),
    () => enumeration(random),
    () => ({ spec: { type: "const", value: random.pick<unknown>(["x", 1, 0, true]) }, example: undefined }),
    () => ({ spec: { type: "bucket", unit: "files", below: { "<10": 10, "10+": "unlimited" } }, example: undefined }),
    () => ({ spec: { type: "string", pattern: "^[a-z0-9_-]+$", max_length: 12 }, example: "abc-1" }),
    () => ({ spec: { type: "string", pattern: "^[^/]*$", max_length: 8, justification }, example: "any" }),
    () => ({ spec: { type: "string", pattern: "^x?$", max_length: 4 }, example: "x" }),
    () => ({ spec: { type: "text", max_length: 10, justification }, example: "a text" }),
    () => ({ spec: { type: "version" }, example: "1.2.3" }),
    () => ({ spec: { type: "timestamp", timezone: random.pick(["utc", "any", "none"]) }, example: undefined }),
    () => list(random, depth),
    () => object(random, depth),
  ];
  const kind = random.pick(depth > 0 ? kinds : kinds.slice(0, -2))();
  if (kind.spec.type !== "timestamp") return kind;
  return { ...kind, example: kind.spec.timezone === "none" ? "2026-06-12T12:00:00" : "2026-06-12T12:00:00Z" };
}

function list(random: Random, depth: number): Kind {
  const of = randomKind(random, depth - 2);
  return { spec: { type: "list", of: of.spec, max_items: 1 + random.below(3) }, example: [] };
}

function object(random: Random, depth: number): Kind {
  const fields: Spec = {};
  for (const name of some(random, ["models", "sources", "a-b"], 1 + random.below(3))) {
    const kind = randomKind(random, depth - 2);
    fields[name] = {
      ...kind.spec,
      ...(kind.example === undefined ? {} : { example: kind.example }),
      ...(random.chance(0.3) ? { optional: true } : {}),
    };
  }
  return { spec: { type: "object", fields }, example: undefined };
}

function some<Item>(random: Random, items: readonly Item[], count: number): readonly Item[] {
  const rest = [...items];
  return Array.from(
    { length: Math.min(count, rest.length) },
    () => rest.splice(random.below(rest.length), 1)[0] as Item,
  );
}
