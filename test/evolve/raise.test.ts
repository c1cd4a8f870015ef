import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freeze } from "../../generator/evolve/frozen-text.js";
import { neededNumbers } from "../../generator/evolve/raise.js";
import { raiseNumbers } from "../../generator/evolve/raise-text.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { modelOf } from "./read-case.js";
import { baseText, changed, type Edit } from "./sneak.js";

const released = freeze(modelOf(baseText, "events.yaml"));
const grown = changed(baseText, [["[native, wasm]", "[native, wasm, remote]"]]);

const version = "schema_version: 1\n";
const epoch = "consent_epoch: 1\n";
const constant = "{ type: const, value: 1, from: schema-version, why: Which page applies. }";
const history = "history:\n  - { version: 1, change: First version. }\n";
const entry = '{ version: 2, change: "backend of \\"index\\" may also be \\"remote\\"." }';

const usual: readonly Edit[] = [
  [version, "schema_version: 2\n"],
  [epoch, "consent_epoch: 2\n"],
  [constant, constant.replace("1", "2")],
  [history, `${history}  - ${entry}\n`],
];

/** A piece of the spec in another form; what stands at the @ before, and after. The other pieces are as ever. */
type Form = readonly [name: string, piece: string, form: string, before: string, after: string];

const forms: readonly Form[] = [
  ["a comment behind it", version, "schema_version: @ # not 1: 1\n", "1", "2"],
  ["a comment above it", version, "# schema_version: 1\nschema_version: @\n", "1", "2"],
  ["a space before the colon", version, "schema_version : @\n", "1", "2"],
  ["a quoted key", version, '"schema_version": @\n', "1", "2"],
  ["the number on a line of its own", version, "schema_version:\n    @\n", "1", "2"],
  ["another order", constant, "{ from: schema-version, type: const, why: Its number., value: @ }", "1", "2"],
  ["words like it", constant, '{ why: "value: 1 of", type: const, value: @, from: schema-version }', "1", "2"],
  [
    "a map on lines",
    constant,
    "\n    type: const\n    value: @ # !\n    from: schema-version\n    why: It.\n",
    "1",
    "2",
  ],
  ["a list in brackets", history, "history: [{ version: 1, change: One. }@] # 1\n", "", `, ${entry}`],
  ["brackets on lines", history, "history: [\n  { version: 1, change: One. }@, # 1\n]\n", "", `, ${entry}`],
  [
    "a long text",
    history,
    "history:\n  - version: 1\n    change: >\n      A\n      b.@\n # end\n",
    "",
    `\n  - ${entry}`,
  ],
  ["a list that isn't indented", history, "history:\n- { version: 1, change: A. } # 1@\n\n\n", "", `\n- ${entry}`],
  ["a dash alone", history, "history:\n    -\n      version: 1\n      change: A.@\n", "", `\n    - ${entry}`],
  ["text that looks like it", "summary: Tool", "summary: |\n  schema_version: 1\n  Tool@", "", ""],
];

function raise(text: string): string {
  const model = modelOf(text, "events.yaml");
  const needed = neededNumbers({ ...model, frozen: [released] });
  if (needed === undefined) throw new Error("nothing needed");
  const raised = raiseNumbers(text, model, needed);
  expect(neededNumbers({ ...modelOf(raised, "events.yaml"), frozen: [released] })).toBeUndefined();
  return raised;
}

describe("raise changes the numbers, adds one entry, and leaves every other byte", () => {
  it.each(forms)("%s", (_name, piece, form, before, after) => {
    const others = usual.filter(([was]) => was !== piece);
    const written = changed(grown, [[piece, form.replace("@", before)]]);
    expect(raise(written)).toBe(changed(grown, [...others, [piece, form.replace("@", () => after)]]));
  });

  const plain = changed(grown, usual);
  const asWindows = (text: string) => text.replaceAll("\n", "\r\n");
  it.each<readonly [name: string, form: (text: string) => string]>([
    ["line ends of Windows", asWindows],
    ["line ends of both kinds", (text) => text.replace("\n\nwhy:", "\r\n\nwhy:")],
    ["a byte order mark", (text) => `\ufeff${text}`],
    ["no line end at the end", (text) => text.trimEnd()],
    ["none, and those of Windows", (text) => asWindows(text.trimEnd())],
    ["marks of a document", (text) => `---\n${text}...\n# end\n`],
  ])("%s", (_name, form) => {
    expect(raise(form(grown))).toBe(form(plain));
  });

  it.each(["\n", "\r\n"])("an epoch that was not written, with %j", (newline) => {
    const form = (text: string) => text.replace(/^(schema_version: .)$/m, "$1 # one").replaceAll("\n", newline);
    expect(raise(form(changed(grown, [[epoch, ""]])))).toBe(form(plain));
  });
});

it("raise and freeze work on files as they are, and freeze leaves the spec alone", () => {
  const folder = emptyFolder();
  const form = (text: string) => `\ufeff${text.trimEnd().replaceAll("\n", "\r\n")}`;
  const read = () => readFileSync(join(folder, "spec/events.yaml"), "utf8");
  write(folder, "spec/events.yaml", form(baseText));
  expect(plainsight(folder, ["freeze"]).code).toBe(0);
  expect(read()).toBe(form(baseText));
  write(folder, "spec/events.yaml", form(grown));
  expect(plainsight(folder, ["raise"]).code).toBe(0);
  expect(read()).toBe(form(changed(grown, usual)));
});
