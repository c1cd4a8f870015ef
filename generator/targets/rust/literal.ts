import { markedLines } from "../../emit/comment.js";
import { hexadecimal, inDoubleQuotes } from "../../emit/escape.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Words } from "../../plan/words.js";
import { FUNCTIONS } from "./runtime-names.js";

const KEYWORDS = new Set(
  `as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self
  static struct super trait true type union unsafe use where while abstract become box do final gen macro override priv try typeof unsized
  virtual yield`.split(/\s+/),
);

/** The functions that the module has of its own, and those of the runtime that it may name. */
const RESERVED = new Set([
  ...FUNCTIONS,
  ..."setup decision absent contract runtime inner client ask command on_terminal start ended address answered place kept configure decide".split(
    " ",
  ),
]);
/** A value's check, and what an event's function makes of its fields. */
const OWN_FUNCTION = /^(?:fits?|is)_|_(?:fields|here)$/;
const TYPES = new Set(
  `Setup Transport Request Decision Level Client Object Entry Option Some None Result Ok Err String Vec Self Question Where Output Word Asked Env
  Found Json Kept Members Notice Plain Terms Words Setting Configured Drawn Header Identifier Identities InCi Late Random PathBuf OnceLock AtomicBool
  Ordering Duration Box Fn FnMut FnOnce Send Sync Sized Unpin Drop Copy Clone Debug Default Hash PartialEq Eq PartialOrd Ord From Into AsRef
  AsMut Iterator IntoIterator Extend ToString ToOwned TryFrom TryInto`.split(/\s+/),
);

/** `app`, `create` → `app_create`. */
export function snake(words: Words): string {
  const name = words.join("_");
  const safe = /^[a-z]/.test(name) ? name : `n${name}`;
  return KEYWORDS.has(safe) ? `${safe}_` : safe;
}

/** Of a function that a program calls. */
export function functionName(words: Words): string {
  const name = snake(words);
  return RESERVED.has(name) || OWN_FUNCTION.test(name) ? `${name}_event` : name;
}

/** `app`, `create` → `AppCreate`. */
export function pascal(words: Words): string {
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const safe = /^[A-Z]/.test(name) ? name : `X${name}`;
  return TYPES.has(safe) ? `${safe}Value` : safe;
}

/** A text as Rust reads it. */
export function text(value: string): string {
  return inDoubleQuotes(value, { named: { "\n": "\\n" }, code: (code) => `\\u{${hexadecimal(code)}}` });
}

/** A value's JSON, as a text of Rust's. */
export function jsonText(value: JsonValue): string {
  return text(JSON.stringify(value));
}

/** `/// …` or `//! …` on as many lines as it takes; nothing that Markdown or a link could make of it breaks a build. */
export function doc(paragraphs: readonly string[], indent = "", mark = "///"): string {
  return markedLines(paragraphs, { mark, indent, width: 99, mayBegin: MAY_BEGIN, clean: commented });
}

/** A letter, a quote or code at the start of a line has no meaning in Markdown. */
const MAY_BEGIN = /^[\p{L}`"'(]/u;

/** On one line; brackets and marks that Markdown reads stand as they are. */
function commented(paragraph: string): string {
  const safe = paragraph
    .replace(/[\p{Cs}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const [plain, ...rest] = safe.split(/(`[^`]*`)/);
  const marked = [plain ?? "", ...rest].map((part, at) =>
    at % 2 === 1 ? part : part.replace(/[[\]<>*_`\\]/g, "\\$&"),
  );
  const out = marked.join("");
  return /^[\p{L}`]/u.test(out) ? out : `Here: ${out}`;
}

/** A call as rustfmt prints it: on one line where that is short. */
export function call(indent: string, before: string, args: readonly string[], after: string): string {
  const flat = args.join(", ");
  const line = `${indent}${before}(${flat})${after}`;
  if (flat.length <= 60 && line.length <= 100) return `${line}\n`;
  return `${indent}${before}(\n${args.map((arg) => `${indent}    ${arg},\n`).join("")}${indent})${after}\n`;
}
