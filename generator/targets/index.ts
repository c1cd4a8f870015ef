import { schemaTarget } from "./schema/schema.js";
import type { Target } from "./target.js";

/** Everything that a contract becomes: one line per target, in the order in which `--help` names them. */
export const targets = [schemaTarget] as const satisfies readonly Target[];
