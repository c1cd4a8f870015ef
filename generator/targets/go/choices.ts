import type { PlanField, PlanValue } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment } from "./literal.js";
import { wordsOfValue } from "./names.js";

/** A value of one of several types, with a function that makes it for each. */
export interface Choice {
  readonly name: string;
  readonly doc: readonly string[];
  readonly makers: readonly Maker[];
}

interface Maker {
  readonly name: string;
  /** Undefined: there is but one value. */
  readonly type?: string;
  readonly value: PlanValue;
  /** Beside which value of the sibling it stands. */
  readonly says: string;
  readonly fits: (said: unknown) => boolean;
}

type Case = Extract<PlanValue, { readonly is: "cases" }>["cases"][number];

/** Returns what makes a value of one case. @param take gives a name of the package's; typeOf a type for the case that is called so. */
export function maker(
  name: string,
  by: string,
  one: Case,
  take: (words: readonly string[]) => string,
  typeOf: (words: readonly string[]) => string,
): Maker {
  const all = one.values.map((each, at) => wordsOfValue(String(each), at));
  const words = one.except === true ? ["otherwise"] : all.flatMap((each, at) => (at === 0 ? each : ["or", ...each]));
  const beside = one.values.map((each) => JSON.stringify(each)).join(" or ");
  return {
    name: take([name, ...words]),
    ...(one.of.is === "always" ? {} : { type: typeOf(words) }),
    value: one.of,
    says: one.except === true ? `where ${by} is none of the others` : `where ${by} is ${beside}`,
    fits: (said) => one.values.some((each) => each === said) !== (one.except === true),
  };
}

/** The type, and a function for each case. */
export function printChoice({ name, doc, makers }: Choice): string {
  const functions = makers.map(({ name: maker, type, value, says }) => {
    const given = { value, optional: false } as unknown as PlanField;
    const does =
      type === undefined
        ? `func ${maker}() ${name} { return ${name}{caseValue{true}} }`
        : `func ${maker}(value ${type}) ${name} { return ${name}{caseValue{${givenOf(given, "value")}}} }`;
    return `${comment([`${maker} is what stands there ${says}.`])}${does}\n`;
  });
  const about = `${name} is a value of one of several types, made by ${listed(makers.map((one) => `[${one.name}]`))}. Its zero value is none. ${doc[0] ?? ""}`;
  return [`${comment([about])}type ${name} struct{ caseValue }\n`, ...functions].join("\n");
}

function listed(all: readonly string[]): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
