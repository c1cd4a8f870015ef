import type { Picture } from "../../model/wire.js";
import type { Plain, Plan, PlanField } from "../../plan/plan.js";
import { printAsked, printOverride, printShown } from "./asked.js";
import { condition } from "./consent.js";
import { neededBy } from "./distinct.js";
import { drawnCode } from "./drawn.js";
import { asIs, holdCode, list, wraps } from "./entries.js";
import { commonEntry, ownEntry, ownOf, printEvent } from "./events.js";
import { setupFields } from "./face.js";
import { constantJson, fitOf } from "./fields.js";
import { isRandom, printIdentities } from "./identities.js";
import { isLate, lateCode } from "./late.js";
import { call, jsonText, snake, text } from "./literal.js";
import { drawingOf, endCode, isDrawnPlainly, sendCode } from "./sending.js";
import { sourceOf } from "./sources.js";
import { printState, readsState } from "./state.js";
import { grouped, isGiven } from "./types.js";
import { uses } from "./uses.js";

/** `contract.rs`: what the contract says, as code. */
export function printContract(plan: Plan): string {
  const events = eventsOf(plan);
  const fields = [...plan.common, ...plan.destination.urlFields, ...events.flatMap((event) => event.fields)];
  const needed = fields.flatMap(neededBy);
  const isVersioned = fields.some((field) => field.from.kind === "schema-version" && constantJson(field) === undefined);
  const client = isEveryTime(plan) ? "client(decision())" : "CLIENT.get()";
  const body = [
    ...clientStruct(plan),
    ...(isVersioned ? [`const SCHEMA_VERSION: i64 = ${grouped(plan.schemaVersion)};\n\n`] : []),
    ...setupCode(plan),
    ...startCode(plan),
    "impl Client {\n",
    ...sendCode(plan),
    ...(isDrawnPlainly(plan) ? plainBody(plan) : drawnCode(plan, drawingOf(plan))),
    ...endCode(plan),
    condition(plan),
    printState(plan),
    printAsked(plan),
    printIdentities(plan),
    ...(plan.common.some((one) => isLate(one, true)) ? [lateCode("COMMON_LATE", plan.common, true)] : []),
    printOverride(plan),
    printShown(plan),
    ...events.map((event) => `\n${printEvent(plan, event, client)}`),
    ...[...new Map(needed).values()].map((code) => `\n${code}`),
  ].join("");
  return `${uses(plan, body)}\n${body}`;
}

function eventsOf({ emitters }: Plan) {
  return emitters.flatMap((emitter) => (emitter.kind === "event" ? [emitter] : []));
}

/** Consent is asked before each event, and not once at the start. */
function isEveryTime({ consent }: Plan): boolean {
  return { "every-event": true, "at-start": false }[consent.evaluated];
}

function clientStruct(plan: Plan): readonly string[] {
  return [
    "/// What is known once the program has set it up, and may send.\n",
    "pub(super) struct Client {\n    url: String,\n    pub(super) common: Vec<Option<Entry>>,\n",
    ...(ownOf(plan).length === 0
      ? []
      : ["    /// What some events take of what the program gave.\n    own: Vec<Option<Entry>>,\n"]),
    "    transport: Transport,\n",
    versionsOf(plan) === ""
      ? "}\n\n"
      : "    /// What a receiver may take nothing of any more.\n    versions: String,\n}\n\n",
    "static CLIENT: OnceLock<Client> = OnceLock::new();\n\n",
  ];
}

function setupCode(plan: Plan): readonly string[] {
  const startsClock = JSON.stringify([plan.common, eventsOf(plan)]).includes('"process-start"');
  const decided = isEveryTime(plan) ? "" : "decision(), ";
  return [
    "pub(super) fn setup(given: &Setup, transport: Transport) {\n",
    ...(isRandom(plan) ? ["    keep_random(transport.random);\n"] : []),
    ...(startsClock ? ["    let _ = started();\n"] : []),
    `    if let Some(client) = start(${decided}given, transport) {\n        let _ = CLIENT.set(client);\n    }\n}\n\n`,
  ];
}

/** How a client is made, and whether there is one. */
function startCode(plan: Plan): readonly string[] {
  const own = ownOf(plan);
  const { urlFields } = plan.destination;
  const versions = versionsOf(plan);
  const held = heldIn(plan.common);
  const takesGiven =
    versions.includes("given.") || [...urlFields, ...plan.common].some(({ from }) => isGiven(from)) || own.length > 0;
  const parameters = `${takesGiven ? "given" : "_"}: &Setup, transport: Transport`;
  const members = [
    "url",
    "common",
    ...(own.length === 0 ? [] : ["own"]),
    "transport",
    ...(versions === "" ? [] : ["versions"]),
  ];
  const unchanged = asIs([...urlFields, ...plan.common], plan.common.map(commonEntry), own);
  return [
    ...(isEveryTime(plan)
      ? [
          "/// None: it may not send now.\n",
          "pub(super) fn client(decision: Decision) -> Option<&'static Client> {\n",
          "    CLIENT.get().filter(|_| decision.enabled)\n}\n\n",
          "/// None: a value that it would need may not travel.\n",
          wraps([...urlFields.map(taken), ...plan.common.map(commonEntry)].join("")),
          unchanged,
          `pub(super) fn start(${parameters}) -> Option<Client> {\n`,
        ]
      : [
          "/// None: it may not send, or a value that it would need may not travel.\n",
          unchanged,
          `pub(super) fn start(decision: Decision, ${parameters}) -> Option<Client> {\n`,
          "    if !decision.enabled {\n        return None;\n    }\n",
        ]),
    ...urlFields.map((field) => `    let ${snake(field.words)} = ${taken(field)};\n`),
    urlCode(plan),
    list(`    let ${held.length > 0 ? "mut " : ""}common = vec!`, plan.common.map(commonEntry), ";"),
    ...held.map((field) => `    ${holdCode(field).replace("&mut fields", "&mut common")}\n`),
    ...(own.length === 0 ? [] : [list("    let own = vec!", own.map(ownEntry), ";")]),
    ...(versions === "" ? [] : [`    let versions = ${versions};\n`]),
    list("    Some(Client ", members, ")", "{"),
    "}\n\n",
  ];
}

/** The body of a request that is drawn as one object. */
function plainBody(plan: Plan): readonly string[] {
  const wire = JSON.stringify(plan.wire);
  const event = wire.includes('"kind":"event"') ? "event" : "_event";
  const fields = wire.includes('"of":"fields"') ? "fields" : "_fields";
  return [
    "    /// What travels.\n",
    `    ${usesCommon(plan) ? "" : "#[allow(clippy::unused_self)]\n    "}pub(super) fn body(&self, ${event}: &str, ${fields}: &[Option<Entry>]) -> String {\n`,
    ...bodyCode(plan),
    "        body.end()\n    }\n}\n\n",
  ];
}

/** The versions that a 410 is noted for: the contract's and the product's. Empty: it isn't noted. */
function versionsOf(plan: Plan): string {
  if (!readsState(plan)) return "";
  const version = setupFields(plan).find(({ from }) => from.kind === "package-version");
  if (version === undefined) return `String::from(${text(`${plan.schemaVersion} undefined`)})`;
  const at = `given.${snake(version.words)}`;
  return `format!(${text(`${plan.schemaVersion} {}`)}, ${version.optional ? `${at}.unwrap_or("undefined")` : at})`;
}

/** Returns what may travel of a field that is there. */
function taken(field: PlanField): string {
  return fitOf(field).taken(found(field));
}

/** Returns the place of a field's value: in what the program gives, or where the machine says it. */
function found(field: PlanField): string {
  return sourceOf(field) ?? `given.${snake(field.words)}`;
}

function heldIn(fields: readonly PlanField[]): readonly PlanField[] {
  return fields.filter((field) => Object.keys(field.onlyWhen).length > 0 && !isLate(field, true));
}

function urlCode({ destination: { url, urlFields } }: Plan): string {
  if (urlFields.length === 0) return `    let url = String::from(${text(url)});\n`;
  const args: string[] = [];
  const form = url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const field = urlFields.find((one) => one.name === name);
    if (field !== undefined) args.push(`encoded(${fitOf(field).text(snake(field.words))})`);
    return "{}";
  });
  return call("    ", "let url = format!", [text(form), ...args], ";");
}

/** The body as it is drawn. What a picture may hold here the rule about clients says. */
function bodyCode({ wire }: Plan): readonly string[] {
  const body = wire.format === "prometheus-text" ? undefined : wire.body;
  return ["        let mut body = Object::new();\n", ...(body === undefined ? [] : drawn(body, "body"))];
}

function drawn(picture: Plain<Picture>, into: string): readonly string[] {
  if (picture.kind !== "object") throw new Error("a body that the Rust client doesn't know");
  return picture.entries.flatMap((entry) => {
    if ("spread" in entry)
      return [`        ${into}.all(${{ common: "&self.common", fields: "fields" }[entry.spread.of]});\n`];
    if ("repeat" in entry || entry.key.kind !== "constant")
      throw new Error("an entry that the Rust client doesn't know");
    const key = text(String(entry.key.value));
    switch (entry.value.kind) {
      case "constant":
        return [`        ${into}.put(${key}, ${jsonText(entry.value.value)});\n`];
      case "event":
        return [`        ${into}.put(${key}, &quoted(event));\n`];
      case "object": {
        const inner = `${into}_in`;
        return [
          `        let mut ${inner} = Object::new();\n`,
          ...drawn(entry.value, inner),
          `        ${into}.put(${key}, &${inner}.end());\n`,
        ];
      }
      default:
        throw new Error("a value that the Rust client doesn't know");
    }
  });
}

function usesCommon({ wire }: Plan): boolean {
  return JSON.stringify(wire).includes('"of":"common"');
}
