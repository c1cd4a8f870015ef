import { consentTable } from "../../language/consent/table.js";
import { holdsFrom } from "../../model/epochs.js";
import { goldenBody, goldenTime } from "../../model/golden.js";
import type { Model } from "../../model/model.js";
import { valuesInside } from "../../plan/inside.js";
import type { Plan, PlanEvent, PlanField, PlanValue } from "../../plan/plan.js";
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
  const columns = COLUMNS.filter(({ place }) => places.includes(place));
  const has = (place: Column["place"]) => places.includes(place);
  const isAtStart = plan.consent.evaluated === "at-start";
  const types = ["&'static [(&'static str, &'static str)]", "bool", "&'static str", ...columns.map(({ type }) => type)];
  const asked = ["&in_row(row)", ...columns.map(({ asked }, index) => asked(3 + index))];
  const [firstEvent] = eventsOf(plan);
  const body = [
    "use std::sync::mpsc::{channel, Receiver};\n\n",
    `#[rustfmt::skip]\ntype Row = (${types.join(", ")});\n\n`,
    `#[rustfmt::skip]\nconst ROWS: &[Row] = &[\n${rowsOf(model, columns).join("")}];\n\n`,
    `#[rustfmt::skip]\nconst SETUP: Setup = Setup {\n${setupFields(plan)
      .map((field) => `    ${snake(field.words)}: ${writtenOf(field)},\n`)
      .join("")}};\n\n`,
    suite(isAtStart ? "decided(row), " : ""),
    `#[rustfmt::skip]\nfn decided(row: &Row) -> Decision {\n    contract::decide(${asked.join(", ")})\n}\n\n`,
    ...(has("kept") ? [KEPT] : []),
    ...(has("config") ? [CONFIGURED] : []),
    goldenPayloads(model, plan),
    tests(firstEvent?.name ?? "", isAtStart, drawingOf(plan).late),
  ].join("");
  const parsing = [
    ...(has("config") ? ["member_of", "value_at", "Found"] : []),
    ...(has("kept") ? ["Members"] : []),
    "parsed",
    "Json",
  ];
  return [
    `//! The client of ${plan.product} is held to its contract: \`cargo test --release\`.\n`,
    "#![allow(clippy::unwrap_used, clippy::too_many_lines)]\n\n",
    ...(has("kept") || has("config") ? [useLine("super::runtime", parsing)] : []),
    useLine("super", [
      "contract",
      "Decision",
      "Request",
      "Setup",
      "Transport",
      ...new Set(typesOf(plan).filter((name) => new RegExp(`\\b${name}\\b`).test(body))),
    ]),
    body,
  ].join("");
}

type Row = ReturnType<typeof consentTable>[number];

/** What a row says beside the environment: what stands there, its type, and how it is asked. */
interface Column {
  readonly place: "kept" | "config" | "args";
  readonly type: string;
  readonly cell: (row: Row) => string;
  /** @param at its place in the row. */
  readonly asked: (at: number) => string;
}

const COLUMNS: readonly Column[] = [
  {
    place: "kept",
    type: "Option<&'static str>",
    cell: ({ stored }) => (stored === null ? "None" : `Some(${text(JSON.stringify(stored))})`),
    asked: (at) => `&|| kept(row.${at})`,
  },
  {
    place: "config",
    type: "&'static str",
    cell: ({ config }) => text(JSON.stringify(config)),
    asked: (at) => `&configured(row.${at})`,
  },
  {
    place: "args",
    type: "&'static [&'static str]",
    cell: ({ args }) => `&[${(args ?? []).map(text).join(", ")}]`,
    asked: (at) => `&row.${at}.iter().copied().map(String::from).collect::<Vec<_>>()`,
  },
];

/** The truth table. */
function rowsOf(model: Model, columns: readonly Column[]): readonly string[] {
  return consentTable(model.consent, model.consentEpoch, holdsFrom(model))
    .filter(({ build }) => build === null)
    .map((row) => {
      const ci = row.facts?.["ci"] === true ? [["CI", "1"] as const] : [];
      const variables = [...Object.entries(row.env), ...ci].map(([name, value]) => `(${text(name)}, ${text(value)})`);
      const cells = [`&[${variables.join(", ")}]`, String(row.enabled), text(row.decidedBy)];
      return `    (${[...cells, ...columns.map(({ cell }) => cell(row))].join(", ")}),\n`;
    });
}

/** Each event's call as in the contract's examples, and the body that it becomes. */
function goldenPayloads(model: Model, plan: Plan): string {
  const drawing = drawingOf(plan);
  const bodyOf = (name: string, fields: string) => {
    const time = drawing.timed && !isDrawnPlainly(plan) ? [grouped(Date.parse(goldenTime))] : [];
    return `client.body(${[text(name), ...(drawing.common ? ["&client.common"] : []), fields, ...time].join(", ")})`;
  };
  const checks = eventsOf(plan).flatMap((one) => {
    const event = model.events.find(({ wireName }) => wireName === one.name);
    const golden = text(event === undefined ? "" : goldenBody(model, event));
    const check = (fields: string) => `    assert_eq!(${bodyOf(one.name, fields)}, ${golden});\n`;
    if (one.fields.length === 0) return [check("&[]")];
    const takes = [...(takesClient(one) ? ["&client"] : []), ...(one.given.length === 0 ? [] : [exampleOf(one)])];
    const made = `contract::${functionName(one.words).replace(/_$/, "")}_fields(${takes.join(", ")}).unwrap()`;
    const pinned = pins("fields", one.fields);
    return pinned.length === 0 ? [check(`&${made}`)] : [`    let mut fields = ${made};\n`, ...pinned, check("&fields")];
  });
  const pinned = pins("client.common", plan.common);
  const client = pinned.length === 0 ? "client" : "mut client";
  return `#[test]\n#[rustfmt::skip]\nfn golden_payloads() {\n    let (${client}, _requests) = granted();\n${[...pinned, ...checks].join("")}}\n\n`;
}

/** What only a machine knows stands there as in the contract's examples. */
function pins(into: string, fields: readonly PlanField[]): readonly string[] {
  return fields.flatMap((field, index) =>
    sourceOf(field) === undefined &&
    madeOf(field) === undefined &&
    !holdsHash(field.value) &&
    field.expires === undefined
      ? []
      : [
          `    ${into}[${index}] = Some((${text(field.name)}, String::from(${text(JSON.stringify(field.example))})));\n`,
        ],
  );
}

/** Nobody can say beforehand what a hash is. */
function holdsHash(value: PlanValue): boolean {
  return value.is === "hashed" || valuesInside(value).some(holdsHash);
}

/** The face's types that the examples may name. */
function typesOf(plan: Plan): readonly string[] {
  const events = eventsOf(plan);
  const shapes = [...setupFields(plan), ...events.flatMap(givenOf)].flatMap((field) =>
    isGiven(field.from) ? shapesOf(field).map(({ name }) => name) : [],
  );
  return [...shapes, ...events.flatMap((event) => (event.given.length > 0 ? [pascal(event.words)] : []))];
}

function eventsOf({ emitters }: Plan): readonly PlanEvent[] {
  return emitters.flatMap((emitter) => (emitter.kind === "event" ? [emitter] : []));
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
