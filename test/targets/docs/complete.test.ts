import { describe, expect, test } from "vitest";
import type { Model } from "../../../generator/model/model.js";
import { isBatch, namesEvents } from "../../../generator/model/wire.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { contract, FIVE } from "../five.js";
import { another, leaves, type Path, replaced, wordsAt } from "../leaves.js";
import { asRead, rendered, squeezed } from "./as-read.js";

const pageOf = (model: Model) => docsTarget.generate(model)[0]?.text ?? "";

/** The leaves that the page does not show at this place, and why. */
const elsewhere: readonly (readonly [path: RegExp, why: string, when?: (model: Model, path: Path) => boolean])[] = [
  [/^source$/, "it is the link to the spec, whose folder is the page's"],
  [/(?<!builds\.\d+\.)kind$/, "it decides which sentence is printed; its words come with the other keys"],
  [/(type|format|of)\.name$/, "the spec's own name for a type, whose rule is shown"],
  [/schema\./, "the machine's form of the rule that is shown"],
  [/alternatives$/, "shown as bits, which are rounded"],
  [/from\.identifier$|keys\.\d+\.type\.identifier$/, "it is the field's own name"],
  [/input\.unit$|input\.values\.\d+$/, "it stands in the rule, or in the type's values"],
  [
    /\.(rule|values\.\d+)$/,
    "shown as the labels of the ranges, or as true and false",
    (model, path) => ["bool", "bucket"].includes(typeAt(model, path)),
  ],
  [/\.rule$/, "shown as the pattern and its length", (model, path) => typeAt(model, path) === "string"],
  [/stateFile\.keys\.\d+\.type\./, "what form it has only the client needs; the page says what is kept"],
  [/stateFile\.mode$/, "only you can read it, whatever the contract says; where it says otherwise, that is said"],
  [/type\.rule$/, "an identifier's form stands with the identifier", isIdentifierRule],
  [/type\.fields\.\d+\.example$/, "it stands in the example of its object"],
  [/ingest\.invalidField$/, "nothing may be absent, so that to strip is to drop", (model) => !hasOptional(model)],
  [/delivery\.logLevel$/, "nothing is logged", ({ delivery }) => delivery.onFailure === "silent"],
  [/delivery\.debug\.level$/, "levels are for lines", ({ delivery }) => delivery.debug?.shows === "payload"],
  [/flush\.\d+\.wait$/, "it has a meaning only for its own kind of point"],
  [/limits\.events$/, "a request is one event, or one report", ({ wire }) => !isBatch(wire)],
  [/responses\.rate_limited$/, "there is no such limit", ({ ingest }) => ingest.rateLimit === undefined],
  [/unknownEvent$/, "the event's name is not sent", ({ wire }) => !namesEvents(wire)],
  [/^clients\..*\.(to|package)$/, "where code lies, which nobody who is asked for data needs"],
  [/^queries\./, "how a dashboard is made; its title is printed"],
  [/wire\.format$/, "each form has other keys"],
  [/^wire\..*\.(kind|of|form)$/, "what a picture is made of: another word of it is another picture"],
];

function isIdentifierRule(model: Model, path: Path): boolean {
  const type = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], model);
  return (type as { readonly identifier?: string }).identifier !== undefined;
}

function hasOptional({ common, events }: Model): boolean {
  return [...common, ...events.flatMap(({ fields }) => fields)].some(({ optional, legacy }) => optional || legacy);
}

/** The kind of the type that a leaf belongs to. */
function typeAt(model: Model, path: Path): string {
  const owner = path.slice(
    0,
    path.findLastIndex((step) => step === "rule" || step === "values"),
  );
  return (
    owner.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], model) as {
      readonly kind: string;
    }
  ).kind;
}

describe.each(FIVE)("%s", (product) => {
  const model = contract(product);
  const page = pageOf(model);
  const seen = squeezed(asRead(rendered(page)));
  const shown = leaves(model).filter(
    ({ path }) => !elsewhere.some(([left, , when]) => left.test(path.join(".")) && (when?.(model, path) ?? true)),
  );

  test("changing anything that the contract says changes the page", () => {
    const free = shown.filter((leaf) => wordsAt(leaf)?.length !== 1);
    const unseen = free.filter((leaf) => pageOf(replaced(model, leaf.path, another(leaf))) === page);
    expect(unseen.map(({ path, value }) => `${path.join(".")}: ${value}`)).toEqual([]);
  });

  test("whatever its authors wrote is there word for word, and reasons stand there once", () => {
    const written = shown.filter(
      (leaf) => typeof leaf.value === "string" && wordsAt(leaf) === undefined && !isForm(leaf.path.join(".")),
    );
    expect(
      written.filter(({ value }) => !seen.includes(squeezed(String(value)))).map(({ path }) => path.join(".")),
    ).toEqual([]);
    const prose = written.filter(
      ({ path, value }) =>
        /^(why|neverCollected|openQuestions)|summary$|note$|justification$/.test(path.join(".")) &&
        String(value).length > 30,
    );
    for (const { value } of prose) {
      const times = seen.split(squeezed(String(value))).length - 1;
      expect(times, String(value)).toBe(written.filter((other) => other.value === value).length);
    }
  });
});

/** Filled in, or turned into words. */
function isForm(path: string): boolean {
  return /^delivery\.debug\.line$|retention\.|wire\.format$|Field\.value|\.example$|Match|disableWhen|enableWhen|\.rule$/.test(
    path,
  );
}
