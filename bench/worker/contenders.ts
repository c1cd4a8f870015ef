import { contract } from "generated-contract";
import { judgeText } from "../../templates/worker/runtime/judge.js";
import { now } from "./batches.js";
import { judgeByClosures } from "./closures.js";
import { judgeByValibot, judgeByZod } from "./libraries.js";

/** Ways to decide about a batch; the first is only to read it. */
export const contenders: Readonly<Record<string, (text: string) => unknown>> = {
  "JSON.parse": (text) => JSON.parse(text),
  plainsight: (text) => judgeText(text, contract, now),
  closures: (text) => judgeByClosures(text, now),
  valibot: (text) => judgeByValibot(text, now),
  zod: (text) => judgeByZod(text, now),
};
