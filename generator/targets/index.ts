import type { ClientLanguage } from "../language/client-languages.js";
import { dashboardsTarget } from "./dashboards/dashboards.js";
import { docsTarget } from "./docs/docs.js";
import { goTarget } from "./go/go.js";
import { htmlTarget } from "./html/html.js";
import { pythonTarget } from "./python/python.js";
import { rustTarget } from "./rust/rust.js";
import { schemaTarget } from "./schema/schema.js";
import type { Target } from "./target.js";
import { testsTarget } from "./tests/tests.js";
import { clientTarget } from "./typescript/typescript.js";
import { vectorsTarget } from "./vectors/vectors.js";
import { workerTarget } from "./worker/worker.js";

/** The target of each language that a contract may have a client in. */
const CLIENTS = {
  typescript: clientTarget,
  python: pythonTarget,
  go: goTarget,
  rust: rustTarget,
} as const satisfies Readonly<Record<ClientLanguage, Target>>;

/** Everything that a contract becomes: one line per target, in the order in which `--help` names them. */
export const targets = [
  schemaTarget,
  ...Object.values(CLIENTS),
  workerTarget,
  docsTarget,
  htmlTarget,
  dashboardsTarget,
  testsTarget,
  vectorsTarget,
] as const satisfies readonly Target[];
