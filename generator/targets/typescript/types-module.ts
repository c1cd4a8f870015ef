import { ts } from "ts-morph";
import { docComment } from "../../emit/comment.js";
import { key, quoted } from "../../emit/literal.js";
import { fragmentOf, hasFragment } from "../../model/fragments.js";
import type { InputSchema, InputType, Property } from "./inputs.js";

const width = 120;

/**
 * `types.ts`: json-schema-to-typescript says what type a schema has; we print what it says, with the contract's words beside it.
 * Its own comments are not used, since ours can't be broken out of. It is asked once per distinct schema: most fields of a
 * large contract are alike.
 */
export async function printTypes(types: readonly InputType[], part: string = "types"): Promise<string> {
  const fresh = types.filter((type) => !hasFragment(type, part));
  const found = await typesOf([...new Set(fresh.flatMap(({ properties }) => properties.map(keyOf)))]);
  return types.map((type) => fragmentOf(type, part, () => printType(type, found))).join("\n");
}

function printType({ name, doc, properties }: InputType, found: FoundTypes): string {
  const lines = properties.map((one) => line(one.name, one.optional, found.get(keyOf(one)), one, "  "));
  return `${docComment(doc)}export interface ${name} {${lines.length === 0 ? "" : `\n${lines.join("")}`}}\n`;
}

type FoundTypes = ReadonlyMap<string, ts.TypeNode | undefined>;

/** The type of each schema, by its text. */
async function typesOf(schemas: readonly string[]): Promise<FoundTypes> {
  if (schemas.length === 0) return new Map();
  const { compile } = await import("json-schema-to-typescript");
  const properties = Object.fromEntries(schemas.map((schema, at) => [`p${at}`, JSON.parse(schema) as InputSchema]));
  const root = { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
  const options = { bannerComment: "", format: false, maxItems: -1, additionalProperties: false };
  const text = await compile(root as never, "Root", options);
  const { statements } = ts.createSourceFile("types.ts", text, ts.ScriptTarget.Latest);
  const members = statements.filter(ts.isInterfaceDeclaration).flatMap((one) => [...one.members]);
  const typeOf = new Map(
    members.filter(ts.isPropertySignature).map((member) => [(member.name as ts.Identifier).text, member.type]),
  );
  return new Map(schemas.map((schema, at) => [schema, typeOf.get(`p${at}`)]));
}

function keyOf(one: Property): string {
  return JSON.stringify(one.properties === undefined ? one.schema : nested(one));
}

function objectSchema(properties: readonly Property[]): InputSchema {
  return {
    type: "object",
    properties: Object.fromEntries(
      properties.map((one) => [one.name, one.properties === undefined ? one.schema : nested(one)]),
    ),
    required: properties.filter(({ optional }) => !optional).map(({ name }) => name),
    additionalProperties: false,
  };
}

function nested({ schema, properties = [] }: Property): InputSchema {
  return "anyOf" in schema ? { anyOf: [objectSchema(properties), { type: "null" }] } : objectSchema(properties);
}

function members(
  found: ts.NodeArray<ts.TypeElement>,
  properties: readonly Property[] | undefined,
  indent: string,
): string {
  return found
    .filter(ts.isPropertySignature)
    .map((member) => {
      const name = (member.name as ts.Identifier | ts.StringLiteral).text;
      const described = properties?.find((one) => one.name === name);
      return line(name, member.questionToken !== undefined, member.type, described, indent);
    })
    .join("");
}

function line(
  name: string,
  optional: boolean,
  type: ts.TypeNode | undefined,
  described: Property | undefined,
  indent: string,
): string {
  const start = `${indent}readonly ${key(name)}${optional ? "?" : ""}:`;
  const said =
    type === undefined
      ? " unknown"
      : typeAfter(start, optional ? orUndefined(type) : type, described?.properties, indent);
  return `${docComment(described?.doc ?? [], indent)}${start}${said};\n`;
}

/** Allows undefined for optional values, also to a compiler that tells the two apart. */
function orUndefined(type: ts.TypeNode): ts.TypeNode {
  const node = bare(type);
  const nothing = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  return ts.factory.createUnionTypeNode([...(ts.isUnionTypeNode(node) ? node.types : [type]), nothing]);
}

/** Returns what stands behind `name:`, broken as prettier would. */
function typeAfter(
  start: string,
  type: ts.TypeNode,
  properties: readonly Property[] | undefined,
  indent: string,
): string {
  const node = bare(type);
  if (isObject(node)) return ` ${object(node, properties, indent)}`;
  const line = ` ${inline(node)}`;
  if (start.length + line.length + 1 <= width && !line.includes("\n")) return line;
  if (ts.isUnionTypeNode(node)) {
    return node.types
      .map(
        (part) =>
          `\n${indent}  | ${isObject(bare(part)) ? object(bare(part) as ts.TypeLiteralNode, properties, `${indent}    `) : inline(bare(part))}`,
      )
      .join("");
  }
  if (ts.isArrayTypeNode(node)) {
    const item = bare(node.elementType);
    if (ts.isUnionTypeNode(item))
      return ` readonly (\n${item.types.map((part) => `${indent}  | ${inline(part)}\n`).join("")}${indent})[]`;
    if (isObject(item)) return ` readonly ${object(item, properties, indent)}[]`;
  }
  return line;
}

/** One with members of its own, which is no map. */
function isObject(node: ts.TypeNode): node is ts.TypeLiteralNode {
  return ts.isTypeLiteralNode(node) && entryOf(node) === undefined;
}

/** Returns what a map's values are. */
function entryOf(node: ts.TypeLiteralNode): ts.TypeNode | undefined {
  return node.members.find(ts.isIndexSignatureDeclaration)?.type;
}

function object(node: ts.TypeLiteralNode, properties: readonly Property[] | undefined, indent: string): string {
  return node.members.length === 0 ? "{}" : `{\n${members(node.members, properties, `${indent}  `)}${indent}}`;
}

function inline(type: ts.TypeNode): string {
  const node = bare(type);
  if (ts.isUnionTypeNode(node)) return node.types.map(inline).join(" | ");
  if (ts.isArrayTypeNode(node)) {
    const item = bare(node.elementType);
    return `readonly ${ts.isUnionTypeNode(item) || ts.isArrayTypeNode(item) ? `(${inline(item)})` : inline(item)}[]`;
  }
  if (ts.isLiteralTypeNode(node)) return literalOf(node.literal);
  // Any text beside those that are known, which an editor then still completes.
  if (ts.isIntersectionTypeNode(node)) return "(string & {})";
  if (ts.isTypeLiteralNode(node)) {
    const value = entryOf(node);
    return value === undefined ? object(node, undefined, "") : `Readonly<Record<string, ${inline(value)}>>`;
  }
  return keywords.get(node.kind) ?? "unknown";
}

function literalOf(node: ts.LiteralTypeNode["literal"]): string {
  if (ts.isStringLiteral(node)) return quoted(node.text);
  if (ts.isPrefixUnaryExpression(node)) return `-${(node.operand as ts.NumericLiteral).text}`;
  if (ts.isNumericLiteral(node)) return node.text;
  return node.kind === ts.SyntaxKind.NullKeyword ? "null" : node.kind === ts.SyntaxKind.TrueKeyword ? "true" : "false";
}

function bare(type: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? bare(type.type) : type;
}

const keywords = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.UndefinedKeyword, "undefined"],
]);
