import type { Plan, PlanStores } from "../../plan/plan.js";
import { hasCommand, whereOf } from "./asked-face.js";
import { matches, saysNothingUntold, spelling, withoutAbsent } from "./consent.js";
import { madeIdentifiers } from "./identities.js";
import { text } from "./literal.js";
import { jsonTest, readsState } from "./state.js";

/** Returns whether people are asked, told, or have something to type. */
export function asksPeople(plan: Plan): boolean {
  return plan.consent.ask.length > 0 || plan.consent.notice !== undefined || hasCommand(plan);
}

/** Prints the texts for those who are asked, as data of the runtime's. */
export function printAsked(plan: Plan): string {
  if (!asksPeople(plan)) return "";
  const { consent } = plan;
  const { answer, notice } = consent;
  const hasIdentities = madeIdentifiers(plan).length > 0;
  const value = (one: string | boolean | number | undefined) => (one === undefined ? "None" : `Some(${plainOf(one)})`);
  const terms = [
    `product: ${text(plan.product)}`,
    `opt_out: ${consent.model === "opt-out"}`,
    `epoch: ${consent.epoch}`,
    `key: ${text(answer?.key ?? "")}`,
    `yes: ${value(answer?.yes)}`,
    `no: ${value(answer?.no)}`,
    `off: &[${consent.offVariables.map(text).join(", ")}]`,
    `place${readsState(plan) ? "" : ": || None"}`,
    `fits: ${readsState(plan) ? "is_valid" : "|_, _| false"}`,
    "answered",
    "decide: decision",
    `mints: ${hasIdentities ? "|state, refused| agreed(&IDENTITIES, state, refused)" : "|_, _| Members::new()"}`,
    `dated: ${plan.state !== undefined && "updated_at" in plan.state.keys}`,
  ];
  return [
    `\n#[rustfmt::skip]\nstatic TERMS: Terms = Terms {\n${lines(terms)}};\n`,
    printAnswered(plan),
    ...consent.ask.map((question, at) => {
      const fields = [
        `question: Question { text: ${text(question.question)}, preselected: ${question.preselected === "accept"} }`,
        `terminal: ${question.needs.includes("terminal")}`,
        `readable: ${question.needs.includes("stdin-not-redirected")}`,
        `not_ci: ${question.needs.includes("not-ci")}`,
        `declines: ${question.whenSkipped === "decline"}`,
        `again: ${question.askAgain === "every-time"}`,
        `stores: ${storesOf(question.stores)}`,
      ];
      return `\n#[rustfmt::skip]\nstatic QUESTION_${at}: Asked = Asked {\n${lines(fields)}};\n`;
    }),
    ...(notice === undefined
      ? []
      : [
          `\n#[rustfmt::skip]\nstatic NOTICE: Notice = Notice {\n${lines([
            `message: ${text(notice.text)}`,
            `onto_stdout: ${notice.stream === "stdout"}`,
            `once: ${notice.once}`,
            `next_run: ${notice.sendsFrom === "next-run"}`,
            `stores: ${storesOf(notice.stores)}`,
          ])}};\n`,
        ]),
    ...(consent.ask.length === 0
      ? []
      : [
          "\n#[rustfmt::skip]\npub(super) fn ask(place: Where, prompt: impl FnOnce(&Question) -> Option<bool>) -> Decision {\n",
          "    let asked = match place {\n",
          ...consent.ask.map((question, at) => `        Where::${whereOf(question.where)} => &QUESTION_${at},\n`),
          "    };\n    put_question(&TERMS, asked, prompt)\n}\n",
        ]),
    ...(hasCommand(plan) ? [printCommand(plan)] : []),
  ].join("");
}

/** Prints a person's answer, whatever else may decide. */
function printAnswered(plan: Plan): string {
  const { order, answer, notice } = plan.consent;
  const and = notice === undefined ? "" : " && !is_noted(&TERMS, &NOTICE, state)";
  const steps = order.flatMap(({ place, enable, disable }) => {
    if (place.kind !== "stored" || answer === undefined) return [];
    const side = (match: typeof enable, yes: boolean) => {
      if (match === undefined || match.kind === "absent") return "";
      const test = jsonTest(match);
      const more = yes ? and : "";
      const found = more !== "" && test.includes(" || ") ? `(${test})${more}` : `${test}${more}`;
      return `        if ${found} {\n            return Some(${yes});\n        }\n`;
    };
    const inner = side(disable, false) + side(enable, true);
    return [`    if let Found::Value(value) = stored(Some(state), ${text(place.key)}, is_valid) {\n${inner}    }\n`];
  });
  return `\n/// A person's answer, whatever else may decide.\n#[rustfmt::skip]\nfn answered(${steps.length === 0 ? "_" : "state"}: &Members) -> Option<bool> {\n${steps.join("")}    None\n}\n`;
}

function printCommand(plan: Plan): string {
  const { consent, destination, delivery } = plan;
  const hasIdentities = madeIdentifiers(plan).length > 0;
  const { commands } = consent;
  const last = (name: keyof typeof commands, otherwise: string) => commands[name]?.run.split(/\s+/).at(-1) ?? otherwise;
  const [first] = [commands.status, commands.enable, commands.disable].flatMap((one) => one ?? []);
  const run = (first?.run ?? `${plan.product} telemetry status`).split(/\s+/).slice(0, -1).join(" ");
  const deciding = consent.order.flatMap(({ place }) => (place.kind === "env" ? [place.env] : []));
  const others = [
    ...(destination.override?.order ?? []).flatMap((one) => (one.kind === "env" ? [one.env] : [])),
    ...(delivery.debug === undefined ? [] : [delivery.debug.env]),
  ];
  const list = (texts: readonly string[]) => `&[${[...new Set(texts)].map(text).join(", ")}]`;
  const fields = [
    "terms: &TERMS",
    `run: ${text(run)}`,
    `status: ${text(last("status", "status"))}`,
    `prints: ${list(commands.status?.prints ?? [])}`,
    `enable: ${text(last("enable", "enable"))}`,
    `enabling: ${storesOf(commands.enable?.stores ?? {})}`,
    `disable: ${text(last("disable", "disable"))}`,
    `disabling: ${storesOf(commands.disable?.stores ?? {})}`,
    `deciding: ${list(deciding)}`,
    `others: ${list(others)}`,
    "address: shown_address",
    `stopped${readsState(plan) ? ": || CLIENT.get().is_some_and(|client| is_stopped(place().as_deref(), &client.versions))" : ": is_gone"}`,
    `notes: ${consent.notice?.once === true}`,
    `keeps: ${readsState(plan)}`,
    `decides: ${consent.order.some(({ place }) => place.kind === "stored")}`,
    `meaningless${meaningless(plan) === "" ? ": Vec::new" : ""}`,
    `identities: ${hasIdentities ? "|| shown_identities(&IDENTITIES)" : "Members::new"}`,
    `replaces: ${hasIdentities ? "|enabled| replaced_identities(&IDENTITIES, enabled)" : "|_| None"}`,
  ];
  const own =
    destination.urlFields.length === 0
      ? `address(${text(destination.url)})`
      : "CLIENT.get().and_then(|client| address(&client.url))";
  const shown = destination.override === undefined ? own.replace(/^address\((.*)\)$/, "Some(String::from($1))") : own;
  return [
    `\n#[rustfmt::skip]\nstatic WORDS: Words = Words {\n${lines(fields)}};\n`,
    meaningless(plan),
    "\npub(super) fn command(words: &[&str]) -> Output {\n    carry_out(&WORDS, words)\n}\n",
    `\n/// Where it would be sent now, as far as that is known.\n#[rustfmt::skip]\n#[allow(clippy::unnecessary_wraps)]\nfn shown_address() -> Option<String> {\n    ${shown.replace("address(&client.url)", destination.override === undefined ? "Some(client.url.clone())" : "address(&client.url)")}\n}\n`,
  ].join("");
}

/** Prints which variables are set, and say nothing that decides. Empty: there can be none. */
function meaningless(plan: Plan): string {
  const { consent } = plan;
  const notes = consent.order.flatMap((step, at) => {
    const { place, enable, disable, otherwise } = step;
    if (place.kind === "stored") {
      if (saysNothingUntold(plan, at)) return [];
      const said = `The state file: what ${place.key} says can't be told for sure, which counts as no.`;
      return [
        `    if kept().is_some_and(|state| matches!(stored(Some(&state), ${text(place.key)}, is_valid), Found::Untold)) {\n        notes.push(String::from(${text(said)}));\n    }\n`,
      ];
    }
    if (place.kind === "config") {
      const said = `${place.config}: what ${place.key} says can't be told for sure, which counts as no.`;
      return [
        `    if matches!(setting(${text(place.config)}, ${text(place.key)}), Found::Untold) {\n        notes.push(String::from(${text(said)}));\n    }\n`,
      ];
    }
    if (place.kind !== "env" || otherwise !== undefined) return [];
    const tests = [disable, enable].flatMap((side) => {
      const said = withoutAbsent(side);
      return said === undefined ? [] : [matches(said)];
    });
    if (tests.includes("true")) return [];
    const off = consent.offVariables.find((one) => one.startsWith(`${place.env}=`));
    const then = off === undefined ? "" : `; ${off} turns telemetry off`;
    const form = text(`${place.env}={} means nothing here${then}.`.replace(/\{\}(?! means)/g, "{{}}"));
    return [
      `    if let Some(stated) = variable(${text(place.env)}).filter(|stated| !stated.trim_matches(is_space).is_empty()) {\n`,
      `        let value = stated${spelling(step) || ".clone()"};\n`,
      `        if !(${tests.length === 0 ? "false" : tests.join(" || ")}) {\n            notes.push(format!(${form}, harmless(&stated)));\n        }\n    }\n`,
    ];
  });
  if (notes.length === 0) return "";
  return `\n#[rustfmt::skip]\n#[allow(clippy::nonminimal_bool, unused_variables)]\nfn meaningless() -> Vec<String> {\n    let mut notes = Vec::new();\n${notes.join("")}    notes\n}\n`;
}

/** Prints the other addresses; nothing: nowhere. */
export function printOverride({ destination: { override } }: Plan): string {
  if (override === undefined) return "";
  const allowed = `&[${override.httpAllowedFor.map(text).join(", ")}]`;
  const rejected = { "use-default": "return Some(String::from(own))", disable: "return None", "try-next": "" }[
    override.whenRejected
  ];
  const places = override.order.flatMap((place) =>
    place.kind !== "env"
      ? [
          `    match setting(${text(place.config)}, ${text(place.key)}) {\n`,
          // An unknown value could mean any address.
          "        Found::Untold => return None,\n        Found::Nothing => {}\n",
          '        Found::Value(stated) if stated.is_text("") => {}\n        Found::Value(stated) => {\n',
          `            let text = if let Json::Text(text) = stated { text } else { String::new() };\n`,
          `            if let Some(other) = acceptable(&text, ${allowed}) {\n                return Some(other);\n            }\n`,
          rejected === "" ? "" : `            ${rejected};\n`,
          "        }\n    }\n",
        ]
      : [
          `    if let Some(stated) = variable(${text(place.env)}).filter(|stated| !stated.is_empty()) {\n`,
          `        if let Some(other) = acceptable(&stated, ${allowed}) {\n            return Some(other);\n        }\n`,
          rejected === "" ? "" : `        ${rejected};\n`,
          "    }\n",
        ],
  );
  return `\n/// Where it is sent: where the machine says, or where the contract says. Nothing: nowhere.\n#[rustfmt::skip]\n#[allow(clippy::unnecessary_wraps)]\nfn address(own: &str) -> Option<String> {\n${places.join("")}    Some(String::from(own))\n}\n`;
}

/** Returns whether a person asked to see what is sent. */
export function printShown({ delivery: { debug } }: Plan): string {
  if (debug === undefined) return "";
  const test = matches(debug.when);
  const found = `variable(${text(debug.env)})`;
  const shown = test === "true" ? `${found}.is_some()` : `${found}.is_some_and(|value| ${test})`;
  return `\n/// Whether a person asked to see what is sent.\n#[rustfmt::skip]\nfn is_shown() -> bool {\n    ${shown}\n}\n`;
}

function plainOf(value: string | boolean | number): string {
  if (typeof value === "boolean") return `Plain::Flag(${value})`;
  return typeof value === "number" ? `Plain::Number(${text(String(value))})` : `Plain::Text(${text(value)})`;
}

function storesOf(stores: PlanStores): string {
  return `&[${Object.entries(stores)
    .map(([key, value]) => `(${text(key)}, ${plainOf(value)})`)
    .join(", ")}]`;
}

function lines(fields: readonly string[]): string {
  return fields.map((field) => `    ${field},\n`).join("");
}
