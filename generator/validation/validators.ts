import { _, Ajv } from "ajv";
import { _Code as CodegenCode } from "ajv/dist/compile/codegen/code.js";
import { ValueScope } from "ajv/dist/compile/codegen/scope.js";
import { docComment } from "../emit/comment.js";
import { escapeUnseen } from "../emit/escape.js";
import { fragmentOf } from "../model/fragments.js";
import type { JsonSchema } from "../model/json-schema.js";
import { idOf, type ValueCheck } from "./checks.js";

/**
 * `validators.js`: one function per distinct property type, compiled by ajv. No eval, no require, no import: what is here is all
 * that runs. Each stands alone, so that one more event changes nothing of the others.
 */
export function printValidators(checks: readonly ValueCheck[]): string {
  return checks
    .map(({ name, schema, rule, of = {} }) => {
      const body = fragmentOf(of, `check ${idOf(schema)}`, () => compile(schema));
      return `${docComment([rule])}// prettier-ignore\nexport const ${name} = (() => {${body}})();\n`;
    })
    .join("\n");
}

/** One for all: setting an instance up costs more than compiling a type. */
const ajv = new Ajv({
  strict: true,
  // Else lengths are counted in code points by a function that has to be required.
  unicode: false,
  unicodeRegExp: false,
  // A property that is only inherited is not there.
  ownProperties: true,
  // Else long lists of values are compared by a function that has to be required.
  loopEnum: Number.POSITIVE_INFINITY,
  // Decimals are not exact in any number format.
  multipleOfPrecision: 6,
  messages: false,
  logger: false,
  // The schema is our own types': compiling draft-07's own schema to judge it would cost more than all the rest.
  meta: false,
  validateSchema: false,
  // Only the text is wanted: what ajv has V8 compile of it is always the same, and nothing.
  code: { source: true, esm: false, lines: false, optimize: 2, process: () => "return () => true" },
});

// ajv compares with each value in turn, and takes the square of their number to say so. A long list is looked up instead.
const longList = 500;
const { enum: closed } = ajv.RULES.all;
if (typeof closed === "object" && "code" in closed.definition) {
  const { definition } = closed;
  const compare = definition.code;
  definition.code = (context, ...rest) => {
    const { gen, data, schema } = context;
    if (schema.length < longList) return compare(context, ...rest);
    const code = new CodegenCode(`new Set(${JSON.stringify(schema)})`);
    context.pass(_`${gen.scopeValue("known", { ref: schema, code })}.has(${data})`);
  };
}

// So that a reason holds no part of the schema: it is taken out below.
for (const rule of Object.values(ajv.RULES.all)) {
  if (typeof rule === "object") rule.definition.error = { message: "" };
}

/** The body of a function that returns the validator. */
function compile(schema: JsonSchema): string {
  // Names are numbered per scope: in one of its own, a validator's text doesn't depend on those before it.
  Object.assign(ajv, { scope: new ValueScope({ scope: {}, es5: false, lines: false }) });
  const { source } = ajv.compile({ ...schema });
  ajv.removeSchema();
  if (source === undefined) throw new Error("ajv was told to keep its source");
  const { scopeValues, validateCode, validateName } = source;
  // As ajv's own standalone printer does for a schema without references: the values that the function uses, then it.
  // A condition is a check whose reasons are counted and forgotten.
  const code = hasConditions(schema) ? String(validateCode) : withoutReasons(String(validateCode));
  const used = { ...scopeValues };
  if (!/\bschema\d/.test(code)) delete used.schema;
  return escapeUnseen(`${ajv.scope.scopeCode(used)}${code}return ${validateName};`);
}

function hasConditions({ allOf, anyOf, items, properties, propertyNames, additionalProperties }: JsonSchema): boolean {
  if (anyOf !== undefined) return true;
  if (propertyNames !== undefined || (additionalProperties && hasConditions(additionalProperties))) return true;
  return allOf !== undefined || [...(items ? [items] : []), ...Object.values(properties ?? {})].some(hasConditions);
}

const TEXT = /"(?:[^"\\]|\\.)*"/;

/** All by which ajv says where and why a value is bad. It returns at the first reason: their number is 0 wherever it is asked for. */
const REASONS = [
  /, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/,
  /let vErrors = null;let errors = 0;/,
  /const _errs\d+ = errors;/,
  new RegExp(`validate0\\.errors = (?:vErrors|\\[(?:${TEXT.source}|[^"\\]])*\\]);`),
  /if\((?:errors === (?:0|_errs\d+)|_errs\d+ === errors)\)/,
];
const NO_REASON = /errors === (?:0|_errs\d+)|_errs\d+ === errors/;

/** Nobody reads why a value was refused: to say it would be half of the code, and most of the work on a bad value. */
function withoutReasons(code: string): string {
  const reasons = REASONS.map(({ source }) => source).join("|");
  return replaceOutsideTexts(replaceOutsideTexts(code, reasons, ""), NO_REASON.source, "true");
}

/** Texts are a contract's, and may say anything. */
function replaceOutsideTexts(code: string, pattern: string, by: string): string {
  return code.replace(new RegExp(`(${TEXT.source})|${pattern}`, "g"), (_, text?: string) => text ?? by);
}
