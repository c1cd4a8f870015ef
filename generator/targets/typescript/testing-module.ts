import { docComment } from "../../emit/comment.js";
import { bracketed, layOut, line } from "../../emit/layout.js";
import { quoted } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { sentTypes } from "./inputs.js";
import { runtimeFile } from "./runtime-files.js";

/** `testing.ts`: what a product's own tests record with. */
export function printTesting(model: Model): string {
  const each = sentTypes(model).map(
    ({ name }, at) => `{ readonly event: ${quoted(model.events[at]?.wireName ?? "")}; readonly props: ${name} }`,
  );
  const whole = `export type Sent = ${each.join(" | ")};`;
  const union = whole.length <= 120 ? whole : `export type Sent =\n${each.map((one) => `  | ${one}`).join("\n")};`;
  const names = sentTypes(model).map(({ name }) => name);
  return [
    'import { client } from "./client.js";\n',
    `import { type Recorder, record } from ${quoted(runtimeFile("recorder"))};\n`,
    `import { strict as beStrict } from ${quoted(runtimeFile("strict"))};\n`,
    `${layOut(["import type ", bracketed("{", names, "}", line), ' from "./types.js";'])}\n\n`,
    docComment(["The events that can be recorded, by name."]),
    `${union}\n\n`,
    docComment([
      "Collects everything that is recorded from now on, as if telemetry were on: without a file, a connection or a timer. Only for tests.",
      "`strict: false`: an event that the contract doesn't allow is dropped silently, as in production.",
    ]),
    "export function recorder(options: { readonly strict?: boolean } = {}): Recorder<Sent> {\n  return record<Sent>(client, options);\n}\n\n",
    docComment([
      "From now on an event with a wrong or missing field ends the program with an error that names it. Only for development.",
    ]),
    "export function strict(): void {\n  beStrict(client);\n}\n",
  ].join("");
}
