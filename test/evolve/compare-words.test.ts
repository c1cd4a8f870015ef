import { describe, expect, it } from "vitest";
import { compareWords, isMoreExact, namesMore, promisesIn } from "../../generator/evolve/compare-words.js";

describe("two wordings", () => {
  it.each<readonly [ReturnType<typeof compareWords>, string, string]>([
    ["none", "How many people use it.", "how many people  use it"],
    ["none", "“Quoted” – and dashed", '"Quoted" — and dashed'],
    ["spelling", "Which languages peple index.", "Which languages people index."],
    ["spelling", "Counts distinct machnes", "Counts distinct machines"],
    ["spelling", "Which tools are recieved", "Which tools are received"],
    ["stricter", "Docglow maintainers only", "Two Docglow maintainers only"],
    ["synonym", "Which repos people index", "Which repositories people index"],
    ["synonym", "Nothing is kept; we can't tell", "Nothing is stored; we cannot tell"],
    ["synonym", "the organization's configuration", "the organisation's config"],
    ["synonym", "the colour of the directory", "the color of the folder"],
    ["other", "deleted after a day", "stored after a day"],
    ["other", "we do not send it", "we do send it"],
    ["other", "application names", "identifier names"],
    ["other", "Source code, file paths", "Source code file paths"],
    ["other", "Project names, profile names", "Project names: profile names"],
    ["other", "It is never sent", "It is ever sent"],
    ["other", "moral reasons", "amoral reasons"],
    ["other", "One file of a project", "One files of a project"],
    ["other", "not sync", "sync"],
    ["other", "kept for 1 day", "kept for 9 day"],
    ["other", "stored once daily", "stored once hourly"],
    ["other", "maintainers only", "maintainers and partners only"],
    ["other", "names are sent", "games are sent"],
  ])("%s: %s → %s", (change, before, after) => expect(compareWords(before, after)).toBe(change));
});

describe("a promise", () => {
  it.each([
    ["Project names, profile names, schema names", ["Project names", "profile names", "schema names"]],
    ["Code, or anything derived from it.", ["Code", "anything derived from it"]],
    ["Paths, names, except in debug mode", ["Paths (except in debug mode)", "names (except in debug mode)"]],
    ["Only labels", ["Only labels"]],
  ])("%s", (text, things) => expect(promisesIn(text)).toEqual(things));
});

describe("a place", () => {
  it.each([
    [true, "A table at Supabase", "A table at Supabase, in the EU"],
    [true, "A table", "A table (encrypted at rest)"],
    [false, "A table at Supabase", "A table at Supabase, and BigQuery"],
    [false, "A table at Supabase", "A table at Supabase, in the EU and in the US"],
    [false, "A table at Supabase", "Another table, in the EU"],
  ])("%s: %s → %s", (exact, before, after) => expect(isMoreExact(before, after)).toBe(exact));
});

it.each([
  [true, "File paths", "File paths or file names"],
  [true, "File paths", "File paths, and names of folders"],
  [false, "File paths", "File paths and names, unless you ask for them"],
  [false, "File paths", "File paths of others"],
  [false, "File paths", "File paths. Names are sent"],
])("%s: a promise of more, %s → %s", (more, before, after) =>
  expect(namesMore(`never collected: ${before}`, `never collected: ${after}`)).toBe(more),
);
