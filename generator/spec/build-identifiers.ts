import { compareText } from "../diagnostics/diagnostic.js";
import { outlives } from "../language/identifiers/created.js";
import { drawnFrom } from "../language/types/drawn.js";
import type { Identifier } from "../model/model.js";
import { buildValueType } from "./build-type.js";
import { identifierExamples } from "./identifier-examples.js";
import { type Scope, spanOf } from "./scope.js";
import { at, type Entry, entriesOf, type Tree, textOf, textsOf } from "./tree.js";

/** The declared identifiers, by name; none when the spec says `none`. They are known to the scope from here on. */
export function buildIdentifiers(tree: Tree, shared: Tree | undefined, scope: Scope): readonly Identifier[] {
  const identifiers = entriesOf(tree)
    .map(([name, entry]) => ({ ...buildIdentifier(name, entry, scope), ...sharedWith(at(shared, name)) }))
    .toSorted((a, b) => compareText(a.name, b.name));
  for (const [name, example] of identifierExamples(identifiers)) scope.identifierExamples.set(name, example);
  for (const identifier of identifiers) scope.identifiers.set(identifier.name, identifier);
  return identifiers;
}

function sharedWith(tree: Tree | undefined): Pick<Identifier, "sharedWith"> {
  return tree === undefined ? {} : { sharedWith: textsOf(tree) };
}

function buildIdentifier(name: string, { key, value: tree }: Entry, scope: Scope): Identifier {
  const use = textOf(at(tree, "use"));
  // Nothing was found where it points to, which a rule reports; everything else is judged as if there were one.
  if (use !== undefined && at(tree, "identifies") === undefined)
    return { at: spanOf(scope, key), name, use, ...placeholder(tree, scope) };
  const text = (of: string) => textOf(at(tree, of));
  const resetBy = text("reset_by");
  const deletionBy = text("deletion_by");
  const justification = text("justification");
  const format = at(tree, "format") ?? tree;
  const what = text("what");
  const derived = textsOf(at(tree, "derived_from"));
  const { drawn: hash, ...type } = buildValueType(format, scope, name);
  const inCi = text("in_ci");
  const drawn = drawnFrom(type.schema);
  const madeFrom = text("made_from") as Identifier["madeFrom"];
  const created = text("created") as Identifier["created"];
  return {
    at: spanOf(scope, key),
    name,
    identifies: text("identifies") as Identifier["identifies"],
    madeFrom: madeFrom === "random" && hash !== undefined ? "hash" : madeFrom,
    ...(hash === undefined
      ? {}
      : { hash: { of: outlives(created) ? "machine" : "session", algorithm: "sha256", ...hash } }),
    ...(what === undefined ? {} : { what }),
    ...(derived.length === 0 ? {} : { derivedFrom: derived as NonNullable<Identifier["derivedFrom"]> }),
    format: type,
    ...(typeof drawn === "object" && madeFrom === "random" && hash === undefined ? { drawn } : {}),
    created,
    ...(inCi === undefined ? {} : { inCi: inCi === "leave-out" ? {} : { text: inCi } }),
    ...(resetBy === undefined ? {} : { resetBy }),
    ...(deletionBy === undefined ? {} : { deletionBy }),
    ...(justification === undefined ? {} : { justification }),
    ...(use === undefined ? {} : { use }),
  };
}

function placeholder(
  { start, end }: Tree,
  scope: Scope,
): Pick<Identifier, "identifies" | "madeFrom" | "format" | "created"> {
  const word = (value: string) => ({ kind: "scalar", value, plain: true, start, end }) as const;
  const uuid = new Map([["type", { key: word("type"), value: word("uuid") }]]);
  const { drawn: _, ...format } = buildValueType({ kind: "map", entries: uuid, flow: true, start, end }, scope, "");
  return { identifies: "machine", madeFrom: "random", format, created: "first-send" };
}
