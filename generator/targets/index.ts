import { docsTarget } from "./docs/docs.js";
import { schemaTarget } from "./schema/schema.js";
import type { Target } from "./target.js";
import { workerTarget } from "./worker/worker.js";

/** Everything that a contract becomes: one line per target, in the order in which `--help` names them. */
export const targets = [schemaTarget, docsTarget, workerTarget] as const satisfies readonly Target[];
