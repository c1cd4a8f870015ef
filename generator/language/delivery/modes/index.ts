import { carried } from "./carried.js";
import type { ModeWord } from "./define.js";
import { immediate } from "./immediate.js";
import { periodic } from "./periodic.js";
import { queued } from "./queued.js";

/** Every way of sending, in the order of the reference page. To add one: one file, and one line here. */
export const MODES = { immediate, queued, periodic, carried };

export type ModeName = keyof typeof MODES;

/** The names of the ways of which something is so. */
export function modesThat(is: (mode: ModeWord) => boolean): readonly string[] {
  return Object.entries(MODES).flatMap(([name, mode]) => (is(mode) ? [name] : []));
}
