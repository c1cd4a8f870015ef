import { docComment } from "../../emit/comment.js";
import { quoted } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { sentTypes } from "./inputs.js";
import { runtimeFile } from "./runtime-files.js";

/** `testing.ts`: what a product's own tests record with. @param types each event as it travels. */
export function printTesting(model: Model, types: string): string {
  const each = sentTypes(model).map(
    ({ name }, at) => `{ readonly event: ${quoted(model.events[at]?.wireName ?? "")}; readonly props: ${name} }`,
  );
  const line = `export type Sent = ${each.join(" | ")};`;
  const union = line.length <= 120 ? line : `export type Sent =\n${each.map((one) => `  | ${one}`).join("\n")};`;
  return [
    'import { client } from "./client.js";\n',
    `import { type Recorder, record } from ${quoted(runtimeFile("recorder"))};\n\n`,
    types,
    "\n",
    docComment(["What may be recorded, by the event's name."]),
    `${union}\n\n`,
    docComment([
      "Takes all that is recorded from now on, as if telemetry were on: without a file, a connection or a timer. For tests alone.",
    ]),
    "export function recorder(): Recorder<Sent> {\n  return record<Sent>(client);\n}\n",
  ].join("");
}
