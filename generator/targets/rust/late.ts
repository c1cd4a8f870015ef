import { numberKind } from "../../plan/number-kind.js";
import type { PlanField, PlanIdentifier, PlanValue } from "../../plan/plan.js";
import { type TimeForm, timeForm } from "../../plan/time-form.js";
import { text } from "./literal.js";
import { grouped } from "./types.js";

/** Returns whether a field is filled in when its event is sent, so that nothing is made where nothing leaves. */
export function isLate({ from }: PlanField, goesWithAll: boolean): boolean {
  return from.kind === "identifier" || (goesWithAll && MADE_EACH_TIME.includes(from.kind));
}

const MADE_EACH_TIME: readonly string[] = ["each-event", "now", "sequence"];

/** The value created for an event: its JSON expression, optional if it may be missing. Undefined: there is none. */
export function madeOf({ from, value }: PlanField): { readonly code: string; readonly sure: boolean } | undefined {
  switch (from.kind) {
    case "identifier":
      return { code: `identity(&IDENTITIES, &${constantName(from.identifier)})`, sure: false };
    case "each-event":
      return { code: quotedIf(value, randomOf(from.drawn)), sure: false };
    case "now":
      return { code: timeOf("clock()", value), sure: true };
    case "process-start":
      return { code: timeOf("started()", value), sure: true };
    case "sequence":
      return { code: "next_number().to_string()", sure: true };
    default:
      return undefined;
  }
}

/** Whether a day has come, as a condition. */
export function hasCome(day: string): string {
  return `clock() >= ${grouped(Date.parse(day))}`;
}

/** An optional value that nobody records any more from its last day on. */
export function untilEnd({ expires }: PlanField, code: string): string {
  return expires === undefined ? code : `if ${hasCome(expires)} { None } else { ${code} }`;
}

/** Prints which fields are filled in when an event is sent. */
export function lateCode(name: string, fields: readonly PlanField[], goesWithAll: boolean): string {
  const lines = fields.flatMap((field, at) => {
    const made = isLate(field, goesWithAll) ? madeOf(field) : undefined;
    if (made === undefined) return [];
    const make = untilEnd(field, made.sure ? `Some(${made.code})` : made.code);
    return [
      `    Late { at: ${at}, name: ${text(field.name)}, required: ${!field.optional}, make: || ${make.startsWith("if ") ? `{ ${make} }` : make} },\n`,
    ];
  });
  return `\n#[rustfmt::skip]\nstatic ${name}: &[Late] = &[\n${lines.join("")}];\n`;
}

/** `device_id` → `DEVICE_ID_IDENTIFIER`. */
export function constantName(name: string): string {
  return `${name.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}_IDENTIFIER`;
}

function quotedIf(value: PlanValue, code: string): string {
  const quotes = `${code}.map(|it| quoted(&it))`;
  return { integer: code, real: code, none: quotes }[numberKind(value)];
}

/** An expression of what is drawn at random, as a text. */
function randomOf(
  drawn: "uuid" | { readonly least: number; readonly most: number } | NonNullable<PlanIdentifier["drawn"]>,
): string {
  if (drawn === "uuid") return "random_uuid()";
  if ("least" in drawn) return `random_number(${grouped(drawn.least)}, ${grouped(drawn.most)})`;
  return `drawn_text(&[${drawn.map(({ of, times }) => `(${text(of)}, ${times})`).join(", ")}])`;
}

/** An expression that makes an identifier, as JSON. */
export function freshOf({ value, hash, madeFrom, drawn }: PlanIdentifier): string {
  if (madeFrom === "hash" || hash !== undefined) return "|| random_digits(64).map(Json::Text)";
  if (drawn !== undefined && drawn.length > 0) return `|| ${randomOf(drawn)}.map(Json::Text)`;
  if (value.is === "integer")
    return `|| ${randomOf({ least: value.least ?? 0, most: Math.min(value.most ?? 2 ** 48, 2 ** 48) })}.map(Json::Number)`;
  const length = [36, 64, 32, 16].find((one) => fits(value, SAMPLE(one)));
  return length === 36 ? "|| random_uuid().map(Json::Text)" : `|| random_digits(${length ?? 64}).map(Json::Text)`;
}

const SAMPLE = (length: number) =>
  length === 36
    ? "3f1b0c52-7c1e-4a5b-9d2e-0a1b2c3d4e5f"
    : "3f1b0c527c1e4a5b9d2e0a1b2c3d4e5f".repeat(2).slice(0, length);

function fits(value: PlanValue, sample: string): boolean {
  if (value.is !== "text") return false;
  return (
    sample.length <= (value.most ?? sample.length) &&
    (value.pattern === undefined || new RegExp(value.pattern).test(sample))
  );
}

/** A time in the form in which it travels. One without a zone is refused. */
function timeOf(at: string, value: PlanValue): string {
  const written: Readonly<Record<TimeForm, string>> = {
    s: `(${at} / 1000).to_string()`,
    ms: `${at}.to_string()`,
    utc: `quoted(&rfc3339(${at}))`,
    local: `quoted(&rfc3339(${at}))`,
  };
  return written[timeForm(value)];
}
