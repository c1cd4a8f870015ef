import type { Plan, PlanIdentifier } from "../../plan/plan.js";
import { constantName, freshOf } from "./late.js";
import { text } from "./literal.js";

/** The identifiers that the client makes; those that are given are the program's. */
export function madeIdentifiers({ identifiers }: Plan): readonly PlanIdentifier[] {
  return identifiers.filter(({ madeFrom, created }) => madeFrom !== "given" && created !== "each-event");
}

/** An identifier's key in the state file, or its input; undefined: it lives as long as the process. */
export function keptUnder({ name, key = name, madeFrom, created, hash }: PlanIdentifier): string | undefined {
  if (madeFrom === "hash") return hash?.of === "session" ? undefined : "machine_secret";
  return madeFrom === "random" && created !== "process-start" && created !== "each-event" ? key : undefined;
}

/** Prints the identifiers that the client makes, as data of the runtime's. */
export function printIdentities(plan: Plan): string {
  const made = madeIdentifiers(plan);
  if (made.length === 0) return "";
  const isKept = made.some((one) => keptUnder(one) !== undefined);
  const all = made.map((one) => `&${constantName(one.name)}`).join(", ");
  return [
    ...made.map((one) => printIdentifier(plan, one)),
    `\n#[rustfmt::skip]\nstatic IDENTITIES: Identities = Identities {\n    ${isKept ? "place" : "place: || None"},\n`,
    `    fits: ${isKept ? "is_valid" : "|_, _| false"},\n    all: &[${all}],\n};\n`,
  ].join("");
}

function printIdentifier(plan: Plan, identifier: PlanIdentifier): string {
  const key = keptUnder(identifier);
  const { inCi, hash } = identifier;
  const lines = [
    `name: ${text(identifier.name)}`,
    `key: ${key === undefined ? "None" : `Some(${text(key)})`}`,
    `fresh: ${freshOf(identifier)}`,
    `hash: ${hash === undefined ? "None" : `Some(|secret| ${hashOf(plan.product, identifier.name, hash.keep ?? "")})`}`,
    `opt_in: ${identifier.created === "opt-in"}`,
    `in_ci: ${inCi === undefined ? "InCi::Itself" : inCi.text === undefined ? "InCi::Nothing" : `InCi::Text(${text(inCi.text)})`}`,
  ];
  return `\n#[rustfmt::skip]\nstatic ${constantName(identifier.name)}: Identifier = Identifier {\n${lines.map((line) => `    ${line},\n`).join("")}};\n`;
}

function hashOf(product: string, name: string, keep: string): string {
  const given = `&identity_text(${text(product)}, ${text(name)}, secret)`;
  if (keep === "48 bits") return `number_digest(${given})`;
  return keep === "uuid" ? `uuid_digest(${given})` : `short_digest(${given}, ${Number.parseInt(keep, 10)})`;
}

/** Returns whether anything is made at random. */
export function isRandom(plan: Plan): boolean {
  const fields = [
    ...plan.common,
    ...plan.emitters.flatMap((emitter) => (emitter.kind === "event" ? emitter.fields : [])),
  ];
  return (
    plan.identifiers.some(({ madeFrom }) => madeFrom !== "given") ||
    fields.some(({ from }) => from.kind === "each-event")
  );
}
