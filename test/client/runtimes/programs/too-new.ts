import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

/** Each of these is later than Node 18.0: what `oldest-node.test.ts` must find. Never run. */
export const late = [
  () => URL.canParse("https://example.com"),
  () => [3, 1, 2].toSorted(),
  () => AbortSignal.any([]),
  () => import.meta.dirname,
  () => process.getBuiltinModule("node:os"),
  () => availableParallelism(),
  () => parseArgs({}),
];
