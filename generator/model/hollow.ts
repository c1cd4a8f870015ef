import type { FrozenField } from "./frozen.js";
import { type SetName, setOf, type Wire, wirePlaces } from "./wire.js";

type Holder = Pick<FrozenField, "wireName" | "type" | "optional" | "legacy" | "onlyWhen">;

/**
 * Objects and maps that are always there, may be empty, and of which only what they hold has a place: where nothing of them arrives,
 * they were empty.
 */
export function hollow<Field extends Holder>(wire: Wire, of: SetName, fields: readonly Field[]): readonly Field[] {
  const spread = spreadByName(wire, of);
  return fields.filter((field) => spread.has(field.wireName) && isAlways(field) && !holdsAny(field));
}

/** The objects and maps of a set that are spread or repeated, and drawn as a whole nowhere. */
export function spreadByName(wire: Wire, of: SetName): ReadonlySet<string> {
  const places = wirePlaces(wire).filter(({ at }) => setOf(at)?.of === of);
  const named = (whole: boolean) =>
    places.flatMap(({ at }) => (("kind" in at && at.kind === "field") === whole ? (setOf(at)?.name ?? []) : []));
  const drawn = new Set(named(true));
  return new Set(named(false).filter((name) => !drawn.has(name)));
}

function isAlways({ optional, legacy, onlyWhen }: Holder): boolean {
  return !optional && !legacy && onlyWhen.length === 0;
}

/** Returns whether something is always in it that can be seen. */
export function holdsAny({ type }: Pick<Holder, "type">): boolean {
  return type.fields === undefined ? type.keys === undefined : type.fields.some(isAlways);
}
