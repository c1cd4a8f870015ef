import type { Plan } from "../../plan/plan.js";
import { hasCommand } from "./asked-face.js";
import { isConfigured, setupFields } from "./face.js";
import { pascal } from "./literal.js";
import { FUNCTIONS } from "./runtime-names.js";
import { isGiven, shapesOf } from "./types.js";

const TYPES =
  "Asked Configured Drawn Entry Env Found Header Identifier Identities InCi Json Kept Late Members Notice Object Plain Terms Words".split(
    " ",
  );

/** Returns what the text names of the runtime. */
export function namedInRuntime(body: string): readonly string[] {
  const code = withoutTexts(body);
  const calls = FUNCTIONS.filter((name) =>
    new RegExp(`(?<![.\\w]|fn )${name}(?=\\()|&${name}\\b|trim_matches\\(${name}\\)`).test(code),
  );
  return [...calls, ...TYPES.filter((name) => new RegExp(`(?<![.\\w]|::)${name}\\b`).test(code))];
}

/** A field may be sent under a type's name: in a text it is none. */
function withoutTexts(body: string): string {
  return body.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/^\s*\/\/.*$/gm, "");
}

/** The lines of `use` above a contract's code. */
export function uses(plan: Plan, body: string): string {
  const code = withoutTexts(body);
  const named = (names: readonly string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const sets = named([...new Set(setsIn(plan))]);
  const structs = plan.emitters.flatMap((emitter) =>
    emitter.kind === "event" && emitter.given.length > 0 ? [pascal(emitter.words)] : [],
  );
  const asked = [
    ...(plan.consent.ask.length > 0 ? ["Question", "Where"] : []),
    ...(hasCommand(plan) ? ["Output"] : []),
  ];
  const levels = /\bLevel::/.test(code) ? ["Level"] : [];
  const own = ["Decision", "Request", "Setup", "Transport", ...levels, ...asked, ...sets, ...structs].sort();
  return [
    useLine("super::runtime", namedInRuntime(body)),
    useLine("super", own),
    ...(named(["PathBuf"]).length > 0 ? ["use std::path::PathBuf;\n"] : []),
    ...(body.includes("AtomicBool") ? ["use std::sync::atomic::{AtomicBool, Ordering};\n"] : []),
    "use std::sync::OnceLock;\n",
    reexported([...(isConfigured(plan) ? ["configure"] : []), ...(plan.consent.ask.length > 0 ? ["on_terminal"] : [])]),
  ].join("");
}

function reexported(names: readonly string[]): string {
  return names.length === 0 ? "" : `\npub(super) ${useLine("super::runtime", names)}`;
}

function setsIn(plan: Plan): readonly string[] {
  const events = plan.emitters.flatMap((emitter) => (emitter.kind === "event" ? emitter.fields : []));
  return [...plan.common, ...plan.destination.urlFields, ...setupFields(plan), ...events].flatMap((one) =>
    isGiven(one.from) ? shapesOf(one).map(({ name }) => name) : [],
  );
}

/** Names as rustfmt sorts them, on as many lines as it takes. */
export function useLine(path: string, names: readonly string[]): string {
  // One letter reads as a constant, and those stand last.
  const rank = (name: string) => (/^[a-z]/.test(name) ? 0 : /[a-z]/.test(name) ? 1 : 2);
  const sorted = [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (sorted.length === 1) return `use ${path}::${sorted[0]};\n`;
  const line = `use ${path}::{${sorted.join(", ")}};\n`;
  if (line.length <= 99) return line;
  const lines: string[] = [];
  for (const name of sorted) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 <= 99) lines[lines.length - 1] = `${last} ${name},`;
    else lines.push(`    ${name},`);
  }
  return `use ${path}::{\n${lines.join("\n")}\n};\n`;
}
