import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporary } from "../program.js";
import { clientIn, complaints } from "./project.js";

const strict = {
  strict: true,
  target: "ES2022",
  lib: ["ES2022"],
  module: "NodeNext",
  // The declarations are checked too: they name nothing of Node's.
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
};

const program = (call: string) => `import * as telemetry from "./client/telemetry.js";

telemetry.setup({ version: "0.9.12" });
${call}
export const why: string = telemetry.reason();
export const on: boolean = telemetry.enabled();
await telemetry.flush();
`;

const good = 'telemetry.install({ kind: "fresh", scope: "local", sqliteBackend: "native", targets: ["claude"] });';

function compiled(call: string): string {
  const folder = temporary();
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "name": "sample", "version": "0.9.12", "type": "module" }');
  clientIn(join(folder, "src"), "js");
  writeFileSync(join(folder, "src/main.ts"), program(call));
  try {
    return complaints(folder, { ...strict, types: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// What an agent doesn't say is undefined, and may be given as it is.
const unsaid = 'telemetry.count("mcp_tool", "explore", true, { name: undefined });';

test.each([good, unsaid])("a project without @types/node compiles against the client's declarations: %s", (call) => {
  expect(compiled(call)).toBe("");
});

test.each([
  ["a value outside the list", good.replace('"fresh"', '"freshly"')],
  ["a missing field", good.replace(' scope: "local",', "")],
])("%s doesn't compile there either", (_, call) => {
  expect(compiled(call)).toMatch(/main\.ts/);
});
