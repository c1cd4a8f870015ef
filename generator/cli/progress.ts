import type { Tool } from "../pipeline.js";
import type { World } from "./world.js";

/** A run shorter than this shows nothing. */
const patience = 400;

/** One line on a terminal while a long run lasts, taken away at its end. Anywhere else: nothing. */
export function progressOn(world: World): { readonly show: Tool["progress"]; readonly clear: () => void } {
  const started = world.now();
  let shown = false;
  return {
    show: (done, of) => {
      if (!world.isTerminal || world.now() - started < patience) return;
      shown = true;
      world.err(`\r\x1b[2Kgenerating: ${done} of ${of}`);
    },
    clear: () => {
      if (shown) world.err("\r\x1b[2K");
    },
  };
}
