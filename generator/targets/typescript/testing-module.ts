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
    `import { type Recorder, record } from ${quoted(runtimeFile("recorder"))};\n`,
    `import { strict as beStrict } from ${quoted(runtimeFile("strict"))};\n\n`,
    types,
    "\n",
    docComment(["What may be recorded, by the event's name."]),
    `${union}\n\n`,
    docComment([
      "Takes all that is recorded from now on, as if telemetry were on: without a file, a connection or a timer. For tests alone.",
      "`strict: false`: an event that the contract doesn't allow stays away in silence, as it does in the field.",
    ]),
    "export function recorder(options: { readonly strict?: boolean } = {}): Recorder<Sent> {\n  return record<Sent>(client, options);\n}\n\n",
    docComment([
      "From now on an event with a wrong or missing field ends the program with an error that names it. While you develop, not in the field.",
    ]),
    "export function strict(): void {\n  beStrict(client);\n}\n",
  ].join("");
}
