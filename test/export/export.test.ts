import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { EXPORTS, type ExportName } from "../../generator/export/export.js";
import { itemsOf } from "../../generator/export/items.js";
import { importFiles } from "../../generator/import/import-files.js";
import type { Data } from "../../generator/import/imported.js";
import type { Field, Model } from "../../generator/model/model.js";
import { parseDocument } from "../../generator/spec/parse-document.js";
import { emptyFolder, plainsight, write } from "../cli/project.js";
import { modelOf } from "../evolve/read-case.js";

const top = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(top, path), "utf8");

/** Contracts of events and of metrics, and one that uses most of the language. */
const contracts = {
  codegraph: "spec/events.yaml",
  cozystack: "spec/systems/cozystack/events.yaml",
  docglow: "spec/systems/docglow/events.yaml",
  jina: "spec/systems/jina/events.yaml",
  wide: "test/evolve/tries/base.yaml",
} as const;
type Name = keyof typeof contracts;
const all = Object.keys(contracts) as readonly Name[];

const models = Object.fromEntries(
  Object.entries(contracts).map(([name, path]) => [name, modelOf(read(path), "spec/events.yaml")]),
) as Record<Name, Model>;

function dataOf(text: string): Data {
  const parsed = parseDocument(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.data as Data;
}

const endings = { segment: "txt", rudder: "txt", otel: "yaml", fides: "yaml", article30: "md" } as const;

describe.each(Object.keys(EXPORTS) as readonly ExportName[])("%s", (to) => {
  it("says a contract as it is kept here", async () => {
    const { text, lost } = EXPORTS[to](models.wide);
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, `expected/${to}.${endings[to]}`));
    expect(lost.length).toBeGreaterThan(0);
  });

  it.each(all)("names everything that %s sends, and always in the same bytes", (name) => {
    const { text, lost } = EXPORTS[to](models[name]);
    const said = `${text}\n${lost.map(({ where }) => where).join("\n")}`;
    for (const item of itemsOf(models[name]))
      for (const one of [item.name, ...item.fields.map(({ wireName }) => wireName)]) expect(said).toContain(one);
    expect(EXPORTS[to](models[name]).text).toBe(text);
    if (endings[to] !== "md") dataOf(text);
  });

  it("lets no text of a contract speak for itself", () => {
    const hostile = "x\\n- evil: |\\n  <script>alert(1)</script> \\u202e | ` [a](javascript:b)";
    const model = modelOf(read(contracts.wide).replace("summary: Tool", `summary: "${hostile}" #`), "spec/events.yaml");
    const { text } = EXPORTS[to](model);
    expect(text).not.toContain("\u202e");
    expect(text).not.toMatch(/^\s*- evil/m);
    if (endings[to] === "md") expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(javascript/);
    else dataOf(text);
  });
});

/** Returns what our reader makes of a field, where the form keeps it. */
function told({ type, optional, onlyWhen }: Field): string {
  const isList = type.values !== undefined && type.kind !== "bool" && type.kind !== "const";
  return `${optional || onlyWhen.length > 0 ? "?" : ""}${isList ? type.values?.join() : ""}`;
}

describe.each(["segment", "rudder", "otel"] as const)("import(export(x)) by way of %s", (tool) => {
  it.each(all)("has the events, fields and closed sets of %s", (name) => {
    const back = importFiles(tool, [{ file: "x", data: dataOf(EXPORTS[tool](models[name]).text) }]);
    const items = itemsOf(models[name]);
    expect(back.events.map((event) => event.name)).toEqual(items.map((item) => item.name));
    for (const [index, { fields }] of items.entries()) {
      const found = back.events[index]?.fields ?? [];
      // An attribute is no object: what stands in one stands beside it, under its name.
      for (const field of tool === "otel" ? fields.filter(({ type }) => type.fields === undefined) : fields) {
        const same = found.find((one) => one.name === field.wireName || one.name.endsWith(`.${field.wireName}`));
        expect(same?.type, field.wireName).toBeDefined();
        const values = /^type: enum, values: \[(.*)\]$/.exec(same?.type ?? "")?.[1];
        const known = values === undefined ? "" : (parse(`[${values}]`) as readonly string[]).join();
        expect(`${same?.optional ? "?" : ""}${known}`, field.wireName).toBe(told(field));
      }
    }
  });
});

it("the command writes a file, and says what it can't say", () => {
  const folder = emptyFolder();
  write(folder, "spec/events.yaml", read(contracts.wide));
  const { code, out, err } = plainsight(folder, ["export", "--to", "otel", "--out", "to/registry.yaml"]);
  expect([code, out]).toEqual([0, "~ to/registry.yaml\n"]);
  expect(err).toContain("consent: who decides, and how, is not in a registry");
  const written = readFileSync(join(folder, "to/registry.yaml"), "utf8");
  expect(written).toBe(plainsight(folder, ["export", "--to", "otel"]).out);
  expect(plainsight(folder, ["export", "--to", "segment", "--system", "none"])).toMatchObject({ code: 2 });
  expect(plainsight(folder, ["export", "--to", "nothing"]).code).not.toBe(0);
});
