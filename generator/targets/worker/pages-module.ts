import { docComment } from "../../emit/comment.js";
import { literal, quoted } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { exampleRequest } from "./example-request.js";
import { printAbout, printPublished } from "./pages.js";

/** `pages.js`: what the receiver answers to people, a line of text on each line; and a request to try it with. */
export function printPages(model: Model, marker: string): string {
  const { path, type, headers, body } = exampleRequest(model);
  const example = { path, headers: { "content-type": type, ...headers }, body: body.trimEnd() };
  return [
    docComment(["What `GET /` answers, and where the contract is asked for."]),
    `export const pages = {\n  about: ${lines(`${marker}\n${printAbout(model)}`)},\n`,
    `  contract: ${lines(`${marker}\n${printPublished(model)}`)},\n};\n\n`,
    docComment(["A request that is accepted: the contract's examples."]),
    `export const example = ${literal(example, "", 23)};\n`,
  ].join("");
}

/** One long text would be one long line, and reviewers would not see what of it changed. */
function lines(text: string): string {
  const each = text.split("\n").map((line) => `    ${quoted(line)},\n`);
  return `[\n${each.join("")}  ].join("\\n")`;
}
