import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build as esbuild, transform } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import { describe, expect, test } from "vitest";
import { emptyFolder, plainsight } from "../../cli/project.js";

const entry = join(import.meta.dirname, "main.ts");
const top = join(import.meta.dirname, "../../..");

/**
 * Traces that a release build has and a build without telemetry must not have: an address, a way to send, a way to keep, a
 * variable that is read.
 */
const traces = [
  "cocoindex.gateway.scarf.sh",
  "https:",
  "node:http",
  "node:fs",
  "COCOINDEX_DISABLE_USAGE_TRACKING",
  "app_update",
];

interface Job {
  readonly entry: string;
  readonly out: string;
  readonly define: Record<string, string>;
  readonly minify: boolean;
}

/** A stand-in for the plugins that rollup's users have: types taken out, and names replaced. */
const plugin = (define: Record<string, string>) => ({
  name: "typescript, replace",
  resolveId: (id: string, from?: string) =>
    from === undefined || id.startsWith("node:") ? null : resolve(dirname(from), id.replace(/\.js$/, ".ts")),
  async transform(text: string) {
    const { code } = await transform(text, { loader: "ts", target: "node20" });
    return Object.entries(define).reduce(
      (left, [name, value]) => left.replace(RegExp(`\\b${name}\\b`, "g"), value),
      code,
    );
  },
});

const bundlers: Readonly<Record<string, (job: Job) => Promise<unknown>>> = {
  esbuild: ({ entry, out, define, minify }) =>
    esbuild({
      entryPoints: [entry],
      outdir: out,
      define,
      // Names stay: how esbuild shortens them depends on how often letters occur in what it drops.
      minifySyntax: minify,
      minifyWhitespace: minify,
      bundle: true,
      treeShaking: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "error",
    }),
  rollup: async ({ entry, out, define }) => {
    // Unless it is told that Node's modules do nothing by themselves, it leaves `import "node:fs"` where nothing uses it.
    const treeshake = { moduleSideEffects: "no-external" } as const;
    const bundle = await rollup({ input: entry, plugins: [plugin(define)], external: [/^node:/], treeshake });
    await bundle.write({ dir: out, format: "es", entryFileNames: "main.mjs" });
    await bundle.close();
  },
  vite: ({ entry, out, define, minify }) =>
    vite({
      configFile: false,
      root: dirname(entry),
      define,
      logLevel: "error",
      build: { ssr: entry, outDir: out, minify, emptyOutDir: false, target: "node20" },
    }),
};

describe.each(Object.keys(bundlers))("%s", (name) => {
  const built = async (define: Record<string, string>, minify = false, source = entry) => {
    const out = emptyFolder();
    await bundlers[name]?.({ entry: source, out, define, minify });
    const files = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) => /\.m?js$/.test(file));
    return {
      text: files.map((file) => readFileSync(join(out, file), "utf8")).join("\n"),
      main: join(out, files.find((file) => /^main\./.test(file)) ?? ""),
    };
  };
  const run = (main: string) =>
    spawnSync(process.execPath, ["--input-type=module", "-e", `await import(${JSON.stringify(main)})`], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], COCOINDEX_DISABLE_USAGE_TRACKING: "1" },
    });

  test("a build that is named so has no trace of it, and the program is as it was", async () => {
    const { text, main } = await built({ COCOINDEX_BUILD: '"debug"' });
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
    expect(run(main)).toMatchObject({ status: 0, stdout: "the program\n", stderr: "" });
  });

  test("a release build has all of it: what is looked for can be found", async () => {
    const { text, main } = await built({ COCOINDEX_BUILD: '"release"' });
    expect(traces.filter((trace) => !text.includes(trace))).toEqual([]);
    expect(run(main)).toMatchObject({ status: 0, stdout: "the program\n" });
  });

  // Without `minify`, esbuild leaves the empty functions and their calls. Rollup has none of its own.
  const ways: Readonly<Record<string, readonly boolean[]>> = { esbuild: [true], rollup: [false], vite: [false, true] };
  test.each(ways[name] ?? [])("byte for byte the program without telemetry's calls; minified: %s", async (minify) => {
    const main = join(emptyFolder(), "main.ts");
    const bundle = async (lines: readonly string[], build = "debug") => {
      writeFileSync(main, lines.join("\n"));
      return (await built({ COCOINDEX_BUILD: JSON.stringify(build) }, minify, main)).text;
    };
    const lines = readFileSync(entry, "utf8")
      .replace(/from "(.*)"/, (_, path) => `from ${JSON.stringify(join(import.meta.dirname, path))}`)
      .split("\n");
    const without = await bundle(lines.filter((line) => !line.includes("telemetry")));
    expect(await bundle(lines.filter((line) => !line.includes("flush")))).toBe(without);
    if (minify) {
      // Who waits for a flush goes on waiting, for a promise that is kept already: no bundler may drop an `await`.
      const flush = "async function flush(within) {}\nawait flush();";
      const waits = lines.map((line) => (line.includes("flush") ? flush : line));
      // Its name may end in a number: another module that is dropped has one of the same name.
      expect((await bundle(lines)).replace(/\bflush\d\b/g, "flush")).toBe(
        await bundle(waits.filter((line) => !line.includes("telemetry"))),
      );
    }
    // What is compared could differ: a release build's bytes do.
    expect(await bundle(lines, "release")).not.toBe(without);
  });
});

describe.each(Object.keys(bundlers))("the twin, by %s", (name) => {
  test.each(["cocoindex", "codegraph"])("has nothing of %s, and costs less than 100 bytes", async (product) => {
    const folder = product === "codegraph" ? "generated" : `generated/systems/${product}`;
    const twin = join(top, folder, "client/off.js");
    const calls = product === "codegraph" ? 'telemetry.count("mcp_tool", "x", true);' : "telemetry.init();";
    const built = async (...lines: string[]) => {
      const [main, out] = [join(emptyFolder(), "main.ts"), emptyFolder()];
      writeFileSync(main, [...lines, 'console.log("the program");'].join("\n"));
      await bundlers[name]?.({ entry: main, out, define: {}, minify: name !== "rollup" });
      const files = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) => /\.m?js$/.test(file));
      return files.map((file) => readFileSync(join(out, file), "utf8")).join("\n");
    };
    const text = await built(`import * as telemetry from ${JSON.stringify(twin)};`, calls, "await telemetry.flush();");
    expect(text).not.toMatch(/https?:|node:|\bimport\b/);
    expect(text.length - (await built()).length).toBeLessThan(100);
  });
});

test("Node alone: under the condition only the twin is loaded, and the rest may be missing", () => {
  const project = emptyFolder();
  mkdirSync(join(project, "spec"));
  cpSync(join(top, "spec/systems/cocoindex/events.yaml"), join(project, "spec/events.yaml"));
  expect(plainsight(project, ["gen", "--only", "client", "--language", "js"]).code).toBe(0);
  const imports = {
    "#telemetry": { "no-telemetry": "./generated/client/off.js", default: "./generated/client/telemetry.js" },
  };
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "program", type: "module", imports }));
  writeFileSync(join(project, "main.js"), readFileSync(entry, "utf8").replace(/from ".*"/, 'from "#telemetry"'));
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [...flags, "main.js"], {
      cwd: project,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], COCOINDEX_DISABLE_USAGE_TRACKING: "1" },
    });
  expect(run()).toMatchObject({ status: 0, stdout: "the program\n", stderr: "" });
  const client = join(project, "generated/client");
  for (const name of readdirSync(client))
    if (!["off.js", "package.json"].includes(name)) rmSync(join(client, name), { recursive: true });
  expect(readFileSync(join(client, "off.js"), "utf8")).not.toMatch(/https?:|node:|\bimport\b/);
  expect(run("--conditions=no-telemetry")).toMatchObject({ status: 0, stdout: "the program\n", stderr: "" });
  expect(run().status).not.toBe(0);
});
