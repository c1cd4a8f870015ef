import type { Words } from "../../plan/words.js";

const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda
  nonlocal not or pass raise return try while with yield match case type`.split(/\s+/),
);

/** The names that a client's module has of its own, and built-in names that its code uses. */
const RESERVED = new Set(
  `annotations setup ask flush decision command_start command_end process_exit flush_every start_reports report_once telemetry_command
  client off count counter bool int float str dict list tuple object print type any all len`.split(/\s+/),
);

/** `client`, `name` → `client_name`: of a parameter or an attribute. */
export function snake(words: Words): string {
  const name = words.join("_");
  const safe = /^[0-9]/.test(name) ? `_${name}` : name;
  return KEYWORDS.has(safe) || safe === "self" ? `${safe}_` : safe;
}

/** Of an emitter. */
export function functionName(words: Words): string {
  const name = snake(words);
  return RESERVED.has(name) ? `${name}_event` : name;
}

/** Capitalized names: the language's own, and those used in types. */
const CAPITALS = new Set(
  "False None True Any Callable Literal Mapping NotRequired Optional Sequence TypedDict Union".split(" "),
);

/** `project`, `shape` → `ProjectShape`. */
export function pascal(words: Words): string {
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  if (CAPITALS.has(name)) return `${name}_`;
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `command`, `run` → `COMMAND_RUN`. */
export function upper(words: Words): string {
  const name = words.join("_").toUpperCase();
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
