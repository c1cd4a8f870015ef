import { ts } from "ts-morph";
import { docComment } from "../../code/comment.js";
import { key, quoted } from "../../code/literal.js";
import type { InputSchema, InputType, Property } from "./inputs.js";

const width = 120;

/**
 * `types.ts`: json-schema-to-typescript says what type a schema has; we print what it says, with the contract's words beside it.
 * Its own comments are not used, since ours can't be broken out of.
 */
export async function printTypes(types: readonly InputType[]): Promise<string> {
  const { compile } = await import("json-schema-to-typescript");
  const definitions = Object.fromEntries(types.map((type, at) => [`T${at}`, objectSchema(type.properties)]));
  const root = { type: "object", additionalProperties: false, definitions };
  const text = await compile(root as never, "Root", {
    bannerComment: "",
    format: false,
    maxItems: -1,
    unreachableDefinitions: true,
    additionalProperties: false,
  });
  const { statements } = ts.createSourceFile("types.ts", text, ts.ScriptTarget.Latest);
  const found = new Map(statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one.members]));
  return types
    .map(({ name, doc, properties }, at) => {
      const body = members(found.get(`T${at}`) ?? ts.factory.createNodeArray(), properties, "  ");
      return `${docComment(doc)}export interface ${name} {\n${body}}\n`;
    })
    .join("\n");
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

type Members = ts.NodeArray<ts.TypeElement>;

function members(found: Members, properties: readonly Property[] | undefined, indent: string): string {
  return found
    .filter(ts.isPropertySignature)
    .map((member) => {
      const name = (member.name as ts.Identifier | ts.StringLiteral).text;
      const described = properties?.find((one) => one.name === name);
      const start = `${indent}readonly ${key(name)}${member.questionToken ? "?" : ""}:`;
      const type =
        member.type === undefined ? " unknown" : typeAfter(start, member.type, described?.properties, indent);
      return `${docComment(described?.doc ?? [], indent)}${start}${type};\n`;
    })
    .join("");
}

/** What stands behind `name:`, broken as prettier would. */
function typeAfter(
  start: string,
  type: ts.TypeNode,
  properties: readonly Property[] | undefined,
  indent: string,
): string {
  const node = bare(type);
  if (ts.isTypeLiteralNode(node)) return ` ${object(node, properties, indent)}`;
  const line = ` ${inline(node)}`;
  if (start.length + line.length + 1 <= width && !line.includes("\n")) return line;
  if (ts.isUnionTypeNode(node)) {
    return node.types
      .map(
        (part) =>
          `\n${indent}  | ${ts.isTypeLiteralNode(bare(part)) ? object(bare(part) as ts.TypeLiteralNode, properties, `${indent}    `) : inline(bare(part))}`,
      )
      .join("");
  }
  if (ts.isArrayTypeNode(node)) {
    const item = bare(node.elementType);
    if (ts.isUnionTypeNode(item))
      return ` readonly (\n${item.types.map((part) => `${indent}  | ${inline(part)}\n`).join("")}${indent})[]`;
    if (ts.isTypeLiteralNode(item)) return ` readonly ${object(item, properties, indent)}[]`;
  }
  return line;
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
  if (ts.isTypeLiteralNode(node)) return object(node, undefined, "");
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
]);
