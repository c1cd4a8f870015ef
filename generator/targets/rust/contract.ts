import type { Picture } from "../../model/wire.js";
import type { Plain, Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { condition } from "./consent.js";
import { constantJson, fitOf } from "./fields.js";
import { call, functionName, jsonText, pascal, snake, text } from "./literal.js";

/** `contract.rs`: what the contract says, as code. */
export function printContract(plan: Plan): string {
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  const fields = [...plan.common, ...plan.destination.urlFields, ...events.flatMap((one) => one.fields)];
  const fits = new Map(
    fields.flatMap((one) => (constantJson(one) === undefined ? [[fitOf(one).by, fitOf(one).code] as const] : [])),
  );
  fits.delete("");
  const everyTime = plan.consent.evaluated === "every-event";
  const body = [
    "/// What is known once the program has set it up, and may send.\n",
    "pub(super) struct Client {\n    url: String,\n    common: Vec<Option<Entry>>,\n    transport: Transport,\n}\n\n",
    "static CLIENT: OnceLock<Client> = OnceLock::new();\n\n",
    "pub(super) fn setup(given: &Setup, transport: Transport) {\n",
    `    if let Some(client) = start(${everyTime ? "" : "variable, "}given, transport) {\n        let _ = CLIENT.set(client);\n    }\n}\n\n`,
    ...(everyTime
      ? [
          "/// None: it may not send now.\n",
          "pub(super) fn client(env: impl Fn(&str) -> Option<String>) -> Option<&'static Client> {\n",
          "    CLIENT.get().filter(|_| decide(env).enabled)\n}\n\n",
          "/// None: a value that it would need may not travel.\n",
          wraps([...plan.destination.urlFields.map(given), ...plan.common.map(entryOf)].join("")),
          "pub(super) fn start(given: &Setup, transport: Transport) -> Option<Client> {\n",
        ]
      : [
          "/// None: it may not send, or a value that it would need may not travel.\n",
          "pub(super) fn start(\n    env: impl Fn(&str) -> Option<String>,\n    given: &Setup,\n    transport: Transport,\n) -> Option<Client> {\n",
        ]),
    ...(everyTime ? [] : ["    if !decide(env).enabled {\n        return None;\n    }\n"]),
    ...plan.destination.urlFields.map((one) => `    let ${snake(one.words)} = ${given(one)};\n`),
    urlCode(plan),
    list("    let common = vec!", plan.common.map(entryOf), ";"),
    list("    Some(Client ", ["url", "common", "transport"], ")", "{"),
    "}\n\n",
    "impl Client {\n",
    "    pub(super) fn send(&self, event: &str, fields: &[Option<Entry>]) {\n",
    ...bodyCode(plan),
    "        hand_over(&self.transport, &self.url, body.end());\n    }\n}\n\n",
    condition(plan),
    ...events.map((one) => `\n${printEvent(one, everyTime ? "client(variable)" : "CLIENT.get()")}`),
    ...[...fits.values()].map((one) => `\n${one}`),
  ].join("");
  return `${uses(plan, body)}\n${body}`;
}

function uses(plan: Plan, body: string): string {
  const named = (names: readonly string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const runtime = named(
    "below encoded hand_over is_falsy is_line is_short is_truthy quoted up_to variable Entry Object".split(" "),
  );
  const sets = [...new Set(setsIn(plan))].filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const structs = plan.emitters.flatMap((one) =>
    one.kind === "event" && one.given.length > 0 ? [pascal(one.words)] : [],
  );
  const own = ["Decision", "Setup", "Transport", ...sets, ...structs].sort();
  return [
    useLine("super::runtime", runtime),
    useLine("super", own),
    ...(body.includes("AtomicBool") ? ["use std::sync::atomic::{AtomicBool, Ordering};\n"] : []),
    "use std::sync::OnceLock;\n\npub(super) use super::runtime::ended;\n",
  ].join("");
}

function setsIn(plan: Plan): readonly string[] {
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? one.fields : []));
  return [...plan.common, ...plan.destination.urlFields, ...events].flatMap(({ value, words }) =>
    value.is === "one-of" && value.otherwise === undefined ? [pascal(words)] : [],
  );
}

/** Names as rustfmt sorts them, on as many lines as it takes. */
function useLine(path: string, names: readonly string[]): string {
  const rank = (name: string) => (/^[a-z]/.test(name) ? 0 : 1);
  const sorted = [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (sorted.length === 1) return `use ${path}::${sorted[0]};\n`;
  const line = `use ${path}::{${sorted.join(", ")}};\n`;
  if (line.length <= 101) return line;
  const lines: string[] = [];
  for (const name of sorted) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 <= 99) lines[lines.length - 1] = `${last} ${name},`;
    else lines.push(`    ${name},`);
  }
  return `use ${path}::{\n${lines.join("\n")}\n};\n`;
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

function given(field: PlanField): string {
  return fitOf(field).taken(`given.${snake(field.words)}`);
}

/** A field as an entry, or nothing. */
function entryOf(field: PlanField): string {
  const constant = constantJson(field);
  if (constant !== undefined) return `Some((${text(field.name)}, ${constant}))`;
  const fit = fitOf(field);
  const at = `given.${snake(field.words)}`;
  if (!field.optional) return `Some((${text(field.name)}, ${fit.json(fit.taken(at))}))`;
  const map = `.map(|it| (${text(field.name)}, ${fit.json("it")}))`;
  const line = `${fit.option(at)}${map}`;
  if (line.length <= 60) return line;
  // A chain that is long stands below its start.
  const [, then = ""] = /^given\.\w+(.*)$/.exec(fit.option(at)) ?? [];
  return ["given", `.${snake(field.words)}`, ...(then === "" ? [] : [then]), map].join("\n            ");
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
          `\n${wraps(one.fields.map(entryOf).join(""))}pub(super) fn ${name}_fields(${takes}) -> Option<Vec<Option<Entry>>> {\n`,
          list("    let fields = vec!", one.fields.map(entryOf), ";"),
          "    Some(fields)\n}\n",
        ]),
  ].join("");
}
