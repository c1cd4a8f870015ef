import type { fc } from "../support/property.js";
import type { Random } from "../worker/random.js";

export type { Random } from "../worker/random.js";

/** Our small source of chance, fed by fast-check's, so that a seed and a path name a contract. */
export function randomOf(source: fc.Random): Random {
  const below = (limit: number) => (limit <= 1 ? 0 : source.nextInt(0, limit - 1));
  return {
    below,
    chance: (probability) => source.nextInt(0, 999_999) < probability * 1_000_000,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
  };
}

/** Some of the items, in their order. */
export function some<Item>(random: Random, items: readonly Item[], most = items.length): readonly Item[] {
  const wanted = random.below(Math.min(items.length, most) + 1);
  const left = items.map((_, at) => at);
  const chosen = Array.from({ length: wanted }, () => left.splice(random.below(left.length), 1)[0] ?? 0);
  return chosen.sort((a, b) => a - b).map((at) => items[at] as Item);
}
