import { contentType, type Wire } from "../../model/wire.js";
import type { Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { askedAbsent, askedFace } from "./asked-face.js";
import { CONFIGURE, ENUMS, RANDOM, requestOf, transportOf } from "./face-texts.js";
import { isRandom } from "./identities.js";
import { doc, functionName, pascal, snake, text } from "./literal.js";
import type { Named } from "./named.js";
import { grouped, isGiven, type Shape, shapesOf, typeOf, variantsOf } from "./types.js";

/** `mod.rs`: what a program meets. */
export function printFace(plan: Plan): string {
  const events = plan.emitters.flatMap((emitter) => (emitter.kind === "event" ? [emitter] : []));
  const on = conditionOf(plan);
  return [
    ...headOf(plan),
    `#[cfg(${on})]\nmod contract;\n#[cfg(${on})]\nmod runtime;\n#[cfg(all(test, ${on}))]\nmod tests;\n\n`,
    `#[cfg(not(${on}))]\nuse absent as inner;\n#[cfg(${on})]\nuse contract as inner;\nuse std::time::Duration;\n\n`,
    ...constantsOf(plan, on),
    ...transportCode(plan),
    ENUMS,
    ...typesOf(plan, events).map((code) => `\n${code}`),
    `\n/// Call this once, before anything is recorded. ${{ "at-start": "Consent is read here, and never again.", "every-event": "Consent is asked before each event." }[plan.consent.evaluated]} Where a\n/// value may not travel, nothing is ever sent.\n`,
    "pub fn setup(setup: &Setup, transport: Transport) {\n    inner::setup(setup, transport);\n}\n",
    "\n/// The decision about telemetry, and what decided it. It changes nothing.\n#[must_use]\npub fn decision() -> Decision {\n    inner::decision()\n}\n",
    ...(isConfigured(plan) ? [CONFIGURE] : []),
    askedFace(plan),
    ...events.map((event) => `\n${printEvent(event)}`),
    ...absentModule(plan, events, on),
  ].join("");
}

/** What it is, and which of the compiler's remarks don't concern it. */
function headOf(plan: Plan): readonly string[] {
  return [
    doc(
      [
        `The telemetry of ${plan.product}. ${{ "opt-out": "On", "opt-in": "Off" }[plan.consent.model]} by default; TELEMETRY.md lists everything that it can report.`,
        "It has no dependency: the program gives the transport. Nothing is sent before [`setup`], and nothing here panics." +
          (plan.consent.evaluated === "at-start" ? " While it is off, recording is one load and a branch." : ""),
      ],
      "",
      "//!",
    ),
    "#![forbid(unsafe_code)]\n#![warn(missing_docs)]\n// A program need not call all of it.\n#![allow(dead_code)]\n// What the contract says in words is no Markdown.\n#![allow(clippy::doc_markdown)]\n// What is small is given as what is large.\n#![allow(clippy::trivially_copy_pass_by_ref)]\n",
    "// A contract lists what it lists.\n#![allow(clippy::struct_excessive_bools, clippy::too_many_lines)]\n",
    "\n",
  ];
}

function constantsOf(plan: Plan, on: string): readonly string[] {
  const isCompiledOut = plan.consent.builds.some(({ kind }) => kind === "compiled-out");
  const unless = isCompiledOut ? "not where there are debug assertions, and not " : "not ";
  return [
    doc([
      `Whether this build has telemetry: ${unless}without the feature \`telemetry\`. Where it has none, what follows is empty.`,
    ]),
    `pub const COMPILED_IN: bool = cfg!(${on});\n\n`,
    "/// How long a request may take, all in all.\n",
    `pub const TIMEOUT: Duration = ${duration(plan.delivery.timeout)};\n\n`,
    `/// What the body of a request is.\npub const CONTENT_TYPE: &str = "${contentType(plan.wire as Wire)}";\n\n`,
  ];
}

/** What the program gives: how a request is sent, and who hears of a failure. */
function transportCode(plan: Plan): readonly string[] {
  const isLogged = plan.delivery.onFailure === "log" || plan.delivery.debug?.stream === "log";
  return [
    requestOf(plan),
    "        inner::ended(self, outcome);\n    }\n}\n\n",
    transportOf(plan),
    ...(isLogged
      ? [
          "\n    /// With a function that is called on failures: `tracing::event!` behind a `match` of the level.\n",
          "    #[must_use]\n    pub fn with_log(mut self, log: fn(Level, &str)) -> Self {\n        self.log = Some(log);\n        self\n    }\n",
        ]
      : []),
    ...(isRandom(plan) ? [RANDOM] : []),
    "}\n\n",
  ];
}

/** Closed sets and objects, each once, and behind them what the functions are given. */
function typesOf(plan: Plan, events: readonly PlanEvent[]): readonly string[] {
  const setup = setupFields(plan);
  const given = [...setup, ...events.flatMap(givenOf)].filter(({ from }) => isGiven(from));
  const shapes = new Map(given.flatMap((field) => shapesOf(field)).map((shape) => [shape.name, shape]));
  return [
    ...[...shapes.values()].map(printShape),
    printStruct("Setup", "What the program knows and the contract lists.", setup),
    ...events
      .filter((event) => event.given.length > 0)
      .map((event) =>
        printStruct(pascal(event.words), `What [\`${functionName(event.words)}\`] is given.`, givenOf(event)),
      ),
  ];
}

/** The same functions for a build without telemetry. */
function absentModule(plan: Plan, events: readonly PlanEvent[], on: string): readonly string[] {
  return [
    `\n#[cfg(not(${on}))]\nmod absent {\n`,
    "    pub(super) fn setup(_: &super::Setup, _: super::Transport) {}\n",
    "    pub(super) fn ended(_: &super::Request, _: Result<u16, &str>) {}\n",
    ...events.map(
      (event) =>
        `    pub(super) fn ${functionName(event.words)}(${event.given.length === 0 ? "" : `_: &super::${pascal(event.words)}`}) {}\n`,
    ),
    ...(isConfigured(plan) ? ["    pub(super) fn configure(_: fn(&str, &str) -> super::Setting) {}\n"] : []),
    askedAbsent(plan),
    '    pub(super) const fn decision() -> super::Decision {\n        super::Decision::by(false, "build")\n    }\n}\n',
  ];
}

function duration(milliseconds: number): string {
  if (milliseconds % 1000 !== 0) return `Duration::from_millis(${grouped(milliseconds)})`;
  return `Duration::from_secs(${grouped(milliseconds / 1000)})`;
}

/** Returns where the code is in the binary. */
export function conditionOf({ consent }: Plan): string {
  return consent.builds.some(({ kind }) => kind === "compiled-out")
    ? 'all(not(debug_assertions), feature = "telemetry")'
    : 'feature = "telemetry"';
}

/** Returns what `setup` is given: the contract's fields, and the version. */
export function setupFields(plan: Plan): readonly PlanField[] {
  const events = plan.emitters.flatMap((emitter) => (emitter.kind === "event" ? emitter.fields : []));
  const all = [...plan.common, ...plan.destination.urlFields, ...events];
  const version = all.find(({ from }) => from.kind === "package-version");
  const { fields } = plan.setup;
  return version === undefined || fields.some(({ name }) => name === version.name) ? fields : [...fields, version];
}

export function givenOf(event: PlanEvent): readonly PlanField[] {
  return event.fields.filter(({ name }) => event.given.includes(name));
}

function printStruct(name: string, what: string, fields: readonly Named[]): string {
  const lines = fields.map(
    (field) => `${doc([docOf(field)], "    ")}    pub ${snake(field.words)}: ${typeOf(field)},\n`,
  );
  const borrows = fields.some((field) => typeOf(field).includes("'a"));
  // A struct without a lifetime needs none where it is named.
  return `${doc([what])}#[derive(Clone, Copy, Debug)]\npub struct ${name}${borrows ? "<'a>" : ""} {${lines.length === 0 ? "" : "\n"}${lines.join("")}}\n`;
}

/** The purpose of a field; a nested field may have none. */
function docOf({ doc: lines, name }: Named): string {
  const said = lines.filter((line) => line !== "").join(" ");
  return said === "" ? `Sent as \`${name}\`.` : said;
}

function printShape(shape: Shape): string {
  const why = docOf(shape.field);
  return "values" in shape
    ? printSet(shape.name, shape.values, shape.field.doc.find((line) => line !== "") ?? why)
    : printStruct(shape.name, why, shape.fields);
}

function printSet(name: string, values: readonly string[], why: string): string {
  const variants = [...variantsOf(values)];
  return [
    doc([why]),
    `#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum ${name} {\n`,
    ...variants.map(
      ([variant, value]) =>
        `${doc([value === "" ? "An empty text." : `Sent as \`${value}\`.`], "    ")}    ${variant},\n`,
    ),
    `}\n\nimpl ${name} {\n    /// What travels.\n    #[must_use]\n    pub const fn as_str(self) -> &'static str {\n        match self {\n`,
    ...variants.map(([variant, value]) => `            Self::${variant} => ${text(value)},\n`),
    "        }\n    }\n}\n",
  ].join("");
}

function printEvent(event: PlanEvent): string {
  const name = functionName(event.words);
  const given = event.given.length === 0;
  return [
    doc([event.when, `${event.why} Sent as \`${event.name}\`.`, ...(event.note === undefined ? [] : [event.note])]),
    `pub fn ${name}(${given ? "" : `given: &${pascal(event.words)}`}) {\n    inner::${name}(${given ? "" : "given"});\n}\n`,
  ].join("");
}

/** Returns whether a configuration is asked. */
export function isConfigured({ consent, destination }: Plan): boolean {
  return (
    consent.order.some(({ place }) => place.kind === "config") ||
    (destination.override?.order ?? []).some(({ kind }) => kind === "config")
  );
}
