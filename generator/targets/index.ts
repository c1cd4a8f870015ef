import type { Target } from "./target.js";

/** Everything that a contract becomes: one line per target, in the order in which `--help` names them. */
export const targets = [] as const satisfies readonly Target[];
