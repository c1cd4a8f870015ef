import type { JsonValue } from "../../model/json-schema.js";
import type { PlanField, PlanValue } from "../../plan/plan.js";
import { isLine, matcher, texts } from "./text-samples.js";

/** Something that is given, and what travels of it: nothing where it is refused. */
export interface Sample {
  readonly what: string;
  readonly given: JsonValue;
  readonly travels?: JsonValue;
}

interface Example {
  readonly given: JsonValue;
  readonly travels: JsonValue;
}

type Of<Kind extends PlanValue["is"]> = Extract<PlanValue, { readonly is: Kind }>;

/**
 * Returns what is given and what becomes of it, for a kind of value: its edges and what lies just beyond them, and what languages read
 * differently. Worked out from the plan's words alone, so that no client is its own judge.
 * @param example one that is let through, as it is given and as it travels.
 */
export function samplesOf(value: PlanValue, example: Example): readonly Sample[] {
  switch (value.is) {
    case "always":
      return [];
    case "or-null":
      return [
        { what: "null", given: null, travels: null },
        ...samplesOf(value.of, example).filter(({ given }) => given !== null),
      ];
    case "flag":
      return [kept(true), kept(false), ...refused(1, 0, "true", "", null, [true])];
    case "integer":
      return wholeNumbers(value);
    case "number":
      return numbers(value);
    case "text":
      return [
        ...texts(
          value.most,
          value.pattern === undefined ? () => true : matcher(value.pattern),
          String(example.travels),
        ),
        ...refused(1, true, null, [String(example.travels)]),
      ];
    case "line":
      return [
        ...texts(value.most, isLine, String(example.travels)),
        ...refused(1, true, null, "", "\ud800", "a\u2028b", "a\u0085", "\ufeffa"),
      ];
    case "hashed":
      // What travels is worked out by the client; its own tests have cases.
      return refused(1, true, null, [String(example.given)]);
    case "or-else": {
      const inner = samplesOf(value.of, example);
      return inner.map((one) => ({ ...one, travels: "travels" in one ? (one.travels ?? null) : value.otherwise }));
    }
    case "cut":
      return cutTexts(value, example);
    case "one-of":
      return oneOf(value.values, value.otherwise);
    case "below":
    case "up-to":
      return buckets(value);
    case "list":
    case "items":
      return lists(value, example);
    case "rounded":
      return roundedNumbers(value);
    case "map":
      return maps(example);
    case "object":
      return objects(value.fields, example);
    case "cases":
      // What travels depends on the field beside it; the TypeScript client, which alone has them, has tests of its own.
      return [];
    default:
      return value satisfies never;
  }
}

export function kept(given: JsonValue): Sample {
  return { what: said(given), given, travels: given };
}

function refused(...all: readonly JsonValue[]): readonly Sample[] {
  return all.map((given) => ({ what: `not ${said(given)}`, given }));
}

export function said(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 36)}… (${text.length})` : text;
}

function wholeNumbers({ least = -9007199254740991, most = 9007199254740991 }: Numbers): readonly Sample[] {
  // Where there are no halves any more it would be a whole number.
  const half = [least + 0.5].filter((one) => !Number.isInteger(one));
  return [
    kept(least),
    kept(most),
    ...refused(least - 1, most + 1, ...half, true, String(most), null, [least], { value: least }),
  ];
}

type Numbers = { readonly least?: number; readonly most?: number };

function numbers({ least, most }: Numbers): readonly Sample[] {
  return [
    ...(least === undefined ? [] : [kept(least), ...refused(least - 1)]),
    ...(most === undefined ? [] : [kept(most), ...refused(most + 1)]),
    ...refused(true, "1", null),
  ];
}

function roundedNumbers({ least, most, decimals }: Of<"rounded">): readonly Sample[] {
  const third = Number(((least + most) / 3).toFixed(decimals));
  return [
    kept(least),
    kept(most),
    kept(third),
    { what: "what is rounded", given: third + 10 ** -(decimals + 2), travels: third },
    ...refused(least - 1, most + 1, true, String(most), null, [least]),
  ];
}

function cutTexts({ of, most }: Of<"cut">, example: Example): readonly Sample[] {
  const [long, pair] = ["b".repeat(most + 1), `${"b".repeat(most - 1)}\u{1f600}`];
  return [
    ...samplesOf(of, example).filter(({ given }) => typeof given !== "string" || given.length <= most),
    { what: "what is too long, cut", given: long, travels: long.slice(0, most) },
    ...(most > 1 ? [{ what: "no half of a pair at its end", given: pair, travels: pair.slice(0, most - 1) }] : []),
  ];
}

function maps({ given, travels }: Example): readonly Sample[] {
  return [
    { what: "an empty map", given: {}, travels: {} },
    { what: "an entry that is not valid", given: { ...(given as JsonObject), "/home/ann": { x: 1 } }, travels },
    ...refused("text", 1, null, [given]),
  ];
}

function oneOf(values: readonly JsonValue[], otherwise: string | undefined): readonly Sample[] {
  const beside: readonly JsonValue[] = ["not one of them", "", null, ...values.flatMap(nearly)];
  const missed = beside.filter((value) => !values.includes(value));
  return [
    ...values.map(kept),
    ...(otherwise === undefined
      ? refused(...missed)
      : missed.map((given) => ({ what: `${said(given)} as ${said(otherwise)}`, given, travels: otherwise }))),
  ];
}

/** Returns what another language may take for the same: `1`, `1.0` and `True`. */
function nearly(value: JsonValue): readonly JsonValue[] {
  if (typeof value === "number") return [String(value), ...(value === 1 ? [true] : value === 0 ? [false] : [])];
  if (typeof value === "boolean") return [value ? 1 : 0, String(value)];
  if (typeof value === "string") return [`${value}\n`, ` ${value}`, value.toUpperCase(), [value]];
  return [];
}

function buckets({ is, edges, labels }: Of<"below" | "up-to">): readonly Sample[] {
  const labelOf = (given: number) => {
    const at = edges.findIndex((edge) => ({ below: given < edge, "up-to": Math.floor(given) <= edge })[is]);
    return labels.at(at) ?? "";
  };
  const numbers = edges.flatMap((edge) => [edge - 1, edge - 0.5, edge, edge + 0.5, edge + 1]);
  return [
    ...[...numbers, -5, 0, 1e15, 1e300].map((given) => ({
      what: `${given} as ${labelOf(given)}`,
      given,
      travels: labelOf(given),
    })),
    ...refused(true, String(edges[0] ?? 1), null, [1]),
  ];
}

function lists({ is, of, most }: Of<"list" | "items">, example: Example): readonly Sample[] {
  const [given, travels] = [example.given, example.travels];
  if (!Array.isArray(given) || !Array.isArray(travels)) return [];
  const [item, sent] = [given[0] as JsonValue | undefined, travels[0] as JsonValue | undefined];
  const items =
    item === undefined || sent === undefined ? [] : samplesOf(of, { given: item, travels: sent }).slice(0, 24);
  return [
    { what: "an empty list", given: [], travels: [] },
    ...items.map((one) => ({
      what: `a list of ${one.what}`,
      given: [...given, one.given].slice(-(most ?? 99)),
      ...("travels" in one
        ? { travels: [...travels, one.travels ?? null].slice(-(most ?? 99)) }
        : is === "items"
          ? { travels: travels.slice(Math.max(0, travels.length + 1 - (most ?? 99))) }
          : {}),
    })),
    ...(most === undefined || item === undefined || sent === undefined || most > 300
      ? []
      : [
          { what: `${most} items`, given: Array(most).fill(item), travels: Array(most).fill(sent) },
          { what: `not ${most + 1} items`, given: Array(most + 1).fill(item) },
        ]),
    ...refused("text", 1, null, { 0: "a", length: 1 }),
  ];
}

function otherwiseOf(value: PlanValue): string | undefined {
  if (value.is === "or-null") return otherwiseOf(value.of);
  return value.is === "one-of" || value.is === "or-else" ? value.otherwise : undefined;
}

type JsonObject = { readonly [key: string]: JsonValue };

function objects(fields: readonly PlanField[], example: Example): readonly Sample[] {
  const [given, travels] = [example.given as JsonObject, example.travels as JsonObject];
  return [
    { what: "nothing beside its fields", given: { ...given, unlisted: "/home/ann" }, travels },
    ...fields.flatMap((field) => {
      const { [field.name]: _, ...without } = given;
      const { [field.name]: __, ...sent } = travels;
      if (!(field.name in given) || Object.keys(field.onlyWhen).length > 0) return [];
      const inner = samplesOf(field.value, { given: given[field.name] ?? null, travels: travels[field.name] ?? null });
      const lost = field.optional ? { travels: sent } : {};
      // What is missing and has to be there is anything else, too.
      const instead = field.optional ? undefined : otherwiseOf(field.value);
      return [
        instead === undefined
          ? { what: `${field.optional ? "" : "not "}without ${field.name}`, given: without, ...lost }
          : {
              what: `without ${field.name} as ${said(instead)}`,
              given: without,
              travels: { ...travels, [field.name]: instead },
            },
        ...inner.slice(0, 12).map((one) => ({
          what: `${field.name}: ${one.what}`,
          given: { ...given, [field.name]: one.given },
          ...("travels" in one ? { travels: { ...travels, [field.name]: one.travels ?? null } } : lost),
        })),
      ];
    }),
    ...refused("text", 1, null, []),
  ];
}
