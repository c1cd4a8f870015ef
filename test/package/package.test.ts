import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { type Packed, pack, put, receive, sh, typescript } from "./stranger.js";

const folder = temporaryFolder("stranger");
let packed: Packed;
beforeAll(() => {
  packed = pack(folder);
});

const kB = 1000;

describe("the package", () => {
  test("is no larger than it says", () => {
    const sizes = `${Math.ceil(packed.size / kB)} kB, ${Math.ceil(packed.unpacked / kB)} kB unpacked, ${packed.paths.length} files`;
    console.log(`plainsight package: ${sizes}`);
    expect(readFileSync("README.md", "utf8")).toMatch(/less than 2\.3 MB \(7\.9 MB unpacked\)/);
    expect(packed.size).toBeLessThan(2_300 * kB);
    expect(packed.unpacked).toBeLessThan(7_900 * kB);
  });

  test("has no dependencies, and no script that runs where it is installed", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, object | undefined>;
    expect(manifest.dependencies ?? manifest.optionalDependencies).toBeUndefined();
    // What the generated suites run on is the product's own, where it runs them.
    expect([manifest.peerDependencies, manifest.peerDependenciesMeta]).toEqual([
      { vitest: ">=2" },
      { vitest: { optional: true } },
    ]);
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => /install|^prepare$/.test(name))).toEqual([]);
    expect(packed.paths.filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(path))).toEqual([]);
  });

  test("brings the licence of everything that it bundles", () => {
    const notices = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
    expect(packed.paths).toContain("dist/THIRD-PARTY-NOTICES.txt");
    for (const name of ["ajv", "ts-morph", "typescript", "yaml", "commander"])
      expect(notices).toMatch(new RegExp(`^- ${name} .*(MIT|ISC|Apache-2.0)`, "m"));
    expect(notices).not.toContain("brings no text of it");
  });

  test("bundles nothing that we chose without saying why", () => {
    const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { devDependencies: object };
    const notices = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
    const reasons = readFileSync("CONTRIBUTING.md", "utf8");
    const chosen = Object.keys(devDependencies).filter(
      (name) => notices.includes(`\n- ${name} `) && name !== "typescript",
    );
    expect([...reasons.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name).sort()).toEqual(chosen.sort());
  });
});

/** One kind of project each: what it has before, how it is compiled, and how it calls its emitter. */
const call =
  'telemetry.setup({ version: "1.2.3" });\ntelemetry.commandRun({ command: "build", ok: true, durationSeconds: 12.5 });\ntelemetry.flush().then(() => console.log("done"));\n';
const compilerOptions = {
  strict: true,
  target: "ES2022",
  lib: ["ES2022"],
  types: ["node"],
  typeRoots: [typescript.typeRoots],
  rootDir: ".",
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
};
const kinds: readonly Kind[] = [
  {
    kind: "TypeScript, NodeNext and Bundler",
    manifest: { name: "@stranger/my-tool", type: "module" },
    files: {
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          module: "NodeNext",
          outDir: "out",
          isolatedModules: true,
          verbatimModuleSyntax: true,
        },
        include: ["src"],
      }),
      "bundler.json": JSON.stringify({
        compilerOptions: { ...compilerOptions, module: "ESNext", moduleResolution: "Bundler", noEmit: true },
        include: ["src"],
      }),
      "src/main.ts": `import * as telemetry from "../generated/client/telemetry.js";\n${call}`,
    },
    compile: [typescript.tsc, `${typescript.tsc} -p bundler.json`],
    run: "node out/src/main.js",
    scripts: { "telemetry:gen": "plainsight gen", "telemetry:check": "plainsight check" },
  },
  {
    kind: "JavaScript in modules, its types checked",
    manifest: { name: "my-tool", type: "module", scripts: { test: "true" } },
    files: {
      "jsconfig.json": JSON.stringify({
        compilerOptions: { ...compilerOptions, allowJs: true, checkJs: true, module: "NodeNext", noEmit: true },
        include: ["main.js"],
      }),
      "main.js": `import * as telemetry from "./generated/client/telemetry.js";\n${call}`,
    },
    compile: [`${typescript.tsc} -p jsconfig.json`],
    run: "node main.js",
    scripts: {
      test: "true",
      "telemetry:gen": "plainsight gen --language js",
      "telemetry:check": "plainsight check --language js",
    },
  },
  {
    kind: "TypeScript in src alone, made into CommonJS",
    manifest: { name: "my-tool" },
    files: {
      "tsconfig.json": JSON.stringify({
        compilerOptions: { ...compilerOptions, module: "CommonJS", rootDir: "src", outDir: "dist" },
        include: ["src"],
      }),
      "src/main.ts": `import * as telemetry from "../generated/client/telemetry.js";\n${call}`,
    },
    compile: [typescript.tsc],
    run: "node dist/main.js",
    scripts: {
      "telemetry:gen": "plainsight gen --language cjs",
      "telemetry:check": "plainsight check --language cjs",
    },
  },
  {
    kind: "JavaScript in CommonJS",
    manifest: { name: "my-tool", type: "commonjs" },
    files: { "main.js": `const telemetry = require("./generated/client/telemetry.js");\n${call}` },
    compile: [],
    run: "node main.js",
    scripts: { "telemetry:gen": "plainsight gen --language cjs", "telemetry:check": "plainsight check --language cjs" },
  },
];

interface Kind {
  readonly kind: string;
  readonly manifest: object;
  readonly files: Readonly<Record<string, string>>;
  readonly compile: readonly string[];
  readonly run: string;
  readonly scripts: object;
}

describe.each(kinds)("a stranger's repository: $kind", ({ kind, manifest, files, compile, run, scripts }) => {
  const project = join(folder, kind.replace(/\W+/g, "-"), "project");

  test("from nothing to a received event, by the commands as printed", async () => {
    mkdirSync(project, { recursive: true });
    put(project, "package.json", `${JSON.stringify(manifest, null, 4)}\n`);
    for (const [path, text] of Object.entries(files)) put(project, path, text);
    expect(sh(project, `npm install -D "${packed.file}"`)).toMatchObject({
      code: 0,
      err: expect.not.stringContaining("script") as string,
    });
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["plainsight"]);

    const before = filesOf(project);
    const init = sh(project, "npx plainsight init --yes");
    expect(init).toMatchObject({ code: 0, err: "" });
    expect(filesOf(project).filter((path) => !before.includes(path))).toEqual([
      ".gitattributes",
      ".github/workflows/telemetry.yml",
      "spec/events.yaml",
    ]);
    expect((JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { scripts: object }).scripts).toEqual(
      scripts,
    );

    const next = init.out.split("\n").flatMap((line) => /^ {2}(\S.*)$/.exec(line)?.[1] ?? []);
    expect(next).toHaveLength(2);
    for (const line of next) expect(sh(project, line), line).toMatchObject({ code: 0, err: "" });
    expect(existsSync(join(project, "generated/test"))).toBe(!kind.includes("CommonJS"));
    if (kind.startsWith("JavaScript in modules")) {
      symlinkSync(join(process.cwd(), "node_modules/vitest"), join(project, "node_modules/vitest"));
      expect(sh(project, "node node_modules/vitest/vitest.mjs run generated/test")).toMatchObject({ code: 0 });
    }
    for (const line of compile) expect(sh(project, line), line).toEqual({ code: 0, out: "", err: "" });

    // What CI will say to the pull request that brings it.
    for (const line of [
      ...commit("git init -q -b main", "package.json"),
      "git update-ref refs/remotes/origin/main HEAD",
      "npx plainsight freeze",
      next[0] ?? "",
    ])
      expect(sh(project, line), line).toMatchObject({ code: 0 });
    expect(
      sh(project, `${next[1]?.replace("run telemetry:check", "run -s telemetry:check --")} --base origin/main`),
    ).toMatchObject({ code: 0, err: "" });

    const worker = await receive(project);
    try {
      const variables = { MY_TOOL_TELEMETRY: "1", MY_TOOL_TELEMETRY_URL: worker.url };
      expect(sh(project, run, { ...variables, DO_NOT_TRACK: "1" })).toEqual({ code: 0, out: "done\n", err: "" });
      expect(sh(project, run, variables)).toEqual({ code: 0, out: "done\n", err: "" });
      const [event, ...more] = await worker.stored();
      expect(JSON.stringify(event)).toMatch(/command_run.*10-60s/);
      // The value itself: a time of day may end in the same digits.
      expect(JSON.stringify(event)).not.toMatch(/[:[]12\.5[,}\]]/);
      expect(more).toEqual([]);
    } finally {
      worker.end();
    }
  }, 180_000);
});

test("what a program imports from the package says what the command says, and is typed", () => {
  const project = join(folder, "api/project");
  mkdirSync(project, { recursive: true });
  put(project, "package.json", '{"name": "my-tool", "type": "module"}');
  const bundler = { ...compilerOptions, module: "ESNext", moduleResolution: "Bundler", noEmit: true };
  put(project, "tsconfig.json", JSON.stringify({ compilerOptions: { ...compilerOptions, module: "NodeNext" } }));
  put(project, "bundler.json", JSON.stringify({ compilerOptions: bundler, include: ["main.ts"] }));
  put(
    project,
    "main.ts",
    'import { check, gen, type Report } from "plainsight";\nconst before: Report = await check();\nconst { exitCode, written } = await gen({ language: "js" });\nconst after = await check({ cwd: "." });\nconst unknown = await check({ only: "absent" }).catch((error: Error) => error.message);\nconsole.log(JSON.stringify([before.exitCode, exitCode, written, after.exitCode, after.files, unknown]));\n',
  );
  for (const line of [`npm install -D "${packed.file}"`, "npx plainsight init --yes"])
    expect(sh(project, line), line).toMatchObject({ code: 0 });
  for (const line of [typescript.tsc, `${typescript.tsc} -p bundler.json`])
    expect(sh(project, line)).toEqual({ code: 0, out: "", err: "" });
  const { code, out, err } = sh(project, "node main.js");
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toEqual([1, 0, true, 0, [], expect.stringContaining("Allowed choices are schema")]);
}, 120_000);

function commit(first: string, what: string): readonly string[] {
  return [first, `git add ${what}`, "git -c user.name=stranger -c user.email=stranger@example.test commit -q -m first"];
}

function filesOf(project: string): string[] {
  return readdirSync(project, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.startsWith("node_modules") && lstatSync(join(project, path)).isFile())
    .sort();
}

test("the contract that init writes is what a person would find in the packed file", () => {
  expect(packed.paths).toEqual(
    expect.arrayContaining([
      "dist/templates/init/events.yaml",
      "dist/templates/init/opt-out.yaml",
      "dist/templates/init/telemetry.yml",
    ]),
  );
  expect(existsSync("dist/templates/init/events.yaml")).toBe(true);
});
