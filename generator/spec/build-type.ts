import type { Code } from "../diagnostics/codes.js";
import type { Lowering, TypeDefinition } from "../language/types/define.js";
import { TYPES, typeNamed } from "../language/types/index.js";
import type { Type } from "../model/model.js";
import { firstIn, within } from "./around.js";
import { buildFields } from "./build-field.js";
import { checkStructure } from "./check-structure.js";
import { type NamedFlag, saidByName } from "./named-flags.js";
import type { Scope } from "./scope.js";
import { suggestion } from "./suggest.js";
import { taughtType } from "./teach-types.js";
import { at, type Entry, entriesOf, type Tree, textOf, toJson } from "./tree.js";

/** Stands where a type could not be made out, so that the rest of the spec can still be judged. Nothing passes it. */
export const NOTHING: Type = { kind: "nothing", schema: { enum: [] }, rule: "nothing", alternatives: 1 };

/** Returns whether a type could not be made out: a finding of its own, after which nothing is said about what uses it. */
export function isUnsettled(type: Type): boolean {
  const { kind, identifier, of, keys, fields = [], cases = [] } = type;
  if (kind === NOTHING.kind || (kind === "identifier" && identifier === undefined)) return true;
  return [of, keys, ...[...fields, ...cases].map((one) => one.type)].some(
    (inner) => inner !== undefined && isUnsettled(inner),
  );
}

/** The type that is nothing but one value. */
export function constantOf(value: string | number): Type {
  return { kind: "const", schema: { const: value }, values: [value], rule: "always", alternatives: 1 };
}

const TYPE_NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Lowers a type: a name, or a map with `type:` and its parameters (a field, a state key, the value of a metric).
 * @param owner the name by which an `identifier` finds itself: the field's or the state key's own.
 */
export function buildType(tree: Tree, scope: Scope, owner: string): Type {
  const reference = tree.kind === "map" ? at(tree, "type") : tree;
  const name = textOf(reference);
  if (reference === undefined || name === undefined) return NOTHING;
  const definition = typeNamed(name);
  if (scope.walk.broken.has(tree)) {
    // What is wrong beside it hides no misspelt type. A name of another form has been reported as such.
    if (definition === undefined && TYPE_NAME.test(name)) namedType(name, reference, scope);
    return NOTHING;
  }
  const keys = new Map(entriesOf(tree));
  if (definition !== undefined) return lower(definition, keys, tree, scope, owner);
  const named = namedType(name, reference, scope);
  if (named === undefined) return NOTHING;
  const added = addedTo(named, keys, name, scope);
  if (added.length === 0) return named.type;
  return lower(named.definition, new Map([...added, ...named.parameters]), tree, scope, owner);
}

interface Named {
  readonly definition: TypeDefinition;
  readonly parameters: ReadonlyMap<string, Entry>;
  readonly type: Type;
}

/** A type under `types:`, lowered once however many fields use it. What is wrong with it is reported once, too. */
export function namedType(name: string, reference: Tree, scope: Scope): Named | undefined {
  if (scope.named.has(name)) return scope.named.get(name);
  const entry = scope.types.get(name);
  if (entry === undefined) {
    const known = [...TYPES.map((type) => type.name), ...scope.types.keys()];
    scope.report.add("unknown-type", reference, `"${name}" is not a type.`, {
      hint: taughtType(name) ?? suggestion(name, known, "Types"),
    });
    return undefined;
  }
  if (scope.open.has(name)) {
    scope.report.add("type-needs-itself", reference, `The type "${name}" contains itself.`, {
      hint: "Build it from one of the language's own types.",
    });
    return undefined;
  }
  scope.open.add(name);
  const named = within(undefined, scope, () => lowerNamed(name, entry.value, scope));
  scope.open.delete(name);
  scope.named.set(name, named);
  return named;
}

function lowerNamed(name: string, tree: Tree, scope: Scope): Named | undefined {
  const reference = at(tree, "type");
  const base = textOf(reference);
  if (reference === undefined || base === undefined || scope.walk.broken.has(tree)) return undefined;
  const definition = typeNamed(base);
  const keys = new Map(entriesOf(tree));
  if (definition !== undefined)
    return { definition, parameters: keys, type: { ...lower(definition, keys, tree, scope, name), name } };
  const below = namedType(base, reference, scope);
  if (below === undefined) return undefined;
  const added = addedTo(below, keys, base, scope);
  const parameters = new Map([...added, ...below.parameters]);
  return {
    definition: below.definition,
    parameters,
    type: { ...lower(below.definition, parameters, tree, scope, name), name },
  };
}

/** A named type's parameters hold wherever its name stands; a use may only add the ones that it leaves open. */
function addedTo(
  named: Named,
  own: ReadonlyMap<string, Entry>,
  name: string,
  scope: Scope,
): readonly (readonly [string, Entry])[] {
  const { parameters } = named.definition;
  return [...own].filter(([parameter, { key, value }]) => {
    const schema = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
    const first = named.parameters.get(parameter);
    if (schema === undefined) {
      if (!ALL_PARAMETERS.has(parameter)) return false;
      scope.report.add(
        "unknown-key",
        key,
        `"${parameter}" is not a parameter of "${name}", which is of type ${named.definition.name}.`,
        {
          hint: suggestion(parameter, Object.keys(parameters), "Parameters"),
        },
      );
      return false;
    }
    if (first === undefined) return checkStructure(value, schema, parameter, scope.walk);
    scope.report.add("parameter-repeated", key, `The type "${name}" already has a ${parameter}.`, {
      hint: "Remove it here, or give the field its own type.",
      related: [{ message: "It is set here.", place: first.key }],
    });
    return false;
  });
}

const ALL_PARAMETERS: ReadonlySet<string> = new Set(TYPES.flatMap(({ parameters }) => Object.keys(parameters)));

function lower(
  definition: TypeDefinition,
  entries: ReadonlyMap<string, Entry>,
  tree: Tree,
  scope: Scope,
  owner: string,
): Type {
  const parameters: Record<string, unknown> = {};
  for (const parameter of Object.keys(definition.parameters)) {
    const entry = entries.get(parameter);
    if (entry !== undefined) parameters[parameter] = toJson(entry.value);
  }
  const types = new Map<string, Type>();
  const context: Lowering = {
    entries: (parameter) => entriesOf(entries.get(parameter)?.value).map(([key, { value }]) => [key, toJson(value)]),
    type: (parameter) => {
      // Once: what is wrong with it is said once.
      const inner = entries.get(parameter)?.value;
      const type =
        types.get(parameter) ??
        (inner === undefined
          ? NOTHING
          : within(parameter === "of" ? firstIn(scope.around) : undefined, scope, () => {
              scope.onlyHashed = definition.name === "hashed" && parameter === "of";
              const built = buildItemType(inner, scope, owner, ITEMS.has(parameter));
              scope.onlyHashed = false;
              return built;
            }));
      types.set(parameter, type);
      return type;
    },
    types: (parameter) =>
      entriesOf(entries.get(parameter)?.value).map(([key, { value }]) => [key, buildItemType(value, scope, owner)]),
    fields: (parameter) => buildFields(entries.get(parameter)?.value, scope, "call"),
    identifier: (name = owner) => scope.identifiers.get(name),
  };
  // What is only hashed isn't let through, so nobody has to say why it is.
  const judged =
    scope.onlyHashed === true && "justification" in definition.parameters
      ? { justification: "Only the hash of it is kept.", ...parameters }
      : parameters;
  const problems = [
    ...(definition.check?.(judged, context) ?? []),
    ...(definition.checkTypes?.(context, parameters) ?? []),
  ];
  for (const { code, path, message, hint } of problems) {
    scope.report.add(code as Code, placeOf(path, entries) ?? tree, message, { hint });
  }
  return problems.length === 0 ? definition.lower(parameters, context) : NOTHING;
}

/** Keys whose values may be null; what is hashed, and a map's keys, are texts. */
const ITEMS: ReadonlySet<string> = new Set(["of", "otherwise"]);

/** An item of a list, a map's value, or a case: as a field, it may be null. */
function buildItemType(tree: Tree, scope: Scope, owner: string, nullable = true): Type {
  if (!nullable || scope.walk.broken.has(tree)) return buildValueType(tree, scope, owner);
  const written = tree.kind === "map" ? at(tree, "nullable") : undefined;
  const said = saidByName(tree, "nullable", scope) !== undefined;
  if (!said && !(written?.kind === "scalar" && written.value === true)) return buildValueType(tree, scope, owner);
  const type = buildValueType(tree, scope, owner, ["optional"]);
  return isUnsettled(type)
    ? type
    : { ...type, nullable: true, schema: orNull(type.schema), alternatives: type.alternatives + 1 };
}

function orNull(schema: Type["schema"]): Type["schema"] {
  if (schema.anyOf !== undefined) return { anyOf: [...schema.anyOf, { type: "null" }] };
  if (schema.enum !== undefined) return { ...schema, enum: [...schema.enum, null] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  return typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
}

/** The type of what is no field: an item, a key, an entry's value, a state key. It is there, and never null. */
export function buildValueType(
  tree: Tree,
  scope: Scope,
  owner: string,
  refused: readonly NamedFlag[] = ["nullable", "optional"],
): Type {
  for (const flag of refused) {
    const named = saidByName(tree, flag, scope);
    if (named === undefined) continue;
    scope.report.add("field-of-its-own", tree, `"${named.name}" is ${flag}, which only a field can be.`, {
      hint: `Use a type without ${flag} here, and say ${flag} where a field has it.`,
      related: [{ message: "It is said here.", place: named.place }],
    });
    return NOTHING;
  }
  const type = buildType(tree, scope, owner);
  if (type.cases === undefined) return type;
  scope.report.add(
    "field-of-its-own",
    tree,
    `A value of one of several types depends on the field ${type.by}, and an item has no such field next to it.`,
    {
      hint: "Make it a field of an object: { type: object, fields: { kind: …, value: { type: one_of, by: kind, … } } }.",
    },
  );
  return NOTHING;
}

/** The value at the end of a path of parameters, keys and places. */
function placeOf(path: readonly (string | number)[], entries: ReadonlyMap<string, Entry>): Tree | undefined {
  const [parameter, ...rest] = path;
  let here = typeof parameter === "string" ? entries.get(parameter)?.value : undefined;
  for (const step of rest) {
    if (here?.kind === "map" && typeof step === "string") here = here.entries.get(step)?.value;
    else if (here?.kind === "list" && typeof step === "number") here = here.items[step];
  }
  return here;
}
