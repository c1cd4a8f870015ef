import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventCall } from "../../generator/payload/call-shape.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { toolContract } from "../support/tool-contract.js";

const top = join(import.meta.dirname, "..");
const below = (folder: string, file = "") =>
  readdirSync(join(top, folder))
    .map((name) => join(top, folder, name, file))
    .filter((path) => /\.ya?ml$/.test(path) && existsSync(path));

/** Contracts of all kinds: what their clients import is what any client may import. */
const files = [
  ...below("contracts", "spec/events.yaml"),
  ...below("wire/envelopes", "spec/events.yaml"),
  ...below("vectors/contracts"),
  ...below("property/cases"),
];

async function imported(path: string): Promise<readonly string[]> {
  const { model } = readContract(readFileSync(path, "utf8"), "events.yaml");
  if (model === undefined) return [];
  const made = await clientTarget.generate(model);
  const text = made.find(({ path }) => path === "client/telemetry.ts")?.text ?? "";
  return [...text.matchAll(/^import \{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().replace(/^.* as /, ""))
      .filter((name) => name !== "" && !name.startsWith("type ")),
  );
}

describe("an event may have any name", async () => {
  const names = [...new Set((await Promise.all(files.map(imported))).flat())].sort();
  const events = names.map((name) => `  ${JSON.stringify(name)}: { when: Now., why: To count. }`).join("\n");
  const { model, diagnostics } = readContract(
    toolContract(`
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
events:
${events}
wire: { format: json, body: { event: $event } }
delivery: { mode: immediate }
`),
    "events.yaml",
  );

  it("also that of what its module imports, which many contracts show", () => {
    expect(diagnostics).toEqual([]);
    expect(names.length).toBeGreaterThan(60);
    const clashing = model?.events.filter((event) => names.includes(eventCall(model, event).emitter)) ?? [];
    expect(clashing.map(({ wireName }) => wireName)).toEqual([]);
  });
});
