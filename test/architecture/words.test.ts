import { expect, it } from "vitest";
import { wordChoices } from "./word-choices.js";

/** Room → the most that may be left there, and what the others have in common. It only gets less. */
const LEFT: Readonly<Record<string, readonly [most: number, why: string]>> = {
  "generator/evolve": [1, "a configuration's name is no path below the product's own folder; all other places' are"],
  "generator/language": [
    4,
    "one place, or one class of change, is what the function is about; the others stay as they are",
  ],
  "generator/model": [1, "a key that is no constant has a picture of its own, whatever it is"],
  "generator/page": [2, "one of them has words of its own here; all have some, which a table holds"],
  "generator/spec": [1, "what identifies is what the function is about; the others stay as they are"],
  "generator/targets/go": [1, "what no caller gives has no argument, wherever it comes from"],
  "generator/targets/python": [1, "what no caller gives has no argument, wherever it comes from"],
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
