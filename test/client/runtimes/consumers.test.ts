import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { clientIn, complaints, programText, project, strictest } from "./project.js";

/** Node's own modules under these options are what `runtimes.test.ts` runs. */
const { isolatedDeclarations: _, declaration: __, ...strict } = strictest;

it("a stranger's compiler takes the client as its own, for a bundler and with the types of a browser", () => {
  const options = { ...strictest, module: "Preserve", moduleResolution: "Bundler", lib: ["ESNext", "DOM"] };
  expect(complaints(project(["codegraph"]), options)).toBe("");
});

/** Without leaving declarations out: ours are what is looked at. */
it.each<[how: string, language: "js" | "cjs", type: string, options: object]>([
  ["modules", "js", "module", { ...strict, module: "NodeNext" }],
  [
    "CommonJS with esModuleInterop",
    "cjs",
    "commonjs",
    { ...strict, module: "CommonJS", esModuleInterop: true, verbatimModuleSyntax: false },
  ],
])("a stranger's compiler takes its declarations, where it makes %s", (_, language, type, options) => {
  const folder = project([]);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "sample", type }));
  clientIn(join(folder, "src"), language);
  writeFileSync(join(folder, "src/main.ts"), programText("codegraph", "./client/"));
  expect(complaints(folder, { ...options, skipLibCheck: false })).toBe("");
});

it("a stranger's compiler would complain", () => {
  const folder = project(["jina"]);
  rmSync(join(folder, "src/jina/types.ts"));
  expect(complaints(folder, { ...strictest, module: "NodeNext" })).toContain("Cannot find module './types.js'");
});
