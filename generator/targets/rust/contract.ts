import type { Picture } from "../../model/wire.js";
import type { Plain, Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { printAsked, printOverride, printShown } from "./asked.js";
import { condition } from "./consent.js";
import { setupFields } from "./face.js";
import { constantJson, fitOf, grouped, isGiven } from "./fields.js";
import { call, functionName, jsonText, pascal, snake, text } from "./literal.js";
import { endCode, sendCode } from "./sending.js";
import { sourceCode, sourceEntry, sourceOf } from "./sources.js";
import { printState, readsState } from "./state.js";
import { uses } from "./uses.js";

/** `contract.rs`: what the contract says, as code. */
export function printContract(plan: Plan): string {
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  const fields = [...plan.common, ...plan.destination.urlFields, ...events.flatMap((one) => one.fields)];
  const needed = fields.flatMap((one) => {
    if (constantJson(one) !== undefined) return [];
    const { by, code } = fitOf(one);
    return [[by, code] as const, ...sourceCode(one)];
  });
  const fits = new Map(needed);
  fits.delete("");
  const everyTime = plan.consent.evaluated === "every-event";
  const versions = versionsOf(plan);
  const starts =
    versions.includes("given.") || [...plan.destination.urlFields, ...plan.common].some(({ from }) => isGiven(from));
  const setup = `${starts ? "given" : "_"}: &Setup, transport: Transport`;
  const body = [
    "/// What is known once the program has set it up, and may send.\n",
    "pub(super) struct Client {\n    url: String,\n    pub(super) common: Vec<Option<Entry>>,\n    transport: Transport,\n",
    versions === "" ? "}\n\n" : "    /// What a receiver may take nothing of any more.\n    versions: String,\n}\n\n",
    "static CLIENT: OnceLock<Client> = OnceLock::new();\n\n",
    ...(fields.some(({ from }) => from.kind === "schema-version")
      ? [`const SCHEMA_VERSION: i64 = ${grouped(plan.schemaVersion)};\n\n`]
      : []),
    `pub(super) fn setup(given: &Setup, transport: Transport) {\n`,
    `    if let Some(client) = start(${everyTime ? "" : "decision(), "}given, transport) {\n        let _ = CLIENT.set(client);\n    }\n}\n\n`,
    ...(everyTime
      ? [
          "/// None: it may not send now.\n",
          "pub(super) fn client(decision: Decision) -> Option<&'static Client> {\n",
          "    CLIENT.get().filter(|_| decision.enabled)\n}\n\n",
          "/// None: a value that it would need may not travel.\n",
          wraps([...plan.destination.urlFields.map(taken), ...plan.common.map(entryOf)].join("")),
          asIs([...plan.destination.urlFields, ...plan.common]),
          `pub(super) fn start(${setup}) -> Option<Client> {\n`,
        ]
      : [
          "/// None: it may not send, or a value that it would need may not travel.\n",
          asIs([...plan.destination.urlFields, ...plan.common]),
          `pub(super) fn start(decision: Decision, ${setup}) -> Option<Client> {\n`,
          "    if !decision.enabled {\n        return None;\n    }\n",
        ]),
    ...plan.destination.urlFields.map((one) => `    let ${snake(one.words)} = ${taken(one)};\n`),
    urlCode(plan),
    list("    let common = vec!", plan.common.map(entryOf), ";"),
    ...(versions === "" ? [] : [`    let versions = ${versions};\n`]),
    list("    Some(Client ", ["url", "common", "transport", ...(versions === "" ? [] : ["versions"])], ")", "{"),
    "}\n\n",
    "impl Client {\n",
    ...sendCode(plan),
    ...bodyCode(plan),
    "        body.end()\n    }\n}\n\n",
    ...endCode(plan),
    condition(plan),
    printState(plan),
    printAsked(plan),
    printOverride(plan),
    printShown(plan),
    ...events.map((one) => `\n${printEvent(one, everyTime ? "client(decision())" : "CLIENT.get()")}`),
    ...[...fits.values()].map((one) => `\n${one}`),
  ].join("");
  return `${uses(plan, body)}\n${body}`;
}

/** What a receiver may say of that it takes no more: the contract's version and the product's own. Empty: it is noted nowhere. */
function versionsOf(plan: Plan): string {
  if (!readsState(plan)) return "";
  const version = setupFields(plan).find(({ from }) => from.kind === "package-version");
  if (version === undefined) return `String::from(${text(`${plan.schemaVersion} undefined`)})`;
  const at = `given.${snake(version.words)}`;
  return `format!(${text(`${plan.schemaVersion} {}`)}, ${version.optional ? `${at}.unwrap_or("undefined")` : at})`;
}

/** Items on one line where that is short, else each on its own. */
function list(before: string, items: readonly string[], after: string, bracket: "[" | "{" = "["): string {
  const [open, close, space] = bracket === "[" ? ["[", "]", ""] : ["{", "}", " "];
  const flat = items.join(", ");
  const most = bracket === "[" ? 60 : 18;
  if (items.length === 0 || flat.length <= most)
    return `${before}${open}${flat === "" ? "" : `${space}${flat}${space}`}${close}${after}\n`;
  const indent = /^ */.exec(before)?.[0] ?? "";
  return `${before}${open}\n${items.map((one) => `${indent}    ${one},\n`).join("")}${indent}${close}${after}\n`;
}

/** Returns what may travel of a field that is there. */
function taken(field: PlanField): string {
  return fitOf(field).taken(found(field));
}

/** Returns the place of a field's value: in what the program gives, or where the machine says it. */
function found(field: PlanField): string {
  return sourceOf(field) ?? `given.${snake(field.words)}`;
}

/** A field as an entry, or nothing. */
function entryOf(field: PlanField): string {
  const constant = constantJson(field);
  if (constant !== undefined) return `Some((${text(field.name)}, ${constant}))`;
  const fit = fitOf(field);
  const at = found(field);
  if (sourceOf(field) !== undefined) return sourceEntry(field, fit, at);
  if (!field.optional) {
    const pair = [text(field.name), fit.json(fit.taken(at))];
    return pair.join(", ").length <= 58
      ? `Some((${pair.join(", ")}))`
      : `Some((\n${pair.map((one) => `            ${one},\n`).join("")}        ))`;
  }
  const map = `.map(|it| (${text(field.name)}, ${fit.json("it")}))`;
  const line = `${fit.option(at)}${map}`;
  if (line.length <= 60) return line;
  // A chain that is long stands below its start.
  const [, then = ""] = /^given\.\w+(.*)$/.exec(fit.option(at)) ?? [];
  return ["given", `.${snake(field.words)}`, ...(then === "" ? [] : [then]), map].join("\n            ");
}

/** What the machine says is on lines of any length. */
function asIs(fields: readonly PlanField[]): string {
  return fields.some((one) => sourceOf(one) !== undefined) ? "#[rustfmt::skip]\n" : "";
}

/** Wraps code that could fail. Code that can't fail in this contract may in another. */
function wraps(code: string): string {
  return code.includes("?") ? "" : "#[allow(clippy::unnecessary_wraps)]\n";
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
      return [`        ${into}.all(${entry.spread.of === "common" ? "&self.common" : "fields"});\n`];
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

function printEvent(one: PlanEvent, client: string): string {
  const name = functionName(one.words);
  const fields = one.fields.length === 0 ? "&[]" : "&fields";
  const once = one.limit === undefined ? undefined : `${name.toUpperCase()}_DONE`;
  const takes = one.given.length === 0 ? "" : `given: &${pascal(one.words)}`;
  const made =
    one.fields.length === 0 ? [] : [`        if let Some(fields) = ${name}_fields(${takes === "" ? "" : "given"}) {\n`];
  const indent = made.length > 0 ? "            " : "        ";
  const sends = [
    ...made,
    ...(once === undefined
      ? [`${indent}client.send(${text(one.name)}, ${fields});\n`]
      : [
          `${indent}if !${once}.swap(true, Ordering::Relaxed) {\n${indent}    client.send(${text(one.name)}, ${fields});\n${indent}}\n`,
        ]),
    ...(made.length > 0 ? ["        }\n"] : []),
  ];
  return [
    ...(once === undefined ? [] : [`static ${once}: AtomicBool = AtomicBool::new(false);\n\n`]),
    `pub(super) fn ${name}(${takes}) {\n    if let Some(client) = ${client} {\n${sends.join("")}    }\n}\n`,
    ...(one.fields.length === 0
      ? []
      : [
          `\n${wraps(one.fields.map(entryOf).join(""))}${asIs(one.fields)}pub(super) fn ${name}_fields(${takes}) -> Option<Vec<Option<Entry>>> {\n`,
          list("    let fields = vec!", one.fields.map(entryOf), ";"),
          "    Some(fields)\n}\n",
        ]),
  ].join("");
}
