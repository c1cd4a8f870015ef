import { consentTable } from "../../language/consent/table.js";
import { holdsFrom } from "../../model/epochs.js";
import { goldenBody, goldenTime } from "../../model/golden.js";
import type { Model } from "../../model/model.js";
import type { Plan, PlanField } from "../../plan/plan.js";
import { askedPlaces } from "./consent.js";
import { takesClient } from "./events.js";
import { exampleOf, writtenOf } from "./examples.js";
import { givenOf, setupFields } from "./face.js";
import { madeOf } from "./late.js";
import { functionName, pascal, snake, text } from "./literal.js";
import { drawingOf, isDrawnPlainly } from "./sending.js";
import { sourceOf } from "./sources.js";
import { grouped, isGiven, shapesOf } from "./types.js";
import { useLine } from "./uses.js";

/** `tests.rs`: the contract's guarantees, for the product's own `cargo test --release`. */
export function printTests(model: Model, plan: Plan): string {
  const places = askedPlaces(plan).map(([name]) => name);
  const isKept = places.includes("kept");
  const rows = consentTable(model.consent, model.consentEpoch, holdsFrom(model))
    .filter(({ build }) => build === null)
    .map(({ env, config, stored, args, facts, enabled, decidedBy }) => {
      const ci = facts?.["ci"] === true ? [["CI", "1"] as const] : [];
      const variables = [...Object.entries(env), ...ci].map(([name, value]) => `(${text(name)}, ${text(value)})`);
      const more = [
        ...(isKept ? [stored === null ? "None" : `Some(${text(JSON.stringify(stored))})`] : []),
        ...(places.includes("config") ? [text(JSON.stringify(config))] : []),
        ...(places.includes("args") ? [`&[${(args ?? []).map(text).join(", ")}]`] : []),
      ];
      const cells = [`&[${variables.join(", ")}]`, String(enabled), text(decidedBy), ...more];
      return `    (${cells.join(", ")}),\n`;
    });
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  // What only a machine knows stands there as in the contract's examples.
  const pins = (into: string, fields: readonly PlanField[]) =>
    fields.flatMap((one, index) =>
      sourceOf(one) === undefined && madeOf(one) === undefined
        ? []
        : [`    ${into}[${index}] = Some((${text(one.name)}, String::from(${text(JSON.stringify(one.example))})));\n`],
    );
  const pinned = pins("client.common", plan.common);
  const drawing = drawingOf(plan);
  const bodyArgs = (name: string, fields: string) =>
    [
      text(name),
      ...(drawing.common ? ["&client.common"] : []),
      fields,
      ...(drawing.timed && !isDrawnPlainly(plan) ? [grouped(Date.parse(goldenTime))] : []),
    ].join(", ");
  const checks = events.flatMap((one) => {
    const event = model.events.find(({ wireName }) => wireName === one.name);
    const golden = text(event === undefined ? "" : goldenBody(model, event));
    const check = (fields: string) => `    assert_eq!(client.body(${bodyArgs(one.name, fields)}), ${golden});\n`;
    if (one.fields.length === 0) return [check("&[]")];
    const takes = [...(takesClient(one) ? ["&client"] : []), ...(one.given.length === 0 ? [] : [exampleOf(one)])];
    const made = `contract::${functionName(one.words)}_fields(${takes.join(", ")}).unwrap()`;
    const own = pins("fields", one.fields);
    return own.length === 0 ? [check(`&${made}`)] : [`    let mut fields = ${made};\n`, ...own, check("&fields")];
  });
  const sets = [...setupFields(plan), ...events.flatMap(givenOf)].flatMap((field) =>
    isGiven(field.from) ? shapesOf(field).map(({ name }) => name) : [],
  );
  const structs = events.flatMap((one) => (one.given.length > 0 ? [pascal(one.words)] : []));
  const atStart = plan.consent.evaluated === "at-start";
  const types = ["&'static [(&'static str, &'static str)]", "bool", "&'static str"];
  if (isKept) types.push("Option<&'static str>");
  if (places.includes("config")) types.push("&'static str");
  if (places.includes("args")) types.push("&'static [&'static str]");
  const at = (column: string) => 3 + ["kept", "config", "args"].filter((one) => places.includes(one)).indexOf(column);
  const asked = [
    "&in_row(row)",
    ...(isKept ? [`&|| kept(row.${at("kept")})`] : []),
    ...(places.includes("config") ? [`&configured(row.${at("config")})`] : []),
    ...(places.includes("args") ? [`&row.${at("args")}.iter().copied().map(String::from).collect::<Vec<_>>()`] : []),
  ];
  const body = [
    "use std::sync::mpsc::{channel, Receiver};\n\n",
    `#[rustfmt::skip]\ntype Row = (${types.join(", ")});\n\n`,
    `#[rustfmt::skip]\nconst ROWS: &[Row] = &[\n${rows.join("")}];\n\n`,
    `#[rustfmt::skip]\nconst SETUP: Setup = Setup {\n${setupFields(plan)
      .map((field) => `    ${snake(field.words)}: ${writtenOf(field)},\n`)
      .join("")}};\n\n`,
    suite(atStart ? "decided(row), " : ""),
    `#[rustfmt::skip]\nfn decided(row: &Row) -> Decision {\n    contract::decide(${asked.join(", ")})\n}\n\n`,
    ...(isKept ? [KEPT] : []),
    ...(places.includes("config") ? [CONFIGURED] : []),
    `#[test]\n#[rustfmt::skip]\nfn golden_payloads() {\n    let (${pinned.length === 0 ? "" : "mut "}client, _requests) = granted();\n${[...pinned, ...checks].join("")}}\n\n`,
    tests(events[0]?.name ?? "", atStart, drawing.late),
  ].join("");
  return [
    `//! The client of ${plan.product} is held to its contract: \`cargo test --release\`.\n`,
    "#![allow(clippy::unwrap_used, clippy::too_many_lines)]\n\n",
    ...(isKept || places.includes("config")
      ? [
          useLine("super::runtime", [
            ...(places.includes("config") ? ["member_of", "value_at", "Found"] : []),
            ...(isKept ? ["Members"] : []),
            "parsed",
            "Json",
          ]),
        ]
      : []),
    useLine("super", [
      "contract",
      "Decision",
      "Request",
      "Setup",
      "Transport",
      ...new Set([...sets, ...structs].filter((name) => new RegExp(`\\b${name}\\b`).test(body))),
    ]),
    body,
  ].join("");
}

const CONFIGURED = `/// The configurations of a row.
fn configured(text: &str) -> impl Fn(&str, &str) -> Found {
    let all = parsed(text);
    move |name, key| match &all {
        Some(Json::Object(all)) => match member_of(all, name) {
            None => Found::Nothing,
            Some(Json::Object(content)) => match value_at(content, key) {
                Found::Value(Json::Null | Json::List(_) | Json::Object(_)) => Found::Untold,
                found => found,
            },
            Some(_) => Found::Untold,
        },
        _ => Found::Untold,
    }
}

`;

const KEPT = `/// The state file of a row.
fn kept(text: Option<&str>) -> Option<Members> {
    match text.map_or(Some(Json::Object(Members::new())), parsed) {
        Some(Json::Object(members)) => Some(members),
        _ => None,
    }
}

`;

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

const tests = (event: string, atStart: boolean, late: boolean) => `#[test]
fn truth_table() {
    for row in ROWS {
        let found = decided(row);
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
        assert!(contract::start(decided(row), &SETUP, transport).is_none());`
    : "        assert!(contract::client(decided(row)).is_none());"
}
    }
}

#[test]
fn never_throws() {
${atStart ? "    let row = ROWS.iter().find(|row| row.1).unwrap();\n" : ""}    let transport = Transport::new(|_| panic!("the transport's own"));
    let client = contract::start(${atStart ? "decided(row), " : ""}&SETUP, transport).unwrap();
    client.send(${text(event)}, &[]${late ? ", &[]" : ""});
}
`;
