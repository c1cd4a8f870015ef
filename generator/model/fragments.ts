/**
 * The texts made of one event before, by name. An event has one only where the text that it was read from is known, and with it
 * everything else that any of its fragments is made of.
 */
export interface Fragments {
  /** The fragment of this name; made, and kept for the next run, where there is none. */
  readonly of: (name: string, make: () => string) => string;
  readonly has: (name: string) => boolean;
}

/** Stands in an event and in every copy of it, beside what the contract says of it. The same in both bundles of the tool. */
export const fragments: unique symbol = Symbol.for("plainsight.fragments");

export interface HasFragments {
  readonly [fragments]?: Fragments | undefined;
}

/**
 * A text that is made of one event and of what the contract says beside its events, and of nothing else: it is taken from the
 * run before where neither has changed. What else goes into it must stand in its name.
 */
export function fragmentOf(event: HasFragments, name: string, make: () => string): string {
  return event[fragments]?.of(name, make) ?? make();
}

/** Returns whether there is such a fragment: for what is dearer to make one by one than together. */
export function hasFragment(event: HasFragments, name: string): boolean {
  return event[fragments]?.has(name) ?? false;
}
