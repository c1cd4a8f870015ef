import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import { EVOLUTION_CODES } from "./classes/index.js";
import type { refused } from "./classes/refused.js";

/** A finding that nothing lets through. The hint is the class's own way out. */
export function refusal(
  code: keyof typeof refused,
  message: string,
  span?: Span,
  hint: string = EVOLUTION_CODES[code].mend,
): Diagnostic {
  return { code, severity: "error", message, hint, ...(span === undefined ? {} : { span }) };
}
