import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { zipSync } from "fflate";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { fiveContracts, plainsight } from "../cli/project.js";
import { temporary } from "../client/program.js";

const root = join(import.meta.dirname, "../..");
const generated = join(root, "generated/client");

/** A package that holds a client somewhere below, as a folder. */
function packageWith(client: string, place = "dist/telemetry"): string {
  const folder = temporary();
  writeFileSync(join(folder, "package.json"), `{"name":"tool","version":"1.0.0","files":["dist"]}`);
  mkdirSync(join(folder, dirname(place)), { recursive: true });
  cpSync(client, join(folder, place), { recursive: true });
  return folder;
}

const verify = (path: string, ...more: readonly string[]) =>
  plainsight(fiveContracts(), ["verify", "--package", path, ...more]);

/** The client as a product's own compiler prints it. */
function compiled(): string {
  const folder = temporary();
  const files = ts.sys.readDirectory(generated, [".ts"]);
  ts.createProgram(files, {
    rootDir: generated,
    outDir: folder,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    sourceMap: true,
    declaration: true,
    skipLibCheck: true,
    noCheck: true,
  }).emit();
  return folder;
}

describe("a package's client", () => {
  it("is what the contract generates", () => {
    const { code, out } = verify(packageWith(generated));
    expect(out).toBe(
      "dist/telemetry/: the client of codegraph (TypeScript), byte for byte what the contract generates.\n",
    );
    expect(code).toBe(0);
  });

  it("compiled by the product's own compiler, it is the same code", () => {
    const { code, out, err } = verify(packageWith(compiled()));
    expect(err).toBe("");
    expect(out).toBe(
      "dist/telemetry/: the client of codegraph (JavaScript), printed by another compiler; the code is what the contract generates.\n",
    );
    expect(code).toBe(0);
  });

  const changes: readonly (readonly [string, (client: string) => void, string])[] = [
    [
      "a changed file",
      (client) => appendFileSync(join(client, "telemetry.ts"), "export const more = 1;\n"),
      "telemetry.ts is not what",
    ],
    [
      "a changed file of the runtime",
      (client) => appendFileSync(join(client, "runtime/later/send.ts"), "globalThis.x = 1;\n"),
      "runtime/later/send.ts is not what",
    ],
    ["a missing file", (client) => unlinkSync(join(client, "runtime/consent.ts")), "runtime/consent.ts is missing"],
    [
      "one file more",
      (client) => writeFileSync(join(client, "runtime/later/also.ts"), "export const also = 1;\n"),
      "runtime/later/also.ts is generated from nothing",
    ],
  ];
  it.each(changes)("%s is named", (_, change, words) => {
    const folder = packageWith(generated);
    change(join(folder, "dist/telemetry"));
    const { code, out } = verify(folder);
    expect(out).toContain(`dist/telemetry/${words}`);
    expect(out.split("\n")).toHaveLength(3);
    expect(code).toBe(1);
  });

  it("one number changed in what another compiler printed is found", () => {
    const client = compiled();
    writeFileSync(
      join(client, "sending.js"),
      (ts.sys.readFile(join(client, "sending.js")) ?? "").replace("text(64", "text(65"),
    );
    const { code, out } = verify(packageWith(client));
    expect(out).toContain("dist/telemetry/sending.js is not what");
    expect(code).toBe(1);
  });

  it("another contract's client differs", () => {
    const { code, out } = verify(packageWith(join(root, "generated/systems/docglow/client")));
    expect(out).toContain("differs");
    expect(code).toBe(1);
  });

  it("a bundle can't be known", async () => {
    const folder = packageWith(generated);
    rmSync(join(folder, "dist/telemetry"), { recursive: true });
    await build({
      entryPoints: [join(generated, "telemetry.ts")],
      outfile: join(folder, "dist/tool.mjs"),
      bundle: true,
      format: "esm",
      platform: "node",
    });
    const { code, out } = verify(folder);
    expect(out).toContain("The endpoint of codegraph is in dist/tool.mjs");
    expect(out).toContain("can't be known");
    expect(code).toBe(1);
  });

  it("no client at all", () => {
    const folder = packageWith(generated);
    rmSync(join(folder, "dist"), { recursive: true });
    const { code, out } = verify(folder);
    expect(out).toContain("There is no client of codegraph");
    expect(code).toBe(1);
  });
});

describe("what can be read", () => {
  let folder = "";
  beforeAll(() => {
    folder = packageWith(generated);
  });

  it("npm's own archive", () => {
    const [{ filename = "" } = {}] = JSON.parse(
      execFileSync("npm", ["pack", "--json"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    ) as { filename?: string }[];
    const { code, out } = verify(join(folder, filename));
    expect(out).toContain("package/dist/telemetry/: the client of codegraph (TypeScript), byte for byte");
    expect(code).toBe(0);
  });

  it("a wheel", () => {
    const files = readdirSync(generated, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const data = Object.fromEntries(
      files.map((file) => [
        `tool/${file.slice(generated.length + 1)}`,
        new TextEncoder().encode(ts.sys.readFile(file)),
      ]),
    );
    const wheel = join(folder, "tool-1.0-py3-none-any.whl");
    writeFileSync(wheel, zipSync(data));
    const { code, out } = verify(wheel);
    expect(out).toContain("tool/: the client of codegraph (TypeScript), byte for byte");
    expect(code).toBe(0);
  });

  it.each([
    ["nothing", "no such", (_: string) => undefined],
    ["text", "neither a folder", (file: string) => writeFileSync(file, "hello")],
    ["a damaged archive", "damaged", (file: string) => writeFileSync(file, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))],
    ["a damaged zip", "damaged", (file: string) => writeFileSync(file, "PK\u0003\u0004nothing")],
  ])("%s is refused in plain words", (name, words, make) => {
    const file = join(folder, `odd-${name.replace(" ", "-")}`);
    make(file);
    const { code, err } = verify(file);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });
});

it("one thing at a time", () => {
  expect(verify("x", "https://telemetry.example.com").err).toContain("Name one thing to verify");
  expect(plainsight(fiveContracts(), ["verify"]).err).toContain("Name one thing to verify");
});
