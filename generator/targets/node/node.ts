import type { Target } from "../target.js";

/** The receiver's host for those who run it on a machine of their own, in one file. */
export const nodeTarget = {
  name: "node",
  describes: "node.mjs, which runs the worker on a machine of your own",
  // Bundled from templates/worker/node/ when the tool is built.
  runtime: [{ from: "templates/worker/host", to: "worker", keeps: ["node.mjs"] }],
  generate: () => [],
} satisfies Target;
