import { commentText } from "../emit/comment.js";
import { quoted } from "../emit/literal.js";
import { allVariants } from "../model/cases.js";
import type { FrozenField } from "../model/frozen.js";
import { pascalCase } from "../names.js";
import type { Checks } from "./checks.js";
import { copies, excesses, needs, print, type Rules } from "./statements.js";

type FrozenType = FrozenField["type"];

/** Returns whether something of a value can be left out and the rest be kept: objects, and lists of them. A list of plain values is one value. */
export function isDeep(type: FrozenType): boolean {
  return type.fields !== undefined || type.keys !== undefined || (type.of !== undefined && isDeep(type.of));
}

/** Every type that a value of this one has inside itself. */
export function typesInside(type: FrozenType): readonly FrozenType[] {
  if (!isDeep(type)) return [];
  const inner = [
    ...allVariants(type.fields ?? []).map((field) => field.type),
    ...(type.of === undefined ? [] : [type.of]),
    ...(type.keys === undefined ? [] : [type.keys]),
  ];
  return inner.flatMap((one) => [one, ...typesInside(one)]);
}

/** The types of which one stands there. */
export function casesOf(type: FrozenType): readonly FrozenType[] {
  return type.cases?.map((one) => one.type) ?? [type];
}

/** Returns what is called where a value isn't whole, or where something of it is removed in any case. */
export function mendName(type: FrozenType, checks: Checks): string {
  const without = droppedInside(type).map((path) => pascalCase(path));
  return checks.of(type).replace(/^is/, "mend") + (without.length === 0 ? "" : `Without${without.join("And")}`);
}

/** Returns what is accepted inside of it and never kept. */
export function droppedInside(type: FrozenType): readonly string[] {
  return [
    ...allVariants(type.fields ?? []).flatMap(({ wireName, droppedAtEdge, type: inner }) =>
      droppedAtEdge === true ? [wireName] : droppedInside(inner).map((path) => `${wireName}_${path}`),
    ),
    ...(type.of === undefined ? [] : droppedInside(type.of)),
  ];
}

/** The value as it is, where it is whole and nothing of it is removed; else what is left of it. */
export function leftOf(type: FrozenType, value: string, checks: Checks): string {
  const mended = `${mendName(type, checks)}(${value})`;
  if (droppedInside(type).length > 0) return type.nullable === true ? `${value} === null ? null : ${mended}` : mended;
  return `${checks.of(type)}(${value}) ? ${value} : ${mended}`;
}

/**
 * One function for each object or list: what is left of a value that isn't whole, or why nothing is. Inside it holds what holds for an
 * event: an unknown key is no more than that, an item falls as an event of a batch does, a field as a field does, and what has lost
 * something that it needs is lost itself.
 */
export function printMends(types: readonly FrozenType[], rules: Rules): string {
  const deep = types
    .flatMap(casesOf)
    .flatMap((type) => [type, ...typesInside(type)])
    .filter(isDeep);
  const named = new Map(deep.map((type) => [mendName(type, rules.checks), type]));
  return [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, type]) => printMend(name, type, rules))
    .join("\n");
}

function printMend(name: string, type: FrozenType, rules: Rules): string {
  const body =
    type.fields !== undefined
      ? objectBody(type.fields, rules)
      : type.keys !== undefined
        ? mapBody(type, rules)
        : listBody(type, rules);
  return `/** Returns the rest of ${commentText(type.rule)}; or, as a text, why nothing is. */\nfunction ${name}(sent) {\n${body.join("\n")}\n}\n`;
}

function objectBody(fields: readonly FrozenField[], rules: Rules): readonly string[] {
  const keys = fields.map(({ wireName }) => `key === ${quoted(wireName)}`).join(" || ");
  return [
    `  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return "invalid_field";`,
    ...(rules.ingest.unknownField === "strip"
      ? []
      : ["  // prettier-ignore", `  if (!Object.keys(sent).every((key) => ${keys})) return "unknown_field";`]),
    ...print([...excesses(fields, rules), ...needs(fields, rules)], "  "),
    "  const kept = {};",
    ...print(copies(fields, rules), "  "),
    "  return kept;",
  ];
}

function mapBody({ keys, of, schema }: FrozenType, { ingest, checks }: Rules): readonly string[] {
  if (keys === undefined || of === undefined) return [];
  const whole = `${checks.of(of)}(sent[key])`;
  const valid = [`${checks.of(keys)}(key)`, `key !== "__proto__"`];
  const strips = ingest.invalidField === "strip";
  return [
    `  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return "invalid_field";`,
    "  const all = Object.keys(sent);",
    `  if (all.length > ${schema.maxProperties}) return "invalid_field";`,
    "  const kept = {};",
    "  for (const key of all) {",
    `    if (!(${valid.join(" && ")})) ${strips ? "continue" : `return "invalid_field"`};`,
    ...(isDeep(of)
      ? [
          `    const left = ${leftOf(of, "sent[key]", checks)};`,
          ...(ingest.unknownField === "strip" ? [] : [`    if (left === "unknown_field") return left;`]),
          ...(strips
            ? [`    if (typeof left !== "string") kept[key] = left;`]
            : [`    if (typeof left === "string") return "invalid_field";`, "    kept[key] = left;"]),
        ]
      : strips
        ? [`    if (${whole}) kept[key] = sent[key];`]
        : [`    if (!${whole}) return "invalid_field";`, "    kept[key] = sent[key];"]),
    "  }",
    "  return kept;",
  ];
}

function listBody({ of, schema }: FrozenType, { ingest, checks }: Rules): readonly string[] {
  if (of === undefined) return [];
  const most = schema.maxItems === undefined ? "" : ` || sent.length > ${schema.maxItems}`;
  const strips = ingest.invalidField === "strip";
  return [
    `  if (!Array.isArray(sent)${most}) return "invalid_field";`,
    "  const kept = [];",
    "  for (const item of sent) {",
    `    const left = ${leftOf(of, "item", checks)};`,
    ...(ingest.unknownField === "strip" ? [] : [`    if (left === "unknown_field") return left;`]),
    ...(strips
      ? [`    if (typeof left !== "string") kept.push(left);`]
      : [`    if (typeof left === "string") return "invalid_field";`, "    kept.push(left);"]),
    "  }",
    "  return kept;",
  ];
}
