import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Context } from "../../generator/cli/context.js";
import { askAnswers, type Given } from "../../generator/cli/init-answers.js";
import { clientOf, statedName } from "../../generator/init/answers.js";
import { withFeature } from "../../generator/init/cargo.js";
import { fillSpec, fillWorkflow } from "../../generator/init/fill.js";
import { packageManagerIn, packageManagers } from "../../generator/init/package-managers.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { binary, emptyFolder, plainsight, write } from "../cli/project.js";
import { hasRealPart } from "../support/real-part.js";

const template = (name: string) => readFileSync(join("templates/init", name), "utf8");
const answers = {
  product: "acme-cli",
  url: "https://t.acme.test/v1/in",
  consent: "opt-in",
  language: "ts",
  client: { of: "typescript" },
} as const;

describe("the first contract", () => {
  test.each(["opt-in", "opt-out"] as const)(
    "%s: nothing is found, DO_NOT_TRACK decides first, and no placeholder is left",
    (consent) => {
      const text = fillSpec(template("events.yaml"), template("opt-out.yaml"), { ...answers, consent });
      const { model, diagnostics } = readContract(text, "spec/events.yaml");
      expect(diagnostics).toEqual([]);
      expect(model).toMatchObject({
        product: "acme-cli",
        identifiers: [],
        consent: { model: consent },
        destination: { url: answers.url },
      });
      expect(model?.consent.order[0]).toMatchObject({
        place: { env: "DO_NOT_TRACK" },
        disableWhen: { kind: "any-except", values: ["", "0", "false"] },
      });
      expect(model?.consent.order[0]?.enableWhen).toBeUndefined();
      expect(text).not.toMatch(/my-tool|MY_TOOL|telemetry\.example/);
      expect(text.includes("ask:")).toBe(consent === "opt-in");
      expect(text.split("\n").every((line) => [...line].length <= 130)).toBe(true);
    },
  );
});

test.each<
  [
    files: readonly string[],
    stated: "go" | "python" | "rust" | "typescript" | undefined,
    of: string,
    to: string | undefined,
  ]
>([
  [[], undefined, "typescript", undefined],
  [["package.json", "go.mod"], undefined, "typescript", undefined],
  [["go.mod"], undefined, "go", "internal/telemetry"],
  [["pyproject.toml", "acme_cli"], undefined, "python", "acme_cli/telemetry"],
  [["setup.py", "src/acme_cli"], undefined, "python", "src/acme_cli/telemetry"],
  [["package.json"], "go", "go", "internal/telemetry"],
  [["Cargo.toml"], undefined, "rust", "src/telemetry"],
  [["Cargo.toml", "package.json"], undefined, "typescript", undefined],
  [["Cargo.toml", "pyproject.toml", "acme_cli"], "rust", "rust", "src/telemetry"],
  [["go.mod"], "typescript", "typescript", undefined],
])(
  "a project with %j, where %s is said, gets a client in %s, and its first contract is clean",
  (files, stated, of, to) => {
    const client = clientOf("acme-cli", (path) => files.includes(path), stated);
    expect([client.of, client.to]).toEqual([of, to]);
    for (const consent of ["opt-in", "opt-out"] as const) {
      const text = fillSpec(template("events.yaml"), template("opt-out.yaml"), { ...answers, consent, client });
      const { model, diagnostics } = readContract(text, "spec/events.yaml");
      expect(diagnostics).toEqual([]);
      expect(model?.clients.go?.to ?? model?.clients.python?.to ?? model?.clients.rust?.to).toBe(to);
    }
  },
);

test.each<[path: string, text: string, name: string | undefined]>([
  [
    "pyproject.toml",
    '[build-system]\nrequires = ["x"]\nname = "no"\n\n[project]\nversion = "1"\nname = "acme-cli"\n',
    "acme-cli",
  ],
  ["pyproject.toml", "[tool.poetry]\r\nname = 'Acme_CLI'\r\n", "Acme_CLI"],
  ["pyproject.toml", '[project]\nversion = "1"\n[tool.x]\nname = "no"\n', undefined],
  ["go.mod", "// A tool.\nmodule github.com/acme/acme-cli/v2\n\ngo 1.22\n", "acme-cli"],
  ["go.mod", 'module "acme.example/cli"\n', "cli"],
  ["setup.py", 'setup(name="no")', undefined],
  ["Cargo.toml", '[package]\nversion = "1.0.0"\nname = "acme-cli"\n\n[dependencies]\nname = "no"\n', "acme-cli"],
  ["Cargo.toml", '[workspace]\nmembers = ["a"]\n', undefined],
])("what %s calls a project: %j", (path, text, name) =>
  expect(statedName((one) => (one === path ? text : undefined))).toBe(name),
);

test.each<[text: string, added: string | undefined]>([
  ['[package]\nname = "a"\n', '[package]\nname = "a"\n\n[features]\ndefault = ["telemetry"]\ntelemetry = []\n'],
  [
    '[package]\r\nname = "a"',
    '[package]\r\nname = "a"\r\n\r\n[features]\r\ndefault = ["telemetry"]\r\ntelemetry = []\r\n',
  ],
  [
    '[package]\nname = "a"\n[dependencies.b]\nfeatures = ["c"]\n\n\n',
    expect.stringContaining('["c"]\n\n[features]\n') as string,
  ],
  ['[package]\nname = "a"\n[features]\nc = []\n', undefined],
  ['[workspace]\nmembers = ["a"]\n', undefined],
])("a crate gets the feature of its telemetry, if it has none of its own: %j", (text, added) =>
  expect(withFeature(text)).toEqual(added),
);

test.each([...Object.values(packageManagers), undefined])(
  "the workflow is YAML, installs without anybody's scripts, and checks: %j",
  (manager) => {
    const text = fillWorkflow(
      template("telemetry.yml"),
      { ...answers, language: "js" },
      { manager, folder: "", version: "1.2.3" },
    );
    const { jobs, permissions } = parse(text) as Workflow;
    const runs = jobs.contract.steps.flatMap(({ run }) => run ?? []);
    const exec = manager?.exec ?? "npx";
    expect(runs[0]).toBe(manager?.install ?? "npm install --no-save plainsight@1.2.3");
    expect(runs[1]).toBe(`${exec} plainsight check --language js --base "$BASE" --format github`);
    expect(runs[2]?.split("\n").every((line) => line === "" || line.startsWith(`${exec} plainsight diff`))).toBe(true);
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.contract.defaults).toBeUndefined();
  },
);

interface Workflow {
  readonly permissions: object;
  readonly jobs: {
    readonly contract: { readonly defaults?: { readonly run: object }; readonly steps: readonly { run?: string }[] };
  };
}

test.each<[Readonly<Record<string, string>>, keyof typeof packageManagers | undefined]>([
  [{}, undefined],
  [{ "package.json": "{}", "package-lock.json": "{}" }, "npm"],
  [{ "package.json": '{"packageManager": "pnpm@9.1.0+sha512.abc"}' }, "pnpm"],
  [{ "pnpm-lock.yaml": "" }, "pnpm"],
  [{ "package.json": '{"packageManager":"yarn@4.5.0"}', "yarn.lock": "" }, "yarnBerry"],
  [{ "package.json": '{"packageManager":"yarn@1.22.22"}' }, "yarnClassic"],
  [{ "yarn.lock": "# yarn lockfile v1\n" }, "yarnClassic"],
  [{ "yarn.lock": "__metadata:\n  version: 8\n" }, "yarnBerry"],
  [{ "yarn.lock": "", ".yarnrc.yml": "" }, "yarnBerry"],
  [{ "bun.lock": "{}" }, "bun"],
  [{ "bun.lockb": "" }, "bun"],
  [{ "package.json": '{"packageManager": "npm@11.0.0"}', "yarn.lock": "" }, "npm"],
])("a folder with %j is of %s", (files, name) =>
  expect(packageManagerIn((file) => files[file])).toBe(name && packageManagers[name]),
);

test("a package among several: the workflow lies where GitHub looks, works in the package's folder, and names its own", () => {
  const top = emptyFolder();
  const folder = join(top, "packages/cli");
  spawnSync("git", ["init", "-q"], { cwd: top });
  write(top, "pnpm-lock.yaml", "");
  write(folder, "package.json", '{"name": "@acme/cli", "type": "module"}');
  const { code, out } = plainsight(folder, ["init", "--yes"]);
  expect([code, out]).toEqual([0, expect.stringContaining("pnpm add -D plainsight && pnpm run telemetry:gen")]);
  expect(out).toMatch(/pnpm\s+exec plainsight freeze/);
  expect(existsSync(join(folder, ".github"))).toBe(false);
  const text = readFileSync(join(top, ".github/workflows/telemetry-cli.yml"), "utf8");
  const { contract } = (parse(text) as Workflow).jobs;
  expect(contract.defaults?.run).toEqual({ "working-directory": "packages/cli" });
  expect(contract.steps.flatMap(({ run }) => run ?? [])[0]).toContain("pnpm install");
  expect(text).toContain("#   /packages/cli/spec/ ");
});

test("what GitHub annotates is named from the top of the repository", () => {
  const top = emptyFolder();
  const folder = join(top, "packages/cli");
  write(folder, "spec/events.yaml", "telemetry_spec: 1\n");
  const env = { GITHUB_WORKSPACE: top };
  expect(plainsight(folder, ["check", "--format", "github"], env).out).toContain(
    "file=packages/cli/spec/events.yaml,line=",
  );
  expect(plainsight(folder, ["check", "--format", "sarif"], env).out).toContain('"packages/cli/spec/events.yaml"');
  expect(plainsight(folder, ["check"], env).out).toMatch(/^spec\/events.yaml:/m);
  expect(plainsight(folder, ["check", "--format", "github"]).out).toContain("file=spec/events.yaml,line=");
});

describe("what is asked", () => {
  const seen = {
    packageText: '{"name": "@acme/Tool_One", "type": "module"}',
    compilerText: undefined,
    folder: "else",
    has: () => false,
    read: () => undefined,
  };
  const asking = async (given: Given, typed: readonly (string | undefined)[] | undefined) => {
    const left = [...(typed ?? [])];
    const said: string[] = [];
    const context = {
      width: 80,
      err: (text: string) => said.push(text),
      ask:
        typed &&
        ((question: string) => {
          said.push(question);
          return Promise.resolve(left.shift());
        }),
    } as unknown as Context;
    return { answers: await askAnswers(context, given, seen), said, left };
  };

  test("three things, each with what Enter means; what will not do is asked again", async () => {
    const { answers, said, left } = await asking({}, [
      "",
      "http://plain.test/x",
      "https://t.acme.test/in",
      "perhaps",
      "opt-out",
    ]);
    expect(answers).toEqual({
      product: "tool-one",
      url: "https://t.acme.test/in",
      consent: "opt-out",
      language: "js",
      client: { of: "typescript" },
    });
    expect(said[0]).toContain("[tool-one]");
    expect(left).toEqual([]);
  });
  test("off by default, with --yes and by Enter", async () => {
    expect((await asking({ yes: true }, undefined)).answers?.consent).toBe("opt-in");
    expect((await asking({}, ["", "", ""])).answers?.consent).toBe("opt-in");
  });
  test("only what was not given", async () =>
    expect((await asking({ product: "x", consent: "opt-in" }, [""])).answers?.product).toBe("x"));
  test("nothing where nobody is; it says what to write", async () => {
    const { answers, said } = await asking({ product: "x" }, undefined);
    expect(answers).toBeUndefined();
    expect(said.join("")).toContain("--yes, or --url, --consent");
  });
  test("Ctrl-C is no answer", async () => expect((await asking({}, ["x", undefined])).answers).toBeUndefined());
});

test.runIf(hasRealPart("script"))("on a terminal: questions, Enter, and a contract", () => {
  const folder = emptyFolder();
  const typed = `(for answer in tool "" opt-out; do sleep 1; printf '%s\\r' "$answer"; done) | script -qec "'${process.execPath}' '${binary}' init" /dev/null`;
  const { stdout } = spawnSync("sh", ["-c", typed], { cwd: folder, encoding: "utf8", timeout: 40_000 });
  expect(stdout).toContain("Product name");
  expect(stdout).toContain("npx plainsight gen");
  expect(readFileSync(join(folder, "spec/events.yaml"), "utf8")).toMatch(/^product: tool$[\s\S]*model: opt-out/m);
});

test.each<[string, string, string]>([
  ["{}", '{"compilerOptions": {"module": "NodeNext"}}', "cjs"],
  ['{"type": "module"}', '{"compilerOptions": {"module": "NodeNext"}}', "ts"],
  ['{"type": "module"}', '{"compilerOptions": {"module": "NodeNext", "rootDir": "."}}', "ts"],
  ['{"type": "module"}', '{"compilerOptions": {"module": "NodeNext", "rootDir": "./src"}}', "js"],
  ["{}", '{"compilerOptions": {"module": "commonjs", "rootDir": "src"}}', "cjs"],
  ['{"type": "module"}', '{"compilerOptions": {"module": "NodeNext", "rewriteRelativeImportExtensions": true}}', "js"],
  ["{}", '{"compilerOptions": {"module": "ESNext", "moduleResolution": "bundler"}}', "ts"],
])("in %s with %s the client is %s", async (packageText, compilerText, language) => {
  const context = { err: () => undefined } as unknown as Context;
  expect(
    (
      await askAnswers(
        context,
        { yes: true },
        { packageText, compilerText, folder: "x", has: () => true, read: () => undefined },
      )
    )?.language,
  ).toBe(language);
});

test("what a tsconfig.json extends counts too", () => {
  const folder = emptyFolder();
  write(folder, "package.json", "{}");
  write(folder, "tsconfig.json", '{ "extends": ["./base.json"] }');
  write(folder, "base.json", '{ "extends": "./tsconfig", "compilerOptions": { "module": "commonjs" } }');
  expect(plainsight(folder, ["init", "--yes"]).code).toBe(0);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toContain("--language cjs");
});

describe("what can't be written", () => {
  test.each(["spec", ".github"])("a file called %s stands in the way: it is named, and one may begin again", (name) => {
    const folder = emptyFolder();
    write(folder, name, "mine");
    const { code, err } = plainsight(folder, ["init", "--yes"]);
    expect([code, err]).toEqual([2, expect.stringContaining(`${name}/`)]);
    expect(err).toMatch(/^\S+ has a file where a folder should be \(ENOTDIR\)\.\n$/);
    rmSync(join(folder, name));
    expect(plainsight(folder, ["init", "--yes"]).code).toBe(0);
  });
});

describe("what is there stays", () => {
  test("a contract: nothing at all is written", () => {
    const folder = emptyFolder();
    write(folder, "spec/events.yaml", "mine");
    const { code, err } = plainsight(folder, ["init", "--yes"]);
    expect([code, err]).toEqual([2, expect.stringContaining("spec/events.yaml is there already")]);
    expect(existsSync(join(folder, ".github"))).toBe(false);
  });
  test("a workflow, a package.json that can't be read, and where a dangling link points", () => {
    const folder = emptyFolder();
    write(folder, ".github/workflows/telemetry.yml", "mine");
    write(folder, "package.json", "{ not json");
    mkdirSync(join(folder, "spec"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "spec/events.yaml"));
    expect(plainsight(folder, ["init", "--yes"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("stays as it is") as string,
    });
    expect(readFileSync(join(folder, ".github/workflows/telemetry.yml"), "utf8")).toBe("mine");
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("{ not json");
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
  });
  test.each([
    "--product=Nope",
    "--url=http://t.test/x",
    "--url=https://t.test",
    "--url=https://u:p@t.test/x",
    "--url=https://t.test/x?y=1",
    "--product=true",
  ])("%s is refused before anything is written", (flag) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "package.json"), "{}");
    const { code, out, err } = plainsight(folder, ["init", "--yes", flag]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toBe("");
    expect(existsSync(join(folder, "spec"))).toBe(false);
  });
});

test("what generated code is folded in reviews is said below what .gitattributes says already, once", () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, ".gitattributes"), "*.png binary\n");
  const init = plainsight(folder, ["init", "--yes", "--product", "tool"]);
  expect(init.out).toContain("~ .gitattributes  generated code is folded in reviews\n");
  const text = readFileSync(join(folder, ".gitattributes"), "utf8");
  expect(text).toMatch(/^\*\.png binary\n\n# In reviews/);
  spawnSync("git", ["init", "-q"], { cwd: folder });
  expect(plainsight(folder, ["gen"]).code).toBe(0);
  const folded = (path: string) =>
    spawnSync("git", ["check-attr", "linguist-generated", "eol", "--", path], { cwd: folder, encoding: "utf8" })
      .stdout.trim()
      .split("\n")
      .map((line) => line.split(": ").at(-1));
  expect(folded("generated/client/telemetry.ts")).toEqual(["set", "lf"]);
  expect(folded("generated/worker/allowlist.js")).toEqual(["unset", "lf"]);
  expect(folded("TELEMETRY.md")).toEqual(["unset", "lf"]);
  rmSync(join(folder, "spec"), { recursive: true });
  expect(plainsight(folder, ["init", "--yes", "--product", "tool"]).out).toContain(
    "= .gitattributes  is there already",
  );
  expect(readFileSync(join(folder, ".gitattributes"), "utf8")).toBe(text);
});

test.each(["js", "cjs"] as const)("gen by hand writes what init chose: %s", (language) => {
  for (const packaged of [true, false]) {
    const folder = emptyFolder();
    if (packaged) writeFileSync(join(folder, "package.json"), '{ "name": "tool", "version": "1.0.0" }');
    expect(plainsight(folder, ["init", "--yes", "--product", "tool", "--language", language]).code).toBe(0);
    expect(plainsight(folder, ["gen", "--only", "client"]).code).toBe(0);
    const kind = JSON.parse(readFileSync(join(folder, "generated/client/package.json"), "utf8")) as { type: string };
    expect(kind.type).toBe(language === "js" ? "module" : "commonjs");
  }
});
