import { compareHashes } from "./compare-hashes.js";
import { type AllTypes, bySets, change, type FrozenType, type TypeChange, typeInWords } from "./comparison.js";
import { same } from "./contains.js";
import { typeNamed } from "./index.js";

const all: AllTypes = { compare: compareTypes, isClosed };

/** Every way in which one type differs from another. What can't be decided counts as wider. The fields of an object are compared one by one elsewhere. */
export function compareTypes(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  const changes = changesOf(before, after);
  const reworded = changes.length === 0 && before.rule !== after.rule && same(before.schema, after.schema);
  return reworded
    ? change("rendering-changed", `is described as "${after.rule}", and was as "${before.rule}"`)
    : changes;
}

function changesOf(before: FrozenType, after: FrozenType): readonly TypeChange[] {
  if ((before.nullable ?? false) !== (after.nullable ?? false))
    return after.nullable === true
      ? change("type-widened", "may also be null")
      : change("precision-lowered", "may no longer be null");
  // An identifier may be a hash, too.
  if (before.input?.kind === "hashed" || after.input?.kind === "hashed") return compareHashes(before, after, all);
  if (before.identifier !== after.identifier) {
    return change(
      "meaning-changed",
      `was ${before.identifier ?? typeInWords(before)} and would become ${after.identifier ?? typeInWords(after)}`,
    );
  }
  const [was, is] = [typeNamed(before.kind), typeNamed(after.kind)];
  const compared =
    before.kind === after.kind
      ? was?.compare(before, after, all)
      : (was?.compareOthers ?? is?.compareOthers)?.(before, after);
  return compared ?? bySets(before, after, all);
}

/** Sets, whole numbers, ranges, and lists and objects of them: nothing that somebody could have written. */
export function isClosed(type: FrozenType): boolean {
  if (type.of !== undefined) return isClosed(type.of) && (type.keys === undefined || isClosed(type.keys));
  if (type.cases !== undefined) return type.cases.every((one) => isClosed(one.type));
  if (type.fields !== undefined) return type.fields.every((field) => isClosed(field.type));
  return typeNamed(type.kind)?.closed === true;
}
