import { metaSchema } from "../../generator/spec/meta-schema.js";
import { type Keyed, resolveSchema } from "../../generator/spec/structure/resolve.js";
import type { Schema } from "../../generator/spec/structure/schema.js";

/**
 * The meta-schema as a grammar: every key, every word and every form that the language has is a *point* with a name. What is drawn
 * walks the same schema, so a word that is new to the language is a point that nobody has covered yet.
 */

export const schema = metaSchema() as unknown as Keyed;
const { definitions } = metaSchema();

export function resolved(of: Schema): Keyed {
  return resolveSchema(of, definitions) as Keyed;
}

/** The name of the definition that a schema refers to, if it does. */
export function definitionOf(of: Schema): string | undefined {
  const wrapped = of["allOf"];
  const reference = Array.isArray(wrapped) ? (wrapped[0] as Schema)["$ref"] : of["$ref"];
  return typeof reference === "string" ? reference.replace("#/definitions/", "") : undefined;
}

/** Alternatives of a schema: those of `anyOf` that are forms of their own, and not only rules about which keys are there. */
export function formsOf(of: Keyed): readonly Schema[] | undefined {
  const forms = of.anyOf;
  return forms === undefined || forms.every((form) => Object.keys(form).join() === "required") ? undefined : forms;
}

/** Names a form of a map: the word that its `type`, `format` … is, or the key that no other has. */
export function formName(form: Schema): string {
  const named = definitionOf(form);
  if (named !== undefined) return named;
  const { properties = {}, required = [] } = resolved(form);
  for (const key of ["type", "format"]) {
    const only = properties[key]?.["const"];
    if (typeof only === "string") return only;
  }
  if (properties["type"] !== undefined) return "named";
  if (Object.keys(properties).length > 0) return `{${required[0] ?? Object.keys(properties)[0]}}`;
  if (form["const"] !== undefined) return String(form["const"]);
  return String(form["type"] ?? (form["enum"] === undefined ? "anything" : "word"));
}

/** Returns the beginning of a point. What nearly every contract says of consent has no name of its own. */
export function insideOf(here: string, form: Schema): string {
  const name = formName(form);
  return definitionOf(form) !== undefined || name === "{model}" ? here : `${here}<${name}>`;
}

/** The depth of a field: what a key means at the top it means at each depth, so each counts apart. */
const DEPTHS: Readonly<Record<string, string>> = {
  field: "field",
  innerField: "inner field",
  shape: "type",
  item: "item",
};

/** The way to a point: the forms and keys on the way to it, and its own word. */
export interface Focus {
  readonly forms: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly word?: string;
}

/** Returns how a contract is drawn that is to have a point. */
export function focusOf(point: string): Focus {
  const around = Object.entries(AROUND).flatMap(([start, leads]) => (point.startsWith(start) ? leads : []));
  const [word] = /(?<=: )\S+$/.exec(point) ?? [];
  return {
    forms: new Set([
      ...around,
      ...[...point.matchAll(/<([^<>]*)>|= (\S+)$/g)].map(([, inner, last]) => inner ?? last ?? ""),
    ]),
    keys: new Set([...around, ...[...point.matchAll(/\.(\w+)/g)].map(([, key]) => key ?? "")]),
    ...(word === undefined ? {} : { word }),
  };
}

/** The surroundings of what has no place of its own, by how its points begin. */
const AROUND: Readonly<Record<string, readonly string[]>> = {
  "inner field": ["object", "fields", "events"],
  field: ["fields", "events"],
  itemShape: ["list", "itemShape", "fields", "events"],
  item: ["list", "fields", "events"],
  namedShape: ["types"],
  type: ["identifiers", "state_file", "object"],
  value: ["metrics"],
  enableMatch: ["enable_when", "order"],
  match: ["disable_when", "order"],
  source: ["from", "fields"],
};

/** Every point of the language, by name. References are followed once for each definition. */
export function everyPoint(): ReadonlySet<string> {
  const points = new Set<string>();
  const seen = new Set<string>();
  const walk = (of: Schema, at: string): void => {
    const named = definitionOf(of);
    const here = named === undefined ? at : (DEPTHS[named] ?? named);
    if (named !== undefined && seen.has(named)) return;
    if (named !== undefined) seen.add(named);
    const whole = resolved(of);
    const forms = formsOf(whole);
    if (forms !== undefined) {
      for (const form of forms) {
        points.add(`${here} = ${formName(form)}`);
        walk(form, insideOf(here, form));
      }
      return;
    }
    for (const word of wordsOf(whole)) points.add(`${here}: ${word}`);
    for (const [key, inner] of Object.entries(whole.properties ?? {})) {
      points.add(`${here}.${key}`);
      walk(inner, `${here}.${key}`);
    }
    if (whole.additionalProperties) walk(whole.additionalProperties, `${here}{}`);
    if (whole["items"] !== undefined) walk(whole["items"] as Schema, `${here}[]`);
  };
  walk(schema, "");
  return points;
}

/** The points that a contract makes use of. */
export function pointsOf(contract: unknown): ReadonlySet<string> {
  const points = new Set<string>();
  const walk = (of: Schema, value: unknown, at: string): void => {
    const named = definitionOf(of);
    const here = named === undefined ? at : (DEPTHS[named] ?? named);
    const whole = resolved(of);
    const forms = formsOf(whole);
    if (forms !== undefined) {
      const form = forms.find((one) => fits(one, value));
      if (form === undefined) return;
      points.add(`${here} = ${formName(form)}`);
      walk(form, value, insideOf(here, form));
      return;
    }
    for (const word of wordsOf(whole)) if (word === String(value)) points.add(`${here}: ${word}`);
    if (Array.isArray(value)) {
      // An example may be a list, and has no schema of its own.
      if (whole["items"] === undefined) return;
      for (const item of value) walk(whole["items"] as Schema, item, `${here}[]`);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const known = whole.properties?.[key];
      if (known !== undefined) {
        points.add(`${here}.${key}`);
        walk(known, inner, `${here}.${key}`);
      } else if (whole.additionalProperties) walk(whole.additionalProperties, inner, `${here}{}`);
    }
  };
  walk(schema, contract, "");
  return points;
}

/** Words of a closed list, `true` and `false`. */
function wordsOf(of: Keyed): readonly string[] {
  const all = of["enum"];
  if (Array.isArray(all)) return all.map(String);
  if (of["const"] !== undefined) return [String(of["const"])];
  return of["type"] === "boolean" ? ["true", "false"] : [];
}

/** Returns whether a value has a form: only as closely as it takes to tell the forms of one place apart. */
function fits(form: Schema, value: unknown): boolean {
  const whole = resolved(form);
  const forms = formsOf(whole);
  if (forms !== undefined) return forms.some((one) => fits(one, value));
  if (Array.isArray(whole["enum"])) return whole["enum"].includes(value as never);
  if (whole["const"] !== undefined) return whole["const"] === value;
  const refused = (whole["not"] as Schema | undefined)?.["enum"];
  if (Array.isArray(refused) && refused.includes(value as never)) return false;
  const kind = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  const kinds = [whole["type"] ?? kind].flat().map((one) => (one === "integer" ? "number" : one));
  if (!kinds.includes(kind)) return false;
  if (kind !== "object") return true;
  const { properties, required = [] } = whole;
  if (properties === undefined) return true;
  const keys = Object.keys(value as object);
  if (whole.additionalProperties === false && keys.some((key) => !(key in properties))) return false;
  if (required.some((key) => !keys.includes(key))) return false;
  return Object.entries(properties).every(
    ([key, inner]) =>
      !keys.includes(key) ||
      (resolved(inner)["const"] === undefined && resolved(inner)["not"] === undefined) ||
      fits(inner, (value as Record<string, unknown>)[key]),
  );
}
