import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unpublishedClient } from "../../generator/cli/published.js";
import { unpublishedElsewhere } from "../../generator/cli/published-elsewhere.js";
import { emptyFolder, plainsight, smallProject, write } from "./project.js";

const importing = 'import * as telemetry from "./generated/client/telemetry.js";\n';

function project(own: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder();
  write(folder, "package.json", JSON.stringify({ name: "tool", version: "1.0.0", ...own }));
  write(folder, "main.js", importing);
  write(folder, "generated/client/telemetry.js", "export {};\n");
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  return folder;
}

const told = (folder: string) => unpublishedClient(folder, join(folder, "generated"));

test.each<[string, object, Record<string, string>]>([
  ["`files` without it", { main: "main.js", files: ["main.js", "lib"] }, {}],
  ["`files` that takes it back", { bin: "./main.js", files: ["main.js", "generated", "!generated/client"] }, {}],
  ["an .npmignore", { main: "main.js" }, { ".npmignore": "# ours\n/generated/\n" }],
  ["a .gitignore, where there is no .npmignore", { bin: { tool: "main.js" } }, { ".gitignore": "generated\n" }],
  [
    "a file further in",
    { exports: { ".": { import: "./start.mjs" } }, files: ["start.mjs", "lib"] },
    { "start.mjs": 'import "./lib/deep.js";', "lib/deep.js": 'await import("../generated/client/telemetry.js");' },
  ],
])("a client that is left out of what is published is told: %s", (_, own, files) => {
  expect(told(project(own, files))).toMatch(
    /^The npm package imports generated\/client\/telemetry\.js but leaves it out/,
  );
});

test.each<[string, object, Record<string, string>]>([
  ["it is private", { private: true, main: "main.js", files: ["main.js"] }, {}],
  ["`files` has it", { main: "main.js", files: ["*.js", "generated/client"] }, {}],
  ["`files` has all of it", { main: "main.js", files: ["main.js", "./generated/**"] }, {}],
  ["nothing is left out", { main: "main.js" }, {}],
  ["an .npmignore goes before", { main: "main.js" }, { ".npmignore": "docs\n", ".gitignore": "generated\n" }],
  ["a bundle is published", { main: "dist/main.js", files: ["dist"] }, { "dist/main.js": "export {};" }],
  ["what starts is not there yet", { main: "dist/absent.js", files: ["dist"] }, {}],
])("nothing is told where %s", (_, own, files) => {
  expect(told(project(own, files))).toBeUndefined();
});

test("no package, or one that can't be read, is none of our business", () => {
  expect(told(emptyFolder())).toBeUndefined();
  const folder = emptyFolder();
  write(folder, "package.json", "{");
  expect(told(folder)).toBeUndefined();
});

test("check says it, and stays clean", () => {
  const folder = smallProject();
  writeFileSync(
    join(folder, "package.json"),
    '{ "name": "tool", "version": "1.0.0", "type": "module", "main": "main.js", "files": ["main.js"] }',
  );
  writeFileSync(join(folder, "main.js"), importing);
  expect(plainsight(folder, ["gen", "--language", "js"]).code).toBe(0);
  const { code, out } = plainsight(folder, ["check"]);
  expect([code, out]).toEqual([0, expect.stringContaining("note: The npm package imports generated/client")]);
});

test.each([
  ["https://telemetry.example.com/v1", true],
  ["https://collector.test/v1", true],
  ["https://example.org/v1", true],
  ["https://telemetry.example.com.acme.dev/v1", false],
  ["https://myexample.com/v1", false],
  ["https://telemetry.getcodegraph.com/v1/events", false],
])("freeze warns of an address that is nobody's: %s %s", (url, warned) => {
  const folder = smallProject();
  const spec = join(folder, "spec/events.yaml");
  writeFileSync(spec, readFileSync(spec, "utf8").replace(/^( {2}url: ).*$/m, `$1${url}`));
  const { code, out, err } = plainsight(folder, ["freeze"]);
  expect([code, out]).toEqual([0, "+ spec/frozen/v1.json\n"]);
  if (warned) expect(err).toContain(`warning placeholder-address  spec/events.yaml sends to ${url}`);
  else expect(err).toBe("");
});

test("the problem matcher finds what is printed, with colours and without", () => {
  const matcher = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../templates/problem-matcher.json"), "utf8"),
  ) as {
    problemMatcher: [{ pattern: [{ regexp: string }] }];
  };
  const pattern = new RegExp(matcher.problemMatcher[0].pattern[0].regexp);
  const folder = smallProject();
  const spec = join(folder, "spec/events.yaml");
  writeFileSync(spec, `${readFileSync(spec, "utf8")}nonsense: true\n`);
  for (const flags of [["--no-color"], ["--color"]]) {
    const found = plainsight(folder, [...flags, "check"])
      .out.split("\n")
      .flatMap((line) => pattern.exec(line) ?? []);
    expect(found.slice(1, 6)).toEqual([
      "spec/events.yaml",
      expect.stringMatching(/^\d+$/),
      "1",
      "error",
      "unknown-key",
    ]);
  }
});

const generated = "Code generated by plainsight from spec/events.yaml. DO NOT EDIT.\n";

/** A crate or a package of Python's with a client in it, and what its list of packages says. */
function elsewhere(list: string, text: string): string | undefined {
  const folder = emptyFolder();
  write(folder, list, text);
  write(folder, "src/telemetry/runtime.rs", `// ${generated}`);
  write(folder, "src/acme/telemetry/__init__.py", `# ${generated}`);
  write(folder, "src/acme/telemetry/_runtime/__init__.py", `# ${generated}`);
  write(folder, "target/package/acme/src/other/runtime.rs", `// ${generated}`);
  return unpublishedElsewhere(folder);
}

test.each<[list: string, text: string, told: string | undefined]>([
  ["Cargo.toml", '[package]\nname = "a"\n', undefined],
  ["Cargo.toml", '[package]\ninclude = ["src/**"]\n', undefined],
  ["Cargo.toml", '[package]\ninclude = [\n  "/src/*.rs",\n]\n', 'Add "src/telemetry/**" to "include" in Cargo.toml'],
  ["Cargo.toml", '[package]\npublish = false\ninclude = ["/src/main.rs"]\n', undefined],
  ["Cargo.toml", '[package]\nexclude = ["/docs"]\n', undefined],
  ["Cargo.toml", '[package]\nexclude = ["telemetry/"]\n[lib]\n', 'Take src/telemetry out of "exclude" in Cargo.toml'],
  ["Cargo.toml", '[package]\n[dependencies.b]\ninclude = ["x"]\n', undefined],
  ["pyproject.toml", '[project]\nname = "acme"\n', undefined],
  [
    "pyproject.toml",
    '[tool.setuptools]\npackages = ["acme"]\n',
    'Add "acme.telemetry" and "acme.telemetry._runtime" to "packages"',
  ],
  [
    "pyproject.toml",
    '[tool.setuptools]\npackages = ["acme", "acme.telemetry", "acme.telemetry._runtime"]\n',
    undefined,
  ],
  [
    "pyproject.toml",
    '[tool.setuptools.packages.find]\nwhere = ["src"]\ninclude = ["acme"]\n',
    "[tool.setuptools.packages.find]",
  ],
  ["pyproject.toml", '[tool.setuptools.packages.find]\ninclude = ["acme*"]\n', undefined],
])("%s with %j: %s", (list, text, said) => {
  const found = elsewhere(list, text);
  if (said === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(said);
});
