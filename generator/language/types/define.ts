import type { OtherLanguage } from "../../model/clients.js";
import type { JsonSchema, JsonValue } from "../../model/json-schema.js";
import type { Field, Identifier, Type } from "../../model/model.js";
import type { Comparison, FrozenType, TypeChange } from "./comparison.js";

/** The schema of one parameter, as it stands in the meta-schema. The description is what an editor shows. */
export interface ParameterSchema {
  readonly description: string;
  readonly [keyword: string]: JsonValue;
}

/** A mistake that the parameters' schemas alone can't find. */
export interface Problem {
  readonly code: string;
  /** The parameter that is wrong, and the keys or places below it: `["below", "10k+"]`. Empty: the type as a whole. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** The parts of the contract that a type needs to know. */
export interface Lowering {
  /** The entries of a parameter that is a map, in the order written: an object's own order puts whole numbers first. */
  readonly entries: (parameter: string) => readonly (readonly [string, JsonValue])[];
  /** The type that a parameter holds, as a name or written out. */
  readonly type: (parameter: string) => Type;
  /** The types that a parameter holds by name, in the order written. */
  readonly types: (parameter: string) => readonly (readonly [string, Type])[];
  /** The fields that a parameter holds. */
  readonly fields: (parameter: string) => readonly Field[];
  /** The identifier of this name; of the field's own by default. */
  readonly identifier: (name?: string) => Pick<Identifier, "name" | "format" | "inCi"> | undefined;
}

/** One field type: everything that the language, the meta-schema and the reference page know about it. */
export interface TypeDefinition {
  /** The word after `type:`. */
  readonly name: string;
  /** For editors and the reference page: which values it lets through. */
  readonly describes: string;
  readonly parameters: Readonly<Record<string, ParameterSchema>>;
  readonly required: readonly string[];
  /** Of these parameters exactly one is given. */
  readonly oneOf?: readonly string[];
  check?(parameters: object, context: Pick<Lowering, "entries">): readonly Problem[];
  /** Mistakes in the types that it is made of. */
  checkTypes?(context: Pick<Lowering, "type">, parameters: object): readonly Problem[];
  lower(parameters: object, context: Lowering): Type;
  /** The comparison of two versions. */
  readonly compare: Comparison;
  /** Compares it with a type of another kind, where that isn't told by what both let through. */
  readonly compareOthers?: (before: FrozenType, after: FrozenType) => readonly TypeChange[] | undefined;
  /** The keys that a released one of it always has, beside what every type has; without it a frozen file is damaged. */
  readonly frozen: readonly ("of" | "keys" | "by" | "cases" | "fields" | "values" | "input")[];
  /** True if nothing can be in it that somebody wrote. */
  readonly closed: boolean | "as its parts";
  /** Clients in other languages than TypeScript that take its values; the others refuse it. */
  readonly clients: readonly OtherLanguage[];
  /** An example where the type alone suggests one. */
  readonly example?: (type: Type) => JsonValue | undefined;
}

/** The same, as the file of a type writes it: its parameters named once, and each of them described. */
interface Definition<Parameters> extends TypeDefinition {
  readonly parameters: { readonly [Name in keyof Parameters & string]-?: ParameterSchema };
  readonly required: readonly (keyof Parameters & string)[];
  readonly oneOf?: readonly (keyof Parameters & string)[];
  check?(parameters: Parameters & object, context: Pick<Lowering, "entries">): readonly Problem[];
  checkTypes?(context: Pick<Lowering, "type">, parameters: Parameters & object): readonly Problem[];
  lower(parameters: Parameters & object, context: Lowering): Type;
}

/** States a field type; `check` and `lower` see only parameters that the schemas let through. */
export function defineType<Parameters>(definition: Definition<Parameters>): TypeDefinition {
  return definition;
}

/** The whole numbers that JSON carries exactly everywhere. */
export const LARGEST_INTEGER = 2 ** 53 - 1;

/** A schema that lets through exactly these values. */
export function oneOf(values: readonly JsonValue[]): JsonSchema {
  return { enum: values };
}

/** `1 character`, `24 characters`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
