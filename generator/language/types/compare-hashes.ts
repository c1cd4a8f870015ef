import { type AllTypes, change, type FrozenType, type TypeChange, typeInWords } from "./comparison.js";

type FrozenHash = Extract<NonNullable<FrozenType["input"]>, { readonly kind: "hashed" }>;

/** Returns what is hashed, with what in front of it, how much of it is kept, and what stays as it is. */
export function compareHashes(before: FrozenType, after: FrozenType, types: AllTypes): readonly TypeChange[] {
  const [was, is] = [before.input, after.input];
  if (is?.kind !== "hashed") return change("type-widened", `is now ${typeInWords(after)}, and was ${before.rule}`);
  if (was?.kind !== "hashed")
    return change("meaning-changed", `was ${typeInWords(before)} and would become ${after.rule}`);
  if (was.what !== is.what) return change("meaning-changed", `was ${before.rule} and would become ${after.rule}`);
  return [
    ...compareSalts(was, is),
    ...compareKept(was, is),
    ...compareTexts(was, is, types),
    ...compareClear(was, is, types),
  ];
}

/** Without salt everybody's hashes of a text are the same, so anybody can look it up. */
const RESALTED = {
  none: "precision-raised",
  identifier: "meaning-changed",
  machine: "meaning-changed",
} as const;

function compareSalts(was: FrozenHash, is: FrozenHash): readonly TypeChange[] {
  if (saltOf(was) === saltOf(is)) return [];
  return change(RESALTED[is.salt.kind], `is salted with ${saltOf(is)}, and was with ${saltOf(was)}`);
}

function saltOf({ salt }: FrozenHash): string {
  switch (salt.kind) {
    case "none":
      return "nothing";
    case "machine":
      return salt.kind;
    case "identifier":
      return salt.identifier;
    default:
      return salt satisfies never;
  }
}

/** The less of a hash is kept, the more texts share it. */
function compareKept(was: FrozenHash, is: FrozenHash): readonly TypeChange[] {
  if (was.keep === is.keep) return [];
  const more = bitsOf(is) - bitsOf(was);
  const id = more === 0 ? "rendering-changed" : more > 0 ? "precision-raised" : "precision-lowered";
  return change(id, `keeps ${inWords(is)}, and kept ${inWords(was)}`);
}

function bitsOf({ keep }: FrozenHash): number {
  const count = Number.parseInt(keep, 10);
  // Six of a UUID's bits are always the same.
  return keep === "uuid" ? 122 : keep.endsWith(" hex") ? 4 * count : count;
}

function inWords({ keep }: FrozenHash): string {
  return keep === "uuid" ? "a UUID" : keep.endsWith(" hex") ? `${keep} digits` : keep;
}

/** Of texts that were not hashed before, a hash now tells. */
function compareTexts(was: FrozenHash, is: FrozenHash, types: AllTypes): readonly TypeChange[] {
  return types.compare(was.of, is.of).flatMap(({ id, says }) => {
    // Nobody sees in a hash how its text was put, and it can hold no text of its own.
    if (id === "rendering-changed") return [];
    return change(id === "free-text" ? "type-widened" : id, `is the hash of a text that ${says}`);
  });
}

function compareClear(was: FrozenHash, is: FrozenHash, types: AllTypes): readonly TypeChange[] {
  if (was.clear === undefined)
    return is.clear === undefined
      ? []
      : change("type-widened", `stays as it is where it is ${typeInWords(is.clear)}, and was hashed then before`);
  if (is.clear === undefined)
    return change(
      "precision-lowered",
      `is hashed in any case, and stayed as it was where it is ${typeInWords(was.clear)}`,
    );
  return types
    .compare(was.clear, is.clear)
    .flatMap(({ id, says }) => change(id, `stays as it is where it is a text that ${says}`));
}
