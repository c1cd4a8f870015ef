import type { Picture } from "../../model/wire.js";
import type { Plain, Plan, PlanField } from "../../plan/plan.js";
import { printAsked, printOverride, printShown } from "./asked.js";
import { condition } from "./consent.js";
import { drawnCode } from "./drawn.js";
import { asIs, holdCode, list, wraps } from "./entries.js";
import { commonEntry, ownEntry, ownOf, printEvent } from "./events.js";
import { setupFields } from "./face.js";
import { constantJson, fitOf } from "./fields.js";
import { isRandom, printIdentities } from "./identities.js";
import { isLate, lateCode, madeOf } from "./late.js";
import { call, jsonText, snake, text } from "./literal.js";
import { drawingOf, endCode, isDrawnPlainly, sendCode } from "./sending.js";
import { sourceCode, sourceOf } from "./sources.js";
import { printState, readsState } from "./state.js";
import { grouped, isGiven } from "./types.js";
import { uses } from "./uses.js";

/** `contract.rs`: what the contract says, as code. */
export function printContract(plan: Plan): string {
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  const fields = [...plan.common, ...plan.destination.urlFields, ...events.flatMap((one) => one.fields)];
  const needed = fields.flatMap((one) => {
    if (constantJson(one) !== undefined || madeOf(one) !== undefined) return [];
    return [...fitOf(one).needs, ...sourceCode(one)];
  });
  const fits = new Map(needed);
  const everyTime = plan.consent.evaluated === "every-event";
  const versions = versionsOf(plan);
  const starts =
    versions.includes("given.") ||
    [...plan.destination.urlFields, ...plan.common].some(({ from }) => isGiven(from)) ||
    ownOf(plan).length > 0;
  const isPlain = isDrawnPlainly(plan);
  const own = ownOf(plan);
  const setup = `${starts ? "given" : "_"}: &Setup, transport: Transport`;
  const body = [
    "/// What is known once the program has set it up, and may send.\n",
    "pub(super) struct Client {\n    url: String,\n    pub(super) common: Vec<Option<Entry>>,\n",
    ...(own.length === 0
      ? []
      : ["    /// What some events take of what the program gave.\n    own: Vec<Option<Entry>>,\n"]),
    "    transport: Transport,\n",
    versions === "" ? "}\n\n" : "    /// What a receiver may take nothing of any more.\n    versions: String,\n}\n\n",
    "static CLIENT: OnceLock<Client> = OnceLock::new();\n\n",
    ...(fields.some((one) => one.from.kind === "schema-version" && constantJson(one) === undefined)
      ? [`const SCHEMA_VERSION: i64 = ${grouped(plan.schemaVersion)};\n\n`]
      : []),
    `pub(super) fn setup(given: &Setup, transport: Transport) {\n`,
    ...(isRandom(plan) ? ["    keep_random(transport.random);\n"] : []),
    ...(JSON.stringify([plan.common, events]).includes('"process-start"') ? ["    let _ = started();\n"] : []),
    `    if let Some(client) = start(${everyTime ? "" : "decision(), "}given, transport) {\n        let _ = CLIENT.set(client);\n    }\n}\n\n`,
    ...(everyTime
      ? [
          "/// None: it may not send now.\n",
          "pub(super) fn client(decision: Decision) -> Option<&'static Client> {\n",
          "    CLIENT.get().filter(|_| decision.enabled)\n}\n\n",
          "/// None: a value that it would need may not travel.\n",
          wraps([...plan.destination.urlFields.map(taken), ...plan.common.map(commonEntry)].join("")),
          asIs([...plan.destination.urlFields, ...plan.common], own),
          `pub(super) fn start(${setup}) -> Option<Client> {\n`,
        ]
      : [
          "/// None: it may not send, or a value that it would need may not travel.\n",
          asIs([...plan.destination.urlFields, ...plan.common], own),
          `pub(super) fn start(decision: Decision, ${setup}) -> Option<Client> {\n`,
          "    if !decision.enabled {\n        return None;\n    }\n",
        ]),
    ...plan.destination.urlFields.map((one) => `    let ${snake(one.words)} = ${taken(one)};\n`),
    urlCode(plan),
    list(`    let ${heldIn(plan.common).length > 0 ? "mut " : ""}common = vec!`, plan.common.map(commonEntry), ";"),
    ...heldIn(plan.common).map((one) => `    ${holdCode(one).replace("&mut fields", "&mut common")}\n`),
    ...(own.length === 0 ? [] : [list("    let own = vec!", own.map(ownEntry), ";")]),
    ...(versions === "" ? [] : [`    let versions = ${versions};\n`]),
    list(
      "    Some(Client ",
      ["url", "common", ...(own.length === 0 ? [] : ["own"]), "transport", ...(versions === "" ? [] : ["versions"])],
      ")",
      "{",
    ),
    "}\n\n",
    "impl Client {\n",
    ...sendCode(plan),
    ...(isPlain
      ? [
          "    /// What travels.\n",
          `    ${usesCommon(plan) ? "" : "#[allow(clippy::unused_self)]\n    "}pub(super) fn body(&self, ${JSON.stringify(plan.wire).includes('"kind":"event"') ? "event" : "_event"}: &str, ${JSON.stringify(plan.wire).includes('"of":"fields"') ? "fields" : "_fields"}: &[Option<Entry>]) -> String {\n`,
          ...bodyCode(plan),
          "        body.end()\n    }\n}\n\n",
        ]
      : drawnCode(plan, drawingOf(plan))),
    ...endCode(plan),
    condition(plan),
    printState(plan),
    printAsked(plan),
    printIdentities(plan),
    ...(drawingOf(plan).common ? [lateCode("COMMON_LATE", plan.common, true)] : []),
    printOverride(plan),
    printShown(plan),
    ...events.map((one) => `\n${printEvent(plan, one, everyTime ? "client(decision())" : "CLIENT.get()")}`),
    ...[...fits.values()].map((one) => `\n${one}`),
  ].join("");
  return `${uses(plan, body)}\n${body}`;
}

/** What a receiver may say of that it takes no more: the contract's version and the product's own. Empty: it isn't noted anywhere. */
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
  return fields.filter((one) => Object.keys(one.onlyWhen).length > 0 && !isLate(one, true));
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
