import { kindsOfStep } from "../../language/consent/places/config.js";
import { holdsTextsOnly } from "../../language/file-forms.js";
import type { ConsentStep, Match } from "../../model/model.js";
import { isOffAnyway } from "../../plan/off-anyway.js";
import type { Plain, Plan, PlanStep } from "../../plan/plan.js";
import { text } from "./literal.js";
import { jsonTest } from "./state.js";

/** The sources of consent other than the environment: each a parameter, and its value in the program. */
export function askedPlaces({ consent }: Plan): readonly (readonly [name: string, type: string, real: string])[] {
  const has = (kind: PlanStep["place"]["kind"]) => consent.order.some(({ place }) => place.kind === kind);
  return [
    ["env", "Env<'_>", "&variable"],
    ...(has("stored") ? ([["kept", "Kept<'_>", "&kept"]] as const) : []),
    ...(has("config") ? ([["config", "Configured<'_>", "&setting"]] as const) : []),
    ...(has("flag") ? ([["args", "&[String]", "&arguments()"]] as const) : []),
  ];
}

/** Prints who decides: the contract's steps, one behind the other. */
export function condition(plan: Plan): string {
  const { consent } = plan;
  const first = consent.order.findIndex(({ place }) => place.kind === "stored");
  const steps = consent.order
    .map((step, at) => `${at === first ? "    let state = kept();\n" : ""}${printStep(plan, step, at)}`)
    .join("");
  const places = askedPlaces(plan);
  const params = places.map(
    ([name, type]) => `${new RegExp(`\\b${name}\\(|\\b${name},`).test(steps) ? name : "_"}: ${type}`,
  );
  const isLaid = consent.order.every(isPlain);
  return [
    "pub(super) fn decision() -> Decision {\n",
    ...(keepsRefusals(plan) ? ['    if is_refused() {\n        return Decision::by(false, "stored");\n    }\n'] : []),
    `    decide(${places.map(([, , real]) => real).join(", ")})\n}\n\n`,
    "/// The first that matches decides; where both sides of one do, it is a no.\n",
    ...(isLaid ? [] : ["#[rustfmt::skip]\n#[allow(clippy::match_same_arms)]\n"]),
    `pub(super) fn decide(${params.join(", ")}) -> Decision {\n`,
    steps,
    `    Decision::by(${consent.model === "opt-out"}, "default")\n}\n`,
  ].join("");
}

/** A person may say no where that can't be kept. */
export function keepsRefusals({ consent, state }: Plan): boolean {
  return consent.ask.length > 0 || (state?.declared === true && Object.keys(consent.commands).length > 0);
}

/** Returns whether a step is laid out as rustfmt would. */
function isPlain({ place, anyCase, trimmed, otherwise, enable, disable }: PlanStep): boolean {
  return place.kind === "env" && !anyCase && !trimmed && !otherwise && !saysAbsent(enable) && !saysAbsent(disable);
}

/** The kinds of values that a step about a configuration knows; none: all of them. */
function kindsOf({ place, enable, disable }: PlanStep): readonly string[] {
  if (place.kind !== "config") return [];
  const asked = kindsOfStep({ place, enableWhen: enable, disableWhen: disable } as ConsentStep) ?? [];
  // In INI and plain text a number is a text of its usual spelling.
  return asked.length > 0 && holdsTextsOnly(place.form) ? ["string"] : asked;
}

type Side = Plain<Match> | undefined;

function printStep(plan: Plan, step: PlanStep, at: number): string {
  const { by, place, enable, disable, otherwise } = step;
  const answer = (enabled: boolean) => `return Decision::by(${enabled}, ${text(by)});`;
  const absent = saysAbsent(disable) ? answer(false) : saysAbsent(enable) ? answer(true) : undefined;
  const side = (match: Side, test: (match: Plain<Match>) => string, enabled: boolean, and = "") => {
    const rest = withoutAbsent(match);
    if (rest === undefined) return "";
    const found = `${test(rest)}${and}`;
    return found === "true"
      ? `        ${answer(enabled)}\n`
      : `        if ${found} {\n            ${answer(enabled)}\n        }\n`;
  };
  const rest = otherwise === undefined ? "" : `        ${answer(false)}\n`;
  switch (place.kind) {
    case "env": {
      const inner = side(disable, matches, false) + side(enable, matches, true) + rest;
      const spelled = spelling(step);
      const found = `env(${text(place.env)})${spelled === "" ? "" : `.map(|value| value${spelled})`}`;
      const gone = absent === undefined ? "" : `    if env(${text(place.env)}).is_none() {\n        ${absent}\n    }\n`;
      if (inner === "") return gone;
      const named = /\bvalue\b/.test(inner) ? `let Some(value) = ${found}` : `env(${text(place.env)}).is_some()`;
      return `${gone}    if ${named} {\n${inner}    }\n`;
    }
    case "stored": {
      const held = step.sinceEpoch === undefined ? "" : ` && is_held(state.as_ref(), ${step.sinceEpoch}.0)`;
      const inner = side(disable, jsonTest, false) + side(enable, jsonTest, true, held) + rest;
      const isOff = saysNothingUntold(plan, at);
      const nothing = absent === undefined ? "{}" : absent.replace(/;$/, ",").replace(/,$/, "");
      const found = `stored(state.as_ref(), ${text(place.key)}, is_valid)`;
      const name = /\bvalue\b/.test(inner) ? "value" : "_";
      if (isOff) return `    if let Found::Value(${name}) = ${found} {\n${inner}    }\n`;
      return `    match ${found} {\n        Found::Value(${name}) => {\n${inner}        }\n        Found::Untold => ${answer(false).replace(/;$/, "")},\n        Found::Nothing => ${nothing}${nothing === "{}" ? "" : ","}\n    }\n`;
    }
    case "flag": {
      const test =
        place.valued && disable !== undefined
          ? `|value| {\n        let value = String::from(value);\n        ${matches(disable)}\n    }`
          : "|_| true";
      return `    if has_argument(args, ${text(place.flag)}, ${test}) {\n        ${answer(false)}\n    }\n`;
    }
    case "fact":
      return `    if is_ci(env) {\n        ${answer(false)}\n    }\n`;
    case "config": {
      const inner = side(disable, jsonTest, false) + side(enable, jsonTest, true) + rest;
      const kinds = kindsOf(step);
      const asked = `config(${text(place.config)}, ${text(place.key)})`;
      const found = kinds.length === 0 ? asked : `of_kinds(${asked}, &[${kinds.map(text).join(", ")}])`;
      const nothing = absent === undefined ? "{}" : absent.replace(/;$/, ",");
      const name = /\bvalue\b/.test(inner) ? "value" : "_";
      return `    match ${found} {\n        Found::Value(${name}) => {\n${inner}        }\n        Found::Untold => ${answer(false).replace(/;$/, "")},\n        Found::Nothing => ${nothing}\n    }\n`;
    }
    default:
      throw new Error(`${place.kind} is refused before`);
  }
}

/** What can't be told is a no; where it is off in any case, and nothing there would say anything, nobody has to say so. */
export function saysNothingUntold({ consent }: Plan, at: number): boolean {
  const { disable, enable } = consent.order[at] ?? {};
  return isOffAnyway(consent, at) && !saysAbsent(disable) && !saysAbsent(enable);
}

/** The way a variable's text is normalized: lower case, trimmed. Empty: not at all. */
export function spelling({ trimmed, anyCase }: PlanStep): string {
  if (anyCase) return `${trimmed ? ".trim_matches(is_space)" : ""}.to_lowercase()`;
  return trimmed ? ".trim_matches(is_space).to_owned()" : "";
}

function saysAbsent(match: Side): boolean {
  return match?.kind === "absent" || (match?.kind === "any-of" && match.of.some(({ kind }) => kind === "absent"));
}

export function withoutAbsent(match: Side): Side {
  if (match?.kind === "absent") return undefined;
  return match?.kind === "any-of" ? { ...match, of: match.of.filter(({ kind }) => kind !== "absent") } : match;
}

/** Returns whether `value`, a text, is of a match. */
export function matches(match: Plain<Match>): string {
  switch (match.kind) {
    case "exactly":
      return oneOf(match.values.map(String));
    case "any-except":
      return not(oneOf(match.values));
    case "any-of":
      return match.of.map(matches).join(" || ");
    case "non-empty":
      return "!value.is_empty()";
    case "present":
      return "true";
    case "truthy":
      return "is_truthy(&value)";
    case "falsy":
      return "is_falsy(&value)";
    case "absent":
    case "at-least":
      throw new Error(`a match that the Rust client doesn't know: ${match.kind}`);
    default:
      return match satisfies never;
  }
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 && values[0] !== ""
    ? `value == ${text(values[0] ?? "")}`
    : `[${values.map(text).join(", ")}].contains(&value.as_str())`;
}

function not(test: string): string {
  return test.startsWith("value == ") ? test.replace("==", "!=") : `!${test}`;
}
