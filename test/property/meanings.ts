import { type SinkDefinition, sinks } from "../../generator/language/sinks/index.js";
import { typeNamed } from "../../generator/language/types/index.js";
import { adoptions, epochs, LISTED, marker, nobody, oneLine, stateInForm } from "./consents.js";
import type { Focus } from "./grammar.js";
import { wireOf } from "./pictures.js";
import { type Random, some } from "./random.js";

/** Nothing that could stand there: the key is left out. */
export const NOTHING = Symbol("nothing");

/** The parts drawn so far: what later parts of a contract refer to. */
export interface Told {
  identifiers: Readonly<Record<string, Spec>>;
  types: Readonly<Record<string, Spec>>;
  state: Readonly<Record<string, Spec>>;
  metrics: boolean;
  mode: string;
  method: string;
  version: number;
  epoch: number;
  /** Parts of consent that there will be. */
  parts: readonly string[];
  /** The parts that are drawn more often than others. */
  readonly focus?: Focus | undefined;
  common: readonly string[];
  /** Those of them that are always there. */
  always: readonly string[];
  /** Events or metrics with their fields or labels. */
  reported: Readonly<Record<string, Readonly<Record<string, Spec>>>>;
  /** Makes names that no other thing has. */
  count: number;
  /** Returns the keys of a map that will be there. */
  readonly chosen: (path: string, keys: ReadonlySet<string>) => void;
  readonly seen: (path: string, value: unknown) => void;
}

export type Spec = Readonly<Record<string, unknown>>;

export function nothingTold(parts: readonly string[] = [], focus?: Focus): Told {
  const told: Told = {
    focus,
    identifiers: {},
    types: {},
    state: {},
    metrics: false,
    mode: "immediate",
    method: "POST",
    version: 1,
    epoch: 1,
    parts,
    common: [],
    always: [],
    reported: {},
    count: 0,
    chosen: (path, keys) => {
      if (path === "") told.metrics = keys.has("metrics");
    },
    seen: (path, value) => {
      if (path === "identifiers" && typeof value === "object") told.identifiers = value as Told["identifiers"];
      if (path === "types") told.types = value as Told["types"];
      if (path === "consent.state_file") told.state = (value as { readonly keys: Told["state"] }).keys;
      if (path === "schema_version") told.version = value as number;
      if (path === "consent_epoch") told.epoch = value as number;
      if (path === "common" && typeof value === "object") {
        told.common = Object.keys(value as object);
        const always = Object.entries(value as Record<string, Spec>).filter(
          ([name, field]) =>
            !name.includes(" ") &&
            !["optional", "nullable", "only_when", "legacy"].some((key) => field[key] !== undefined),
        );
        told.always = always.map(([name]) => name);
      }
      if (path === "events" || path === "metrics")
        told.reported = Object.fromEntries(
          Object.entries(value as Record<string, Spec>).map(([name, one]) => [
            name,
            (one["fields"] ?? one["labels"] ?? {}) as Record<string, Spec>,
          ]),
        );
      if (path === "destination.method") told.method = value as string;
      if (path === "delivery.mode") told.mode = value as string;
    },
  };
  return told;
}

/** The meaning of one key beyond its schema. `plainly` draws it by the schema alone. */
export type Meaning = (at: {
  readonly told: Told;
  readonly random: Random;
  readonly depth: number;
  readonly path: string;
  readonly plainly: () => unknown;
}) => unknown;

/** Drawn before their siblings, in this order. */
export const FIRST: readonly string[] = [
  "schema_version",
  "consent_epoch",
  "types",
  "identifiers",
  "state_file",
  "type",
  "values",
  "pattern",
  "delivery",
  "common",
  "metrics",
  "events",
  "consent",
];

/** Also words of ours and of languages, and names that differ by capitals alone. */
const NAME_POOL = [
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
  "ok",
  "name",
  "host",
  "version",
  "exports",
  "default",
  "prototype",
  "event",
  "ts",
  "props",
  "common",
  "await",
  "class",
  "null",
  "true",
  "None",
  "self",
  "fn",
  "func",
  "match",
  "id",
  "time",
  "v",
  "by",
  "sums",
  "at",
  "day",
  "calls",
  "fields",
  "value",
  "each",
  "Alpha",
  "ALPHA",
  "al-pha",
  "al_pha",
  "alPha",
];

/** Names, by the definition that says what they look like. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  name: NAME_POOL,
  metricName: ["tool_nodes", "tool:jobs_total", "up", "Tool_size"],
  labelName: ["os", "kernel", "kind", "tier", "_x"],
  headerName: ["x-tool-version", "x-tool-key", "user-agent"],
  range: ["<10", "10-99", "100+", "many | more", "ü"],
  typeName: ["agent", "rough_size", "tool_name", "nested"],
};

const EVENT_NAMES = [
  "start",
  "stop",
  "Flow.start",
  "get",
  "delete",
  "async",
  "an event",
  "index",
  "Event:x",
  "setup",
  "then",
  "common",
  "report",
  "flush",
  "telemetry",
  "close",
  "init",
  "record",
  "status",
  "client",
  "default",
  "exports",
  "module",
  "require",
  "Start",
  "st-art",
  "__proto",
  "on",
  "off",
  "$x",
  "0",
  "1e5",
  "a.b.c",
  "prototype",
];

const PROSE = [
  "Why not.",
  "It's */ done",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that must come out as it stands, and not as a template.
  "a `b` ${c} |d|",
  "<b>bold</b> --> end",
  'say "hello"',
  "a : b ? c : d",
  "two\nlines",
  "a, b: {c} # d",
  "\u202eevil",
  "line\u2028break",
];

export const POOLS = {
  product: ["tool", "a-tool", "tool9"],
  env: [
    "TOOL_TELEMETRY",
    "TOOL_OFF",
    "tool_config_usage",
    "DO_NOT_TRACK",
    "TOOL_DEBUG",
    "TOOL_CI",
    "TOOL_ENDPOINT",
    "TOOL_KEY",
  ],
  place: ["~/.tool/state.json", "{app_dir}/telemetry.json"],
  url: ["https://t.example/v1/events", "https://t.example", "https://t.example:8443/in"],
  prose: PROSE,
} as const;

/** Patterns with texts that they let through. `^[^/]*$` and the like need their justification. */
const PATTERNS: readonly (readonly [pattern: string, most: number, wide: boolean, texts: readonly string[]])[] = [
  ["^[a-z0-9_-]+$", 12, false, ["abc-1", "x", "0"]],
  ["^x?$", 4, false, ["x", ""]],
  ["^(?:fast|slow)$", 8, false, ["fast", "slow"]],
  ["^[A-Z]{2}[0-9]{1,3}$", 5, false, ["AB1", "XY999"]],
  ["^[^/]*$", 8, true, ["any", "", "ü ü"]],
  ["^(?:[a-z]{1,3}\\.){0,2}[a-z]{1,3}$", 11, false, ["a.b.c", "abc"]],
  ["^[\\w+-]{1,6}$", 6, false, ["a_+-", "0"]],
  ["^\\d{1,3}(?:\\.\\d{1,3}){1,2}$", 11, false, ["1.2", "10.20.30"]],
  ["^[^\\s\\S]?$", 3, false, [""]],
  ["^(?:true|false|null|0|1)$", 5, false, ["true", "null", "0"]],
  ["^[\\u00e0-\\u00ff]{1,4}$", 4, false, ["üü", "à"]],
  ["^.{2}$", 2, true, ["ab", "😀"]],
];

/** A text that a pattern of ours lets through. */
export const TEXTS: ReadonlyMap<string, readonly string[]> = new Map(
  PATTERNS.map(([pattern, , , texts]) => [pattern, texts]),
);

export const JUSTIFICATION = "Only for this test, in which everything is let through.";

const WORDS = [
  "a",
  "b",
  "linux",
  "it's",
  '"',
  "\\",
  "",
  "constructor",
  "ü",
  "127.0.0.1",
  "1",
  "true",
  "a : b",
  "a ? b",
  "null",
  "0",
  "-1",
  "1e5",
  "yes",
  "off",
  "NaN",
  "é",
  "😀",
  "a/b",
  "<script>",
  "x".repeat(60),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that must come out as it stands, and not as a template.
  "${x}",
  "`",
  "#",
  "%s",
  "A",
];

/** The variable whose text a field holds, and what it is in the world of each contract. */
export const CHANNEL = { env: "TOOL_CHANNEL", holds: "2.0.0" } as const;

/** The chance of each source that the client fills in, and the only types that let it through everywhere. */
const FILLED: Readonly<Record<string, Spec>> = {
  "package-version": { type: "version" },
  os: { type: "enum", values: ["linux", "darwin", "other"], otherwise: "other" },
  arch: { type: "enum", values: ["x64", "arm64", "other"], otherwise: "other" },
  "node-major": { type: "int", min: 1, max: 99 },
  "process-start": { type: "timestamp" },
  "runtime-version": { type: "version" },
  now: { type: "timestamp" },
  sequence: { type: "int" },
  command: { type: "enum", values: ["build", "run", "other"], otherwise: "other" },
};

const EXAMPLES: Readonly<Record<string, unknown>> = {
  version: "1.2.3",
  text: "a text",
  uuid: "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58",
};

/** A value that a type lets through, as it stands in a spec; undefined where the type suggests its own. */
export function exampleOf(spec: unknown, told: Told): unknown {
  const whole = shapeOf(spec, told);
  switch (whole["type"]) {
    case "int":
      return Math.max(Number(whole["min"] ?? 0), Math.min(Number(whole["max"] ?? 3), 3));
    case "string":
      return TEXTS.get(String(whole["pattern"]))?.[0];
    case "timestamp":
      if (whole["form"] === "unix-ms") return 1_781_265_600_000;
      if (whole["form"] === "unix-s") return 1_781_265_600;
      return whole["timezone"] === "none" ? "2026-06-12T12:00:00" : "2026-06-12T12:00:00Z";
    case "number":
      return Number(whole["min"] ?? 0);
    case "list":
      return [];
    case "map":
      return {};
    case "text":
      return "a text".slice(0, Number(whole["max_length"]));
    default:
      return EXAMPLES[String(whole["type"])];
  }
}

/** A type with what its name under `types` says. */
function shapeOf(spec: unknown, { types }: Told): Spec {
  const own: Spec = typeof spec === "string" ? { type: spec } : (spec as Spec);
  const named = types[String(own["type"])];
  return named === undefined ? own : { ...own, ...named };
}

/** A value of a type for `only_when`, `stores` and matches: of few values, so that conditions are met often enough. */
export function valueIn(spec: unknown, told: Told, random: Random): unknown {
  const whole = shapeOf(spec, told);
  switch (whole["type"]) {
    case "bool":
      return random.chance(0.5);
    case "enum":
      return random.pick(whole["values"] as readonly string[]);
    case "const":
      return whole["value"];
    case "bucket":
      return random.pick(Object.keys((whole["below"] ?? whole["up_to"] ?? { x: 1 }) as object));
    default:
      return exampleOf(whole, told) ?? "x";
  }
}

const YES = ["1", "on", "yes", true, "it's", "a b"];
const NO = ["0", "off", "never", false, "true", "no way"];

const isEmpty = (value: object) => Object.keys(value).length === 0;

export const MEANINGS: Readonly<Record<string, Meaning>> = {
  schema_version: ({ random }) => 1 + random.below(3),
  consent_epoch: ({ random }) => 1 + random.below(3),
  max_bits: () => 1_000_000,
  history: ({ told, random }) =>
    Array.from({ length: told.version }, (_, at) => ({
      version: at + 1,
      ...(random.chance(0.3) ? { date: "2026-06-12" } : {}),
      ...(at > 0 && random.chance(0.2) ? { wording_only: "A typing mistake." } : {}),
      change: `Version ${at + 1}.`,
    })),
  "destination.method": ({ told, plainly }) => (told.metrics ? NOTHING : plainly()),
  // Only what is warned of can be silenced: see `silenced`.
  silence: () => NOTHING,
  identifiers: ({ random, plainly }) => {
    const drawn = plainly();
    if (drawn === "none" || random.chance(0.2)) return "none";
    const names = some(random, ["machine_id", "user_id", "run-id"]);
    const all = Object.values(drawn as object);
    return Object.fromEntries(
      (names.length === 0 ? ["machine_id"] : names).map((name, at) => [name, all[at % all.length]]),
    );
  },
  "identifiers{}": ({ random, plainly }) => {
    const drawn = plainly() as Record<string, unknown>;
    const madeFrom = drawn["made_from"];
    const keep = random.pick(["48 bits", "uuid", "64 hex"]);
    const minted = random.pick([
      { type: "uuid" },
      { type: "uuid", version: 4 },
      { type: "int", max: 281_474_976_710_655 },
      { type: "hashed", of: "random", what: "a random number", by: "sha256", salt: "none", keep },
    ]);
    if (madeFrom === "random") return { ...drawn, format: random.chance(0.9) ? minted : drawn["format"] };
    return {
      ...drawn,
      format: random.pick<unknown>([minted, { type: "string", pattern: "^[a-z0-9_-]+$", max_length: 12 }]),
    };
  },
  types: ({ plainly, random }) => {
    const drawn = Object.entries(plainly() as Record<string, Spec>);
    const usable = drawn.filter(([, one]) => !JSON.stringify(one).includes('"type":"identifier"'));
    const [first] = usable;
    // A name may stand for another name, too.
    const alias = first !== undefined && random.chance(0.2) ? [["other_name", { type: first[0] }] as const] : [];
    return usable.length === 0 ? NOTHING : Object.fromEntries([...usable, ...alias]);
  },
  "#typeName": ({ told, random }) => random.pick(isEmpty(told.types) ? ["bool"] : Object.keys(told.types)),
  "string.pattern": ({ random }) => random.pick(PATTERNS)[0],
  "enum.values": ({ random }) => {
    const chosen = some(random, WORDS, 5);
    return chosen.length === 0 ? ["a"] : chosen;
  },
  "const.value": ({ random }) => random.pick<unknown>(["x", 1, 0, true, "it's", -1]),
  "bucket.unit": ({ random }) => random.pick(["files", "seconds", "GiB", "files per second"]),
  "bucket.below": ({ random }) => edges(random),
  "bucket.up_to": ({ random }) => edges(random),
  "text.max_length": ({ random }) => random.pick([1, 10, 200]),
  "version.max_length": ({ random }) => random.pick([16, 32]),
  "map.keys": ({ random }) =>
    random.pick<Spec>([
      { type: "enum", values: ["a", "it's", "constructor"] },
      { type: "string", pattern: "^[a-z0-9_-]+$", max_length: 12 },
      { type: "version" },
    ]),
  "map.max_items": ({ random }) => 1 + random.below(3),
  "list.max_items": ({ random }) => 1 + random.below(3),
  "number.min": () => 0,
  "number.max": ({ random }) => random.pick([1, 100]),
  "number.decimals": ({ random }) => random.pick([0, 1, 2]),
  "int.min": ({ random }) => random.pick([0, -5, 1]),
  "int.max": ({ random }) => random.pick([5, 1_000_000, 9_007_199_254_740_991]),
  "#field": ({ told, random, plainly }) => finished(plainly() as Spec, told, random),
  "#innerField": ({ told, random, plainly }) => finished(plainly() as Spec, told, random),
  "#shape": ({ told, random, plainly }) => finished(uncased(plainly() as Spec), told, random),
  "#namedShape": ({ told, random, plainly }) => finished(uncased(plainly() as Spec), told, random),
  "#value": ({ told, random, plainly }) => {
    const drawn = finished(plainly() as Spec, told, random);
    if (drawn["type"] === "const") return { ...drawn, value: random.pick([0, 1, 12.5]) };
    return drawn["type"] === "int" || random.chance(0.05) ? drawn : { type: "int", example: 3 };
  },
  "#innerFields": ({ told, random, plainly }) => siblings(plainly() as Record<string, Spec>, told, random),
  common: ({ told, random, plainly }) =>
    told.metrics ? NOTHING : siblings(withoutCases(plainly() as Record<string, Spec>), told, random),
  "consent.order": ({ plainly }) => plainly(),
  // Where programs are built, identifiers may be others: then nobody says yes by that.
  "consent.order[]<{env}>.env": ({ told, random }) => {
    const apart = Object.values(told.identifiers).some((one) => one["in_ci"] !== undefined);
    return random.pick(["TOOL_TELEMETRY", "TOOL_OFF", "DO_NOT_TRACK", apart ? "TOOL_CI" : "CI"]);
  },
  ".config": ({ random, path }) =>
    random.pick<unknown>([
      "tool.yml",
      "tool.json",
      "pyproject.toml",
      "the cluster's ConfigMap",
      "~/.toolrc.yaml",
      "~/.toolrc",
      "tool.ini",
      ...(path.startsWith("consent") ? LISTED : []),
    ]),
  ".key": ({ random }) => random.pick(["telemetry", "telemetry.enabled", "a.b.c", "tool.share-data"]),
  ".stored": ({ told, random }) => random.pick(isEmpty(told.state) ? ["enabled"] : Object.keys(told.state)),
  "consent.adopts": ({ told, random }) => adoptions(told, random),
  "consent.epoch_from": ({ told, random }) => {
    const key = Object.keys(told.state).find((name) => name === "told");
    return key === undefined || told.epoch === 1 ? NOTHING : { stored: key, epochs: epochs(told, random) };
  },
  "consent.state_file": ({ random, plainly }) => (random.chance(0.12) ? stateInForm(random) : plainly()),
  ".order[]": ({ random, plainly, path }) =>
    random.chance(0.05) && path.startsWith("consent")
      ? random.pick([marker, oneLine])(random)
      : formed(plainly() as Record<string, unknown>, random, path.startsWith("consent.parts")),
  "consent.order[]": ({ told, random, plainly }) => {
    if (random.chance(0.05)) return random.pick([marker, oneLine])(random);
    const drawn = formed(plainly() as Record<string, unknown>, random, false);
    const key = drawn["stored"];
    const type = typeof key === "string" ? told.state[key] : undefined;
    if (type === undefined || random.chance(0.2)) return drawn;
    // What the state file's key can hold, and a yes is no no.
    const [yes, no] = [valueIn(type, told, random), valueIn(type, told, random)];
    if (yes === no) return type["type"] === "bool" ? { stored: key } : { stored: key, disable_when: [no] };
    return { stored: key, enable_when: [yes], disable_when: [no] };
  },
  "#match": ({ plainly, path }) => {
    const drawn = plainly();
    if (!Array.isArray(drawn)) return drawn;
    const textsOnly = /<\{(?:env|flag)\}>|debug|\.is$/.test(path);
    return textsOnly ? drawn.map((one) => (typeof one === "object" ? one : String(one))) : drawn;
  },
  ".any_except": ({ random }) => some(random, ["", "0", "false", "off"]).concat("no"),
  ".enable_when[]": ({ random }) =>
    random.pick<unknown>([...YES, ...YES, { any_except: ["no", "off"] }, { at_least: "2022-07-04" }, ["1", "on"]]),
  ".disable_when[]": ({ random }) => random.pick<unknown>([...NO, ...NO, { any_except: ["yes", "1"] }, ["0", "off"]]),
  ".when[]": ({ random }) => random.pick<unknown>([...YES, ...YES, { any_except: ["no", "off"] }, ["1", "on"]]),
  ".is[]": ({ random }) => random.pick<unknown>([...YES, ...YES, { any_except: ["no", "off"] }, ["1", "on"]]),
  consent: ({ told, random, plainly }) => {
    const { parts, ...drawn } = plainly() as Record<string, unknown>;
    const meant = told.focus?.forms.has("{justification}") || told.focus?.forms.has("none");
    if (told.parts.length === 0 && random.chance(meant ? 0.8 : 0.04)) return nobody(drawn, random);
    const own = told.parts.length === 0 ? undefined : partsOf(parts as Spec | undefined, drawn, told, random);
    const whole = consent(drawn, random);
    return own === undefined ? whole : { ...whole, parts: own };
  },
  ".part": ({ told, random }) => (told.parts.length === 0 ? NOTHING : random.pick(told.parts)),
  ".since_epoch": ({ told, random }) => (told.epoch === 1 ? NOTHING : 2 + random.below(told.epoch - 1)),
  ".only_where": ({ random }) =>
    random.pick<unknown>(["ci", "container", "no-terminal", { fact: "in-a-test", means: "a test runs" }]),
  ".in_ci": ({ random }) => random.pick(["leave-out", "leave-out", "ci"]),
  "consent.state_file.keys": ({ told, random, plainly }) => {
    const drawn = Object.values(plainly() as Record<string, Spec>);
    const named = ["enabled", "telemetry.on", "answer", "notice_shown"].slice(0, 1 + random.below(4));
    const simple = [{ type: "bool" }, { type: "enum", values: ["on", "off", "ask"] }, { type: "bool" }];
    const keys = named.map((name, at) => [
      name,
      random.chance(0.7) ? random.pick(simple) : (drawn[at % drawn.length] ?? simple[0]),
    ]);
    const ids = Object.keys(told.identifiers).filter(() => random.chance(0.5));
    const edition = random.pick<Spec>([{ type: "int", max: 9 }, { type: "timestamp" }]);
    return Object.fromEntries([
      ...keys,
      ...ids.map((name) => [name, { type: "identifier" }]),
      ...(told.epoch > 1 && random.chance(0.4) ? [["told", edition]] : []),
    ]);
  },
  "#stores": ({ told, random }) => {
    const keys = some(random, Object.keys(told.state), 2);
    return keys.length === 0
      ? NOTHING
      : Object.fromEntries(keys.map((key) => [key, valueIn(told.state[key], told, random)]));
  },
  ".run": ({ path }) =>
    `tool telemetry ${{ status: "status", enable: "on", disable: "off" }[path.split(".").at(-2) ?? ""] ?? "x"}`,
  ".prints": ({ told, random }) => some(random, [...Object.keys(told.identifiers), "enabled", "decided_by"]),
  events: ({ random, plainly }) => {
    const drawn = Object.values(plainly() as Record<string, Spec>);
    const names = some(random, EVENT_NAMES, 3);
    const chosen = names.length === 0 ? ["start"] : names;
    return Object.fromEntries(chosen.map((name, at) => [name, drawn[at % drawn.length]]));
  },
  "events{}": ({ told, random, plainly }) => event(plainly() as Record<string, unknown>, told, random),
  "metrics{}": ({ random, plainly }) => {
    const drawn = plainly() as Record<string, unknown>;
    return { ...drawn, every: random.pick(["15m", "6h"]), ...("jitter" in drawn ? { jitter: "1500ms" } : {}) };
  },
  "metrics{}.labels": ({ told, random, plainly }) => {
    const drawn = Object.entries(plainly() as Record<string, Spec>);
    return siblings(Object.fromEntries(drawn.map(([name, label]) => [name, ofTexts(label, random)])), told, random);
  },
  destination: ({ told, random, plainly }) => {
    const drawn = plainly() as Record<string, unknown>;
    if (random.chance(0.1)) return { ...drawn, url: "override" in drawn ? "operator" : "from-build" };
    if (!random.chance(0.2)) return drawn;
    const placed = some(random, told.always, 2).map((name) => `/${random.chance(0.5) ? "x-" : ""}{common.${name}}`);
    const path = [...placed, ...eventsOwn(told, random)].join("");
    return path === "" ? drawn : { ...drawn, url: `https://t.example/in${path}` };
  },
  "delivery.mode": ({ told, random }) =>
    told.metrics ? "periodic" : random.chance(0.06) ? "carried" : random.pick(["immediate", "queued", "queued"]),
  "delivery.answer": ({ told, random }) => (told.mode === "immediate" ? random.pick(["1KiB", "16KiB"]) : NOTHING),
  "delivery.retry": () => ({ what: "By the product's own agent.", described: true }),
  ".despite": ({ random }) => {
    const chosen = some(random, ["stored", "config", "default", "TOOL_OFF"], 3);
    return chosen.length === 0 ? ["stored"] : chosen;
  },
  delivery: ({ random, plainly }) => delivery(plainly() as Record<string, unknown>, random),
  wire: ({ told, random }) => {
    const drawn = wireOf(told, random);
    const often = told.focus?.keys.has("described") === true ? 0.5 : 0.06;
    if (drawn["format"] === "prometheus-text" || !random.chance(often)) return drawn;
    if (drawn["format"] !== "json" || random.chance(0.4)) return { ...drawn, described: true, what: "As protobuf." };
    return { ...drawn, format: "described", what: "As protobuf." };
  },
  "delivery.queue.file": ({ random }) => random.pick(["~/.tool/queue.jsonl", "{app_dir}/deep/er/queue.jsonl"]),
  "delivery.debug.env": () => "TOOL_DEBUG",
  "destination.override.order[]<{env}>.env": () => "TOOL_ENDPOINT",
  ".flag": ({ random }) => random.pick(["--no-telemetry", "--telemetry", "--tool.usage_stats"]),
  ".fact": ({ random }) => random.pick(["ci", "container", "no-terminal", "in-a-test"]),
  ".given": ({ random }) => random.pick(["telemetry.enabled", "menu.answer"]),
  ".justification": () => JUSTIFICATION,
  ".at_least": ({ random }) => random.pick<unknown>(["2022-07-04", 3]),
  // Every one of them is sent today.
  ".expires": () => "2199-01-01",
  ".once_per": ({ random }) => random.pick(["process", "day", "machine", "12h"]),
  ".code_names": ({ told }) => [`tally${told.count}`, `bound${told.count++}`],
  // It names another contract of the same project.
  "ingest.also": () => NOTHING,
  "ingest.rate_limit": ({ told, plainly }) => (isEmpty(told.identifiers) ? NOTHING : plainly()),
  "ingest.rate_limit.per": ({ told }) => Object.keys(told.identifiers)[0] ?? "machine_id",
  "ingest.forward_to.distinct_id": ({ told }) => Object.keys(told.identifiers)[0] ?? NOTHING,
  "ingest.unknown_field": ({ told, plainly }) => (told.metrics ? "drop" : plainly()),
  "ingest.invalid_field": ({ told, plainly }) => (told.metrics ? "reject" : plainly()),
  "dashboards[]<{title}>": ({ told, random, plainly }) => {
    const { of: _of, by: _by, sum: _sum, distinct: _distinct, ...drawn } = plainly() as Record<string, unknown>;
    const of = random.pick(Object.keys(told.reported));
    if (of === undefined) return drawn;
    const fields = Object.entries(told.reported[of] ?? {}).filter(
      ([, field]) => field["dropped_at_edge"] === undefined,
    );
    const names = fields.map(([name]) => name);
    const whole = fields.filter(([, { type }]) => type === "int").map(([name]) => name);
    const by = some(random, names, 2);
    const counts = random.below(3);
    return {
      ...drawn,
      of,
      ...(counts === 1 && names.length > 0 ? { distinct: random.pick(names) } : {}),
      ...(counts === 2 && whole.length > 0 && !told.metrics ? { sum: random.pick(whole) } : {}),
      ...(by.length === 0 ? {} : { by }),
    };
  },
  "ingest.forward_to": ({ random, plainly }) => {
    const { url: _url, secret: _secret, region: _region, distinct_id, ...drawn } = plainly() as Record<string, unknown>;
    const sink: SinkDefinition = sinks[drawn["sink"] as keyof typeof sinks];
    const values = { url: "https://store.example/in/", secret: "STORE_KEY", region: "eu-central-1", distinct_id };
    const there = sink.knows.filter(
      (key) => values[key] !== undefined && (sink.needs.includes(key) || random.chance(0.5)),
    );
    return { ...drawn, ...Object.fromEntries(there.map((key) => [key, values[key]])) };
  },
  "delivery.batch": ({ random }) => random.pick([1, 2]),
  "ingest.limits.body": () => "64KiB",
  "ingest.limits.events": ({ random }) => random.pick([2, 100]),
};

/** A file whose ending says nothing has a form; in an INI file there are only texts. */
function formed(step: Record<string, unknown>, random: Random, inPart: boolean): Record<string, unknown> {
  const { any_case: _any, trimmed: _trimmed, otherwise: _otherwise, enable_when: _enable, ...asNo } = step;
  // A flag turns nothing on but a part.
  if (step["flag"] !== undefined) return inPart && random.chance(0.5) ? { ...asNo, enable_when: "present" } : asNo;
  const { config, form: _, ...rest } = step;
  if (config !== "~/.toolrc" && config !== "tool.ini") return step["form"] === undefined ? step : { config, ...rest };
  const form = config === "tool.ini" ? "ini" : random.pick(["json", "jsonc", "yaml", "toml", "ini"]);
  const texts = (match: unknown) =>
    Array.isArray(match) ? match.map((one) => (typeof one === "object" ? one : String(one))) : match;
  const sides =
    form === "ini"
      ? { enable_when: texts(rest["enable_when"] ?? ["true"]), disable_when: texts(rest["disable_when"] ?? ["false"]) }
      : {};
  return { config, ...rest, ...sides, ...(config === "tool.ini" ? {} : { form }) };
}

function without(all: Readonly<Record<string, unknown>>, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key)));
}

function edges(random: Random): Spec {
  const labels = ["<10", "10-99", "100+", "many | more", "ü : ?"].slice(0, 2 + random.below(3));
  const from = random.pick([0, 1, 10, 0.5]);
  return Object.fromEntries(
    labels.map((label, at) => [label, at === labels.length - 1 ? "unlimited" : from + at * 10]),
  );
}

/** The parameters of one type, made to agree with each other, and an example where one is needed. */
function finished(drawn: Spec, told: Told, random: Random): Spec {
  const own: Record<string, unknown> = { ...drawn };
  const source = own["from"];
  if (typeof source === "string" && FILLED[source] !== undefined) Object.assign(clear(own), FILLED[source]);
  // Where nothing was typed there is none.
  if (source === "command") delete own["optional"];
  if (source === "schema-version")
    Object.assign(
      clear(own),
      random.pick<Spec>([
        { type: "const", value: told.version },
        { type: "int", min: 1 },
      ]),
    );
  if (typeof source === "object" && (source as Spec)["is"] === undefined)
    Object.assign(clear(own), { type: "version", from: { env: CHANNEL.env } });
  else if (typeof source === "object") Object.assign(clear(own), { type: "bool" });
  if (own["type"] === "identifier") delete own["from"];
  // A UUID that is no identifier is refused.
  if (own["type"] === "uuid" && random.chance(0.97)) Object.assign(clear(own), { type: "bool" });
  if (typeNamed(String(own["type"])) === undefined || own["type"] === "bool") addOpen(clear(own), told, random);
  if (own["type"] === "string") {
    const [, most, wide] = PATTERNS.find(([pattern]) => pattern === own["pattern"]) ?? ["", 8, false];
    own["max_length"] = most;
    if (wide) own["justification"] = JUSTIFICATION;
    else delete own["justification"];
  }
  if (own["type"] === "string" && "otherwise" in own) own["otherwise"] = TEXTS.get(String(own["pattern"]))?.[0];
  if (own["type"] === "hashed") {
    const { clear: _clear, ...rest } = own;
    const clear = random.chance(0.3) ? { clear: { type: "enum", values: ["main", "it's"] } } : {};
    for (const key of Object.keys(own)) delete own[key];
    Object.assign(own, rest, clear, {
      of: random.pick<Spec>([
        { type: "version" },
        { type: "enum", values: ["main", "b"] },
        { type: "text", max_length: 64 },
      ]),
      salt: random.pick(["none", "machine"]),
      keep: random.pick(["8 hex", "64 hex", "48 bits", "uuid"]),
      justification: JUSTIFICATION,
    });
  }
  if (own["type"] === "text") own["justification"] = JUSTIFICATION;
  if (own["type"] === "enum" && "otherwise" in own) own["otherwise"] = random.pick(own["values"] as readonly string[]);
  if ("why" in own || "example" in own) {
    const example = exampleOf(own, told);
    if (example === undefined) delete own["example"];
    else own["example"] = example;
  }
  if ("code_name" in own) own["code_name"] = `own_${told.count++}`;
  return own;
}

/** Adds what a named type leaves open. */
function addOpen(own: Record<string, unknown>, told: Told, random: Random): void {
  const named = told.types[String(own["type"])];
  const type = typeNamed(String(named?.["type"]));
  if (named === undefined || type === undefined || type.oneOf !== undefined) return;
  const open = Object.keys(type.parameters).filter((key) => !(key in named) && !["otherwise", "min"].includes(key));
  for (const key of some(random, open, 1)) {
    const meaning = MEANINGS[`${type.name}.${key}`];
    if (meaning !== undefined) own[key] = meaning({ told, random, depth: 0, path: "", plainly: () => undefined });
  }
}

/** A label's type is one of texts. */
function ofTexts(label: Spec, random: Random): Spec {
  const { nullable: _nullable, ...rest } = label;
  const textual = ["enum", "bucket", "string", "version", "timestamp", "text", "identifier"];
  if (textual.includes(String(rest["type"])) || random.chance(0.03)) return rest;
  const { example: _example, from: _from, ...own } = rest;
  return { ...clear({ ...own }), type: "enum", values: ["a", "it's", '"', "\\", "two\nlines"] };
}

const PARAMETERS = [
  "min",
  "cut",
  "what",
  "by",
  "salt",
  "keep",
  "clear",
  "max",
  "values",
  "otherwise",
  "unit",
  "below",
  "up_to",
  "pattern",
  "max_length",
  "justification",
  "timezone",
  "version",
  "value",
  "of",
  "max_items",
  "fields",
  "cases",
];

function clear(own: Record<string, unknown>): Record<string, unknown> {
  for (const key of PARAMETERS) delete own[key];
  return own;
}

/** Types whose values a condition can name. */
const TELLING: readonly string[] = ["bool", "int", "enum", "bucket", "const", "string", "version"];

/**
 * Removes cases: what depends on a field beside it can be no item, and no state key; what goes with every event is given once.
 */
function uncased(field: Spec): Spec {
  return field["type"] === "one_of" ? { ...clear({ ...without(field, "cases") }), type: "bool" } : field;
}

function withoutCases(fields: Record<string, Spec>): Record<string, Spec> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, uncased(field)]));
}

/** Types that suggest their own example, so that it doesn't matter which of them stands there. */
const IN_CASES: readonly Spec[] = [
  { type: "bool" },
  { type: "enum", values: ["a", "it's"] },
  { type: "bucket", unit: "files", below: { few: 10, many: "unlimited" } },
  { type: "object", fields: { ok: { type: "bool" }, "a b": { type: "enum", values: ["x"], optional: true } } },
];

/** One type for each value of a field that is always there, or for some, and maybe one for all others. */
function inCases(field: Spec, given: readonly (readonly [string, Spec])[], told: Told, random: Random): Spec {
  const rest = without(field, "from", "example", "only_when", "nullable", "otherwise");
  const [sibling, other] = given.length === 0 ? [] : random.pick(given);
  const values = [1, 2].flatMap(() => (other === undefined ? [] : [valueIn(other, told, random)]));
  if (sibling === undefined || !values.every((value) => ["string", "boolean"].includes(typeof value)))
    return uncased(rest);
  return {
    ...rest,
    by: sibling,
    cases: Object.fromEntries(values.map((value) => [String(value), random.pick(IN_CASES)])),
    ...(random.chance(0.5) ? { otherwise: random.pick(IN_CASES) } : {}),
    ...(random.chance(0.3) ? { nullable: true } : {}),
  };
}

/** Fields that stand beside each other: conditions name siblings, and identifiers have their names. */
function siblings(drawn: Record<string, Spec>, told: Told, random: Random): Spec {
  const free = Object.keys(told.identifiers);
  const renamed = Object.entries(drawn).map(([name, field]): [string, Spec] => {
    if (field["type"] !== "identifier") return [name, field];
    const identifier = free.splice(random.below(free.length), 1)[0];
    return identifier === undefined
      ? [name, { ...without(field, "example"), type: "bool" }]
      : [identifier, without(field, "example")];
  });
  const all = new Map(renamed);
  const always = [...all].filter(
    ([, field]) =>
      field["only_when"] === undefined &&
      field["legacy"] === undefined &&
      TELLING.includes(String(shapeOf(field, told)["type"])),
  );
  const given = always.filter(([, field]) => field["from"] === undefined && field["optional"] !== true);
  return Object.fromEntries(
    [...all].map(([name, field]) => {
      if (field["type"] === "one_of") return [name, inCases(field, given, told, random)];
      if (field["only_when"] === undefined) return [name, field];
      const [sibling, other] = always.length === 0 ? [] : random.pick(always);
      const value = other === undefined ? undefined : valueIn(other, told, random);
      if (sibling === undefined || !["string", "boolean", "number"].includes(typeof value))
        return [name, without(field, "only_when")];
      const another = other === undefined || random.chance(0.5) ? value : valueIn(other, told, random);
      const listed = typeof another === typeof value && another !== value;
      return [name, { ...field, only_when: { [sibling]: listed ? [value, another] : value } }];
    }),
  );
}

/** Parts of the names that everything else was told. What is asked is kept in the one state file. */
function partsOf(drawn: Spec | undefined, { state_file }: Spec, told: Told, random: Random): Spec {
  const found = Object.values(drawn ?? {}) as readonly Spec[];
  const all = found.length > 0 ? found : [{ model: "opt-in", order: [] }];
  return Object.fromEntries(
    told.parts.map((name, at) => {
      const { needs, ask, ...part } = all[at % all.length] as Spec;
      const steps = ((part["order"] ?? []) as readonly Spec[]).filter(
        (step) => step["stored"] === undefined || state_file !== undefined,
      );
      const own =
        steps.length > 0
          ? steps
          : [{ env: `TOOL_${name.toUpperCase()}`, enable_when: "truthy", disable_when: "falsy" }];
      const others = told.parts.slice(0, at);
      return [
        name,
        {
          ...part,
          order: own,
          ...(needs === undefined || others.length === 0 ? {} : { needs: random.chance(0.5) ? others[0] : others }),
          ...(ask === undefined || state_file === undefined ? {} : { ask }),
        },
      ];
    }),
  );
}

function consent(drawn: Record<string, unknown>, random: Random): Spec {
  const stateFile = drawn["state_file"];
  const steps = ((drawn["order"] ?? []) as readonly Record<string, unknown>[]).filter(
    (step) => step["stored"] === undefined || stateFile !== undefined,
  );
  const dnt = steps.map((step) =>
    step["env"] === "DO_NOT_TRACK" ? { env: "DO_NOT_TRACK", disable_when: step["disable_when"] ?? "truthy" } : step,
  );
  const side = drawn["model"] === "opt-in" ? "enable_when" : "disable_when";
  const keys = ((stateFile as Spec | undefined)?.["keys"] ?? {}) as Record<string, Spec>;
  const [answer] = Object.entries(keys).find(([, { type }]) => type === "bool") ?? [];
  const kept = dnt.some((step) => step["stored"] !== undefined);
  // What is asked has to be kept.
  if (!kept && answer !== undefined && (drawn["ask"] ?? drawn["commands"] ?? drawn["adopts"]) !== undefined)
    dnt.push({ stored: answer });
  const has = dnt.some(
    (step) => step[side] !== undefined || (step["env"] === undefined && step["disable_when"] === undefined),
  );
  const order = has ? dnt : [...dnt, { env: "TOOL_TELEMETRY", [side]: side === "enable_when" ? "truthy" : "falsy" }];
  const stores = stateFile === undefined ? ["stores"] : [];
  const part = (value: unknown) =>
    typeof value === "object" && value !== null ? without(value as Spec, ...stores) : value;
  const { ask, notice, commands, adopts, ...rest } = drawn;
  const isKept = order.some(
    (step) => step["stored"] !== undefined && (step["disable_when"] === undefined || step["enable_when"] !== undefined),
  );
  return {
    ...rest,
    order,
    ...(adopts === undefined || !isKept ? {} : { adopts }),
    ...(ask === undefined ? {} : { ask: (ask as readonly unknown[]).slice(0, random.pick([1, 1, 2])).map(part) }),
    ...(notice === undefined ? {} : { notice: part(notice) }),
    ...(commands === undefined
      ? {}
      : {
          commands: Object.fromEntries(
            Object.entries(commands as object).map(([word, command]) => [word, part(command)]),
          ),
        }),
  };
}

/** Draws an event by the clock: it says how often, and has no other limit. */
function byTheClock(drawn: Record<string, unknown>, random: Random): Record<string, unknown> {
  if (!("every" in drawn) || random.chance(0.5)) return without(drawn, "every", "first_after", "jitter");
  return {
    ...without(drawn, "limit"),
    ...("jitter" in drawn ? { jitter: "1500ms" } : {}),
    every: random.pick(["15m", "24h", "30d"]),
  };
}

/** Makes the fields that a limit and a sample name. Changes the event. */
function rhythm(event: Record<string, unknown>, told: Told, random: Random): void {
  const { limit, sample } = event as Record<string, Spec | undefined>;
  const fields = Object.entries((event["fields"] ?? {}) as Record<string, Spec>);
  Object.assign(clear(event), byTheClock({ ...event }, random));
  const closed = fields.filter(
    ([, { type, from }]) =>
      ["bool", "enum", "bucket"].includes(String(type)) && (from === undefined || from === "call"),
  );
  if (limit !== undefined && "for_each" in limit) {
    const [name] = closed.length > 0 ? random.pick(closed) : [];
    event["limit"] = name === undefined ? without(limit, "for_each") : { ...limit, for_each: [name] };
  }
  if (sample === undefined) return;
  const made = Object.entries(told.identifiers).filter(([, one]) => one["made_from"] !== "platform-id");
  const [by] = made.length === 0 ? [] : random.pick(made);
  event["sample"] = {
    ...without(sample, "by", "reported_as"),
    ...("by" in sample && by !== undefined ? { by } : {}),
    ...("reported_as" in sample ? { reported_as: "sample rate" } : {}),
  };
  if ("reported_as" in sample)
    event["fields"] = {
      ...Object.fromEntries(fields),
      "sample rate": { type: "const", value: sample["one_in"], why: "Says how many." },
    };
}

const whole = { type: "int", max: 1_000_000, example: 3, why: "Counts." };
const one = { type: "enum", values: ["a", "b"] };
const COMBINED: Readonly<Record<string, readonly [word: string, field: Spec]>> = {
  calls: ["calls", whole],
  failed: ["failed-calls", whole],
  amount: ["sum", whole],
  most: ["max", { ...whole, optional: true }],
  least: ["min", { type: "number", min: 0, max: 9, decimals: 1, example: 3, why: "Counts.", optional: true }],
  latest: ["last", { ...one, why: "Counts.", optional: true }],
  each: ["union", { type: "list", of: one, max_items: 2, example: ["a"], why: "Counts." }],
  different: ["count-distinct", { ...whole, max: 10_000 }],
};

function event(drawn: Record<string, unknown>, told: Told, random: Random): Spec {
  const own = without((drawn["fields"] ?? {}) as Spec, ...told.common) as Record<string, Spec>;
  const fields = isEmpty(own) ? undefined : (siblings(own, told, random) as Record<string, Spec>);
  const rest: Record<string, unknown> = fields === undefined ? without(drawn, "fields") : { ...drawn, fields };
  rhythm(rest, told, random);
  if (drawn["rollup"] === undefined || told.mode !== "queued") return without(rest, "rollup");
  const counters = Object.entries(COMBINED).filter(([name]) => name === "calls" || random.chance(0.4));
  const whole = Object.fromEntries(counters.map(([name, [, field]]) => [name, field]));
  const groups = Object.entries(fields ?? {}).filter(
    ([, { from, legacy }]) => (from === undefined || from === "call") && legacy !== true,
  );
  return {
    ...without(rest, "limit", "sample", "every", "first_after", "jitter"),
    fields: { ...fields, ...whole },
    rollup: {
      ...(drawn["rollup"] as object),
      one_per: [random.pick(["day", "day", "hour", "week", "3 calls"]), ...groups.map(([name]) => name)],
      combine: Object.fromEntries(counters.map(([name, [word]]) => [name, word])),
    },
  };
}

/** Parts of the address that each event fills in: its name, and fields that all of them have. */
function eventsOwn({ metrics, reported }: Told, random: Random): readonly string[] {
  if (metrics || random.chance(0.5)) return [];
  const [first = {}, ...others] = Object.values(reported);
  const shared = Object.keys(first).filter((name) => others.every((one) => name in one) && !name.includes(" "));
  return some(random, ["{event}", ...shared.map((name) => `{fields.${name}}`)], 2).map((one) => `/${one}`);
}

function delivery(drawn: Record<string, unknown>, random: Random): Spec {
  const { mode } = drawn;
  const queue = {
    file: random.pick(["~/.tool/queue.jsonl", "{app_dir}/q.jsonl"]),
    max_size: "64KiB",
    when_full: "drop-oldest",
  };
  if (mode !== "queued") return without(drawn, "queue", "flush", "batch");
  const points = new Map((drawn["flush"] as readonly Spec[] | undefined)?.map((one) => [one["at"], flushed(one)]));
  // What is sent in the background at a command's end may never be: something else must send it, too.
  if (points.size === 1 && points.get("command-end")?.["wait"] !== true && points.has("command-end"))
    points.set("command-start", { at: "command-start" });
  return {
    ...drawn,
    queue: drawn["queue"] ?? queue,
    ...(drawn["flush"] !== undefined && { flush: [...points.values()] }),
  };
}

/** With the keys that do something at its point; at the process's end only what waits is sent. */
function flushed(one: Spec): Spec {
  switch (one["at"]) {
    case "interval":
      return { ...without(one, "wait", "commands"), every: one["every"] ?? "6h" };
    case "command-start":
      return without(one, "wait", "every");
    case "command-end":
      return without(one, "every");
    default:
      return { ...without(one, "every", "commands"), wait: true };
  }
}
