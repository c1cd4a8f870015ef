import { expect, it } from "vitest";
import { wordChoices } from "./word-choices.js";

const ABSENT = "what is absent has no letters and no spaces";
const NULL = "a wrapping is put back where it was";

/** Room → the most that may be left there, and what the others have in common. It only gets less. */
const LEFT: Readonly<Record<string, readonly [most: number, why: string]>> = {
  "generator/evolve": [1, "a configuration's name is no path below the product's own folder; all other places' are"],
  "generator/language": [7, "one place or match is special, the others stay as they are"],
  "generator/model": [1, "a key that is no constant has a picture of its own, whatever it is"],
  "generator/page": [4, "the others have a table that must have them, or their own words"],
  "generator/spec": [3, "the others stay as they are, or are judged by their schema"],
  "generator/targets/go": [18, `${ABSENT}; ${NULL}; what neither counts nor is written whole is as any other`],
  "generator/targets/python": [9, `${ABSENT}; ${NULL}; a number has no quotes, anything else has`],
  "generator/targets/rust": [4, "a number has no quotes, anything else has"],
  "generator/targets/tests": [1, "the others have a table that must have them"],
  "generator/targets/typescript": [5, `${ABSENT}; ${NULL}`],
};

it("tells no word of the language from all others, but where these are meant: a word that is added must be missed", () => {
  const all = wordChoices();
  const over = [...new Set(all.map(roomOf))].flatMap((room) => {
    const [most] = LEFT[room] ?? [0];
    const found = all.filter((one) => roomOf(one) === room);
    return found.length <= most ? [] : [`${room}: ${found.length}, at most ${most}`, ...found.map(line)];
  });
  // The way out: { a: A, b: B }[word], a table in the word's own file, or a switch that ends in `satisfies never`.
  expect(over).toEqual([]);
  expect(all.length).toBeGreaterThan(0);
}, 120_000);

function line({ place, text }: { readonly place: string; readonly text: string }): string {
  return `${place} ${text.slice(0, 100)}`;
}

function roomOf({ place }: { readonly place: string }): string {
  return place
    .split("/")
    .slice(0, place.startsWith("generator/targets/") ? 3 : 2)
    .join("/");
}
