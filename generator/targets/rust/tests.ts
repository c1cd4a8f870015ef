import { consentTable } from "../../language/consent/table.js";
import { goldenPayload } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";
import type { Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { givenOf, setupFields } from "./face.js";
import { variantsOf } from "./fields.js";
import { functionName, pascal, snake, text } from "./literal.js";

/** `tests.rs`: the contract's guarantees, for the product's own `cargo test --release`. */
export function printTests(model: Model, plan: Plan): string {
  const rows = consentTable(model.consent, model.consentEpoch)
    .filter(({ build }) => build === null)
    .map(({ env, enabled, decidedBy }) => {
      const variables = Object.entries(env).map(([name, value]) => `(${text(name)}, ${text(value)})`);
      return `    (&[${variables.join(", ")}], ${enabled}, ${text(decidedBy)}),\n`;
    });
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  const checks = events.map((one) => {
    const event = model.events.find(({ wireName }) => wireName === one.name);
    const golden = event === undefined ? {} : goldenPayload(model, event);
    const fields =
      one.fields.length === 0 ? "&[]" : `&contract::${functionName(one.words)}_fields(${exampleOf(one)}).unwrap()`;
    return `    client.send(${text(one.name)}, ${fields});\n    assert_eq!(sent(), ${text(JSON.stringify(golden))});\n`;
  });
  const sets = [...setupFields(plan), ...events.flatMap(givenOf)].flatMap((field) =>
    isSet(field) ? [pascal(field.words)] : [],
  );
  const structs = events.flatMap((one) => (one.given.length > 0 ? [pascal(one.words)] : []));
  const atStart = plan.consent.evaluated === "at-start";
  return [
    `//! The client of ${plan.product} is held to its contract: \`cargo test --release\`.\n`,
    "#![allow(clippy::unwrap_used, clippy::too_many_lines)]\n\n",
    `use super::{${["contract", "Request", "Setup", "Transport", ...new Set([...sets, ...structs])].sort((a, b) => Number(/^[A-Z]/.test(a)) - Number(/^[A-Z]/.test(b)) || (a < b ? -1 : 1)).join(", ")}};\n`,
    "use std::sync::mpsc::{channel, Receiver};\n\n",
    "type Row = (&'static [(&'static str, &'static str)], bool, &'static str);\n\n",
    `#[rustfmt::skip]\nconst ROWS: &[Row] = &[\n${rows.join("")}];\n\n`,
    `#[rustfmt::skip]\nconst SETUP: Setup = Setup {\n${setupFields(plan)
      .map((field) => `    ${snake(field.words)}: ${writtenOf(field)},\n`)
      .join("")}};\n\n`,
    suite(atStart ? "in_row(row), " : ""),
    `#[test]\n#[rustfmt::skip]\nfn golden_payloads() {\n    let (client, requests) = granted();\n    let sent = || requests.try_recv().map(|request| request.body).unwrap_or_default();\n${checks.join("")}}\n\n`,
    tests(events[0]?.name ?? "", atStart),
  ].join("");
}

function isSet({ value }: PlanField): boolean {
  return value.is === "one-of" && value.otherwise === undefined;
}

function writtenOf(field: PlanField, given: JsonValue = field.given): string {
  const plain = bare(field, given);
  return field.optional ? `Some(${plain})` : plain;
}

function bare(field: PlanField, given: JsonValue): string {
  if (isSet(field) && field.value.is === "one-of") {
    const variants = [...variantsOf(field.value.values as readonly string[])];
    return `${pascal(field.words)}::${variants.find(([, value]) => value === given)?.[0] ?? ""}`;
  }
  if (typeof given === "string") return text(given);
  if (typeof given !== "number") return String(given === true);
  return field.value.is === "integer" ? String(given) : Number.isInteger(given) ? `${given}.0` : String(given);
}

function exampleOf(one: PlanEvent): string {
  if (one.given.length === 0) return "";
  const fields = givenOf(one).map((field) =>
    one.example.includes(field.name) ? `${snake(field.words)}: ${writtenOf(field)}` : `${snake(field.words)}: None`,
  );
  return `&${pascal(one.words)} { ${fields.join(", ")} }`;
}

const suite = (env: string) => `/// A transport that hands on what it is given.
fn channelled() -> (Transport, Receiver<Request>) {
    let (sender, requests) = channel();
    let transport = Transport::new(move |request| {
        let _ = sender.send(request);
    });
    (transport, requests)
}

fn in_row(row: &Row) -> impl Fn(&str) -> Option<String> {
    let variables = row.0;
    move |name| {
        let found = variables.iter().find(|(one, _)| *one == name);
        found.map(|(_, value)| String::from(*value))
    }
}

fn granted() -> (contract::Client, Receiver<Request>) {
    let (transport, requests) = channelled();
${env === "" ? "" : "    let row = ROWS.iter().find(|row| row.1).unwrap();\n"}    let client = contract::start(${env}&SETUP, transport).unwrap();
    (client, requests)
}

`;

const tests = (event: string, atStart: boolean) => `#[test]
fn truth_table() {
    for row in ROWS {
        let found = contract::decide(in_row(row));
        assert_eq!((found.enabled, found.decided_by), (row.1, row.2));
    }
}

#[test]
fn off_is_off() {
${
  atStart
    ? ""
    : `    let (transport, _) = channelled();
    contract::setup(&SETUP, transport);
`
}    for row in ROWS.iter().filter(|row| !row.1) {
${
  atStart
    ? `        let (transport, _) = channelled();
        assert!(contract::start(in_row(row), &SETUP, transport).is_none());`
    : "        assert!(contract::client(in_row(row)).is_none());"
}
    }
}

#[test]
fn never_throws() {
${atStart ? "    let row = ROWS.iter().find(|row| row.1).unwrap();\n" : ""}    let transport = Transport::new(|_| panic!("the transport's own"));
    let client = contract::start(${atStart ? "in_row(row), " : ""}&SETUP, transport).unwrap();
    client.send(${text(event)}, &[]);
}
`;
