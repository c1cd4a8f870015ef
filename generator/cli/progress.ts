import type { Tool } from "../pipeline.js";
import type { Context } from "./context.js";

/** A run shorter than this shows nothing. */
const patience = 400;

/** One line on a terminal while a long run lasts, taken away at its end. Anywhere else: nothing. */
export function progressOn(context: Context): { readonly show: Tool["progress"]; readonly clear: () => void } {
  const started = context.now();
  let shown = false;
  return {
    show: (done, of) => {
      if (!context.isTerminal || context.now() - started < patience) return;
      shown = true;
      context.err(`\r\x1b[2Kgenerating: ${done} of ${of}`);
    },
    clear: () => {
      if (shown) context.err("\r\x1b[2K");
    },
  };
}
