import type { Match } from "../../model/model.js";
import type { Plain, Plan, PlanValue } from "../../plan/plan.js";
import { keptUnder, madeIdentifiers } from "./identities.js";
import { text } from "./literal.js";
import { printMatcher } from "./matchers.js";
import { grouped } from "./types.js";

/** Prints the state file's place, how it is read, and what its keys may hold. */
export function printState(plan: Plan): string {
  const { state, product } = plan;
  if (state === undefined || !readsState(plan)) return "";
  // Another product's folder is next to this one's.
  const [, folder = product, own = ""] = /^\{app_dir\}\/(?:\.\.\/([^/]+)\/)?(.+)$/.exec(state.path) ?? [];
  const path = state.path.startsWith("~/")
    ? `in_home(&variable, ${text(state.path.slice(2))})`
    : state.path.startsWith("{app_dir}/")
      ? `in_app_folder(&variable, ${text(folder)}, ${text(own)})`
      : `Some(PathBuf::from(${text(state.path)})).filter(|path| path.is_absolute())`;
  const keys = keysOf(plan);
  const matchers: string[] = [];
  const byTest = new Map<string, string[]>();
  for (const [at, [key, value]] of keys.entries()) {
    const name = `is_key_${at}`;
    if (value.is === "text" && value.pattern !== undefined)
      matchers.push(`\n${printMatcher(name, value.pattern, value.most ?? 1024)}`);
    const test = fits(value, name);
    byTest.set(test, [...(byTest.get(test) ?? []), text(key)]);
  }
  const arms = [...byTest].map(([test, names]) => `        ${names.join(" | ")} => ${test},\n`);
  return [
    "\n/// Tests read and write nothing of the machine's.\n",
    `#[rustfmt::skip]\nfn place() -> Option<PathBuf> {\n    if cfg!(test) {\n        return None;\n    }\n    ${path}\n}\n\n`,
    ...(plan.consent.order.some((step) => step.place.kind === "stored")
      ? ["fn kept() -> Option<Members> {\n    read_state(place().as_deref())\n}\n\n"]
      : []),
    "/// What each key of the state file may hold.\n",
    "#[rustfmt::skip]\nfn is_valid(key: &str, value: &Json) -> bool {\n    match key {\n",
    ...arms,
    "        _ => false,\n    }\n}\n",
    ...matchers,
  ].join("");
}

/** Returns whether anything of the state file is read or written. */
export function readsState(plan: Plan): boolean {
  const { consent, state } = plan;
  const isRead = consent.order.some(({ place }) => place.kind === "stored");
  return (
    state !== undefined &&
    (isRead ||
      identifierKeys(plan).length > 0 ||
      // Nothing goes before it is noted, also where the contract names no file.
      consent.notice?.once === true ||
      (state.declared && (consent.notice ?? consent.ask[0] ?? Object.keys(consent.commands)[0]) !== undefined))
  );
}

function identifierKeys(plan: Plan): readonly string[] {
  return madeIdentifiers(plan).flatMap((one) => keptUnder(one) ?? []);
}

/** The keys that consent, answers, the notice and identifiers are about. */
export function keysOf(plan: Plan): readonly (readonly [key: string, value: PlanValue])[] {
  const { consent, state } = plan;
  const { commands, ask, notice } = consent;
  const stores = [...ask, ...(notice ? [notice] : []), ...Object.values(commands)].flatMap((one) =>
    Object.keys(one?.stores ?? {}),
  );
  const named = new Set([
    "consent_epoch",
    ...consent.order.flatMap(({ place }) => (place.kind === "stored" ? [place.key] : [])),
    ...(consent.answer === undefined ? [] : [consent.answer.key]),
    ...stores,
    ...identifierKeys(plan),
  ]);
  return Object.entries(state?.keys ?? {}).filter(([key]) => named.has(key));
}

function fits(value: PlanValue, name: string): string {
  const bound = (one: number | undefined, otherwise: number) => `${grouped(one ?? otherwise)}.0`;
  switch (value.is) {
    case "flag":
      return "matches!(value, Json::Flag(_))";
    case "integer":
      return `value.is_whole_within(${bound(value.least, -Number.MAX_SAFE_INTEGER)}, ${bound(value.most, Number.MAX_SAFE_INTEGER)})`;
    case "one-of":
      return value.values.map((one) => jsonTest({ kind: "exactly", values: [one as string] })).join(" || ");
    case "text":
    case "line": {
      const checks = [
        ...(value.most === undefined ? [] : [`is_short(text, ${value.most})`]),
        ...(value.is === "line" ? ["is_line(text)"] : value.pattern === undefined ? [] : [`${name}(text)`]),
      ];
      return checks.length === 0
        ? "matches!(value, Json::Text(_))"
        : `matches!(value, Json::Text(text) if ${checks.join(" && ")})`;
    }
    default:
      throw new Error(`a key of the state file that the Rust client doesn't know: ${value.is}`);
  }
}

/** Returns whether `value`, of a file, is of a match: a text and a flag differ. */
export function jsonTest(match: Plain<Match>): string {
  const plain = "value.plain()";
  switch (match.kind) {
    case "exactly":
      return match.values
        .map((value) => {
          if (typeof value === "string") return `value.is_text(${text(value)})`;
          return typeof value === "number"
            ? `value.is_within(${decimal(value)}, ${decimal(value)})`
            : `value.is_flag(${value})`;
        })
        .join(" || ");
    case "any-except":
      return `![${match.values.map(text).join(", ")}].contains(&${plain}.as_str())`;
    case "any-of":
      return match.of.map(jsonTest).join(" || ");
    case "non-empty":
      return `!${plain}.is_empty()`;
    case "present":
      return "true";
    case "truthy":
      return `is_truthy(&${plain})`;
    case "falsy":
      return `is_falsy(&${plain})`;
    case "absent":
    case "at-least":
      throw new Error(`a match that the Rust client doesn't know: ${match.kind}`);
    default:
      return match satisfies never;
  }
}

function decimal(value: number): string {
  return Number.isInteger(value) ? `${grouped(value)}.0` : String(value);
}
