import { runPage } from "./page.js";
import type { RunTable } from "./outcome.js";

/** Each kind of table beside the payload cases, by its file's name. */
export const tables: Readonly<Record<string, RunTable>> = {
  "telemetry-md.json": runPage,
};

/** Given, when, then in words: they need processes, clocks and networks, and are tests of their own under `test/client/`. */
export const wordsOnly: readonly string[] = ["behaviour.json", "README.md"];
