import type { Words } from "../../plan/words.js";

const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda
  nonlocal not or pass raise return try while with yield match case type`.split(/\s+/),
);

/** The names that a client's module has of its own, and built-in names that its code uses. */
const RESERVED = new Set(
  `annotations setup ask flush decision command_start command_end process_exit flush_every start_reports report_once telemetry_command
  off count counter dict list tuple print type any all len`.split(/\s+/),
);

/**
 * What the functions of a client's module use beside their parameters, and the types that they and its classes name. A field called `client`
 * would otherwise stand in the client's place, and its event would never be sent.
 */
export const USED_IN_BODIES: ReadonlySet<string> = new Set(
  `adopt_soon answered bool by_chance by_the_clock carried_by client float for_each gauge int object once_per once_per_day once_per_machine
  once_per_process queue_event queue_or_show self send_event send_or_show str tell_answer until_day with_id`.split(
    /\s+/,
  ),
);

function joined(words: Words): string {
  const name = words.join("_");
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `client`, `name` → `client_name`: of a parameter or an attribute. */
export function snake(words: Words): string {
  const name = joined(words);
  return KEYWORDS.has(name) || USED_IN_BODIES.has(name) ? `${name}_` : name;
}

/** Of an emitter. */
export function functionName(words: Words): string {
  const name = joined(words);
  return RESERVED.has(name) || USED_IN_BODIES.has(name) ? `${name}_event` : snake(words);
}

/** Capitalized names: the language's own, those used in types, and what a module gives beside the contract's. */
const CAPITALS = new Set(
  "False None True Any Callable Carried Counter Decision Literal Mapping NotRequired Optional Reports Sequence TypedDict Union".split(
    " ",
  ),
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
