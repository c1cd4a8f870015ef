import ts from "typescript";
import type { Model } from "../../generator/model/model.js";
import { parsePage } from "../targets/docs/parse-page.js";
import { wireKeys } from "../wire-keys.js";

/** event → field → its closed set as sorted texts, or "open". What goes with every event is in each of them. */
export type Told = Readonly<Record<string, Readonly<Record<string, readonly string[] | "open">>>>;
type Fields = Record<string, readonly string[] | "open">;
type Schema = {
  enum?: unknown[];
  const?: unknown;
  type?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
};

/** Each reader knows its output and nothing of the contract but the names of the wire's own keys. */
export function fromPage(page: string): Told {
  const {
    "With every request": request,
    "With every event": event,
    "In the address": _address,
    ...events
  } = parsePage(page);
  const common = { ...request, ...event };
  return each(events, (fields) =>
    each(topLevel({ ...common, ...fields }), (values) =>
      values === "open" ? values : sorted(values.map((value) => (/^".*"$/.test(value) ? JSON.parse(value) : value))),
    ),
  );
}

export function fromSchema(
  payload: { properties?: Record<string, Schema>; definitions?: Record<string, Schema> },
  model: Model,
): Told {
  const wire = wireKeys(model);
  const own = new Set(
    wire.format === "prometheus-text"
      ? []
      : wire.format === "json"
        ? [wire.eventKey]
        : [wire.eventKey, wire.timeKey, wire.eventsKey],
  );
  const read = (properties: Record<string, Schema> = {}) =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => !own.has(name))
        .map(([name, schema]) => [name, setOf(schema)]),
    );
  const common = wire.format === "json-batch" ? read(payload.properties) : {};
  return each(payload.definitions ?? {}, (event) => {
    const inner =
      wire.format === "json-batch"
        ? event.properties?.[wire.fieldsKey]
        : wire.format === "prometheus-text"
          ? event.properties?.["labels"]
          : event;
    return { ...common, ...read(inner?.properties) };
  });
}

export function fromWorker(allowlist: string, validators: string): Told {
  const sets = new Map(
    [...validators.matchAll(/^export const (is\w+) = (.*)$/gm)].map(([, name = "", code = ""]) => [
      name,
      setInCode(code),
    ]),
  );
  const read = (code: string): Fields => {
    const checks = new Map(
      [...code.matchAll(/(is\w+)\(sent(?:\.([\w$]+)|\[("(?:[^"\\]|\\.)*")\])\)/g)].map(
        ([, check = "", plain, quoted]) => [plain ?? JSON.parse(quoted as string), check],
      ),
    );
    const kept = [...code.matchAll(/\bkept(?:\.([\w$]+)|\[("(?:[^"\\]|\\.)*")\]) = (?:sent\b|\w+Kept;)/g)].map(
      ([, plain, quoted]) => plain ?? (JSON.parse(quoted as string) as string),
    );
    return Object.fromEntries(kept.map((name) => [name, sets.get(checks.get(name) ?? "") ?? "open"]));
  };
  const [before = "", after = ""] = allowlist.split("const events = {");
  // What mends an object stands before it, and names fields that are not at the top.
  const common = read(/^function common\([\s\S]*?^\}/m.exec(before)?.[0] ?? "");
  const blocks = [...after.matchAll(/^ {2}(?:([\w$]+)|\[?("(?:[^"\\]|\\.)*")\]?)\(sent[\s\S]*?^ {2}\},/gm)];
  return Object.fromEntries(
    blocks.map(([code, plain, quoted]) => [plain ?? JSON.parse(quoted as string), { ...common, ...read(code) }]),
  );
}

export function fromEmitters(files: readonly string[]): Told {
  const events: Record<string, Fields> = {};
  let common: Fields = {};
  for (const text of files) {
    const visit = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node)) {
        const value = literal(node) as {
          name?: string;
          fields?: unknown;
          labels?: unknown;
          by?: unknown;
          counters?: string[];
          common?: unknown;
        };
        const lists = [value.fields, value.labels, value.by].filter(Array.isArray);
        if (typeof value.name === "string" && lists.length > 0) {
          events[value.name] = {
            ...fieldsIn(lists.flat()),
            ...Object.fromEntries((value.counters ?? []).map((counter) => [counter, "open" as const])),
          };
          return;
        }
        if (Array.isArray(value.common)) common = fieldsIn(value.common);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile("a.ts", text, ts.ScriptTarget.ES2022, true));
  }
  return each(events, (fields) => ({ ...common, ...fields }));
}

function fieldsIn(list: readonly unknown[]): Fields {
  return Object.fromEntries((list as { name: string; take: Called }[]).map(({ name, take }) => [name, taken(take)]));
}

/** A function of the client's, and what it is made for. */
interface Called {
  readonly called: string;
  readonly args: readonly unknown[];
}

function taken({ called, args }: Called): readonly string[] | "open" {
  switch (called) {
    case "flag":
      return ["false", "true"];
    case "always":
      return sorted(args);
    case "oneOf":
      return sorted(args[0] as readonly unknown[]);
    case "below":
    case "upTo":
      return sorted(args[1] as readonly unknown[]);
    case "list":
    case "orNull":
      return taken(args[0] as Called);
    default:
      return "open";
  }
}

/** Literals as they are; a call, or a function's name, as such. */
function literal(node: ts.Node): unknown {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node)) return -Number((node.operand as ts.NumericLiteral).text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literal);
  if (ts.isCallExpression(node)) return { called: node.expression.getText(), args: node.arguments.map(literal) };
  if (ts.isIdentifier(node)) return { called: node.text, args: [] };
  if (!ts.isObjectLiteralExpression(node)) return null;
  return Object.fromEntries(
    node.properties
      .filter(ts.isPropertyAssignment)
      .map(({ name, initializer }) => [(name as ts.Identifier).text, literal(initializer)]),
  );
}

function setOf(schema: Schema): readonly string[] | "open" {
  const inner = schema.items ?? schema;
  if (inner.properties !== undefined) return "open";
  if (inner.enum !== undefined) return sorted(inner.enum.filter((value) => value !== null));
  if (inner.const !== undefined) return sorted([inner.const]);
  return [inner.type].flat()[0] === "boolean" ? ["false", "true"] : "open";
}

/** Returns the set that a compiled validator compares with. */
function setInCode(code: string): readonly string[] | "open" {
  if (/typeof data\d* == "object"/.test(code)) return "open";
  if (/typeof data\d* !== "boolean"/.test(code)) return ["false", "true"];
  const all = [
    ...code.matchAll(/(?<!typeof )data\d* === ("(?:[^"\\]|\\.)*"|true|false|-?\d+)/g),
    ...code.matchAll(/("(?:[^"\\]|\\.)*"|true|false|-?\d+) !== data\d*/g),
  ].map(([, value = ""]) => JSON.parse(value) as unknown);
  return all.length > 0 ? sorted(all) : "open";
}

function topLevel(fields: Readonly<Record<string, readonly string[] | "open">>): Fields {
  const names = Object.keys(fields);
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name]) => !names.some((outer) => name.startsWith(`${outer}.`) || name.startsWith(`${outer}[].`)),
    ),
  );
}

function sorted(values: readonly unknown[]): readonly string[] {
  return values.map(String).sort();
}

function each<Value, Made>(of: Readonly<Record<string, Value>>, make: (value: Value) => Made): Record<string, Made> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, make(value)]));
}
