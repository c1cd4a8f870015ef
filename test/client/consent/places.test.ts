import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { type ConsentRow, consentTable } from "../../../generator/language/consent/table.js";
import type { Model } from "../../../generator/model/model.js";
import { readContract } from "../../../generator/spec/read-contract.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { clientTarget } from "../../../generator/targets/typescript/typescript.js";
import type { Client } from "../../../templates/client/runtime/client.js";
import { temporaryFolder } from "../../support/temp-folder.js";

/** A contract that asks every kind of place, as a program that was generated from it. */
interface Program {
  readonly client: Client;
  readonly createClient: (contract: unknown, parts: unknown) => Client;
  readonly setupClient: (client: Client, given: object) => void;
  readonly consent: (client: Client) => { readonly enabled: boolean; readonly decidedBy: string };
}

let program: Program;
let model: Model;

beforeAll(async () => {
  const folder = temporaryFolder();
  const read = readContract(readFileSync(new URL("places/events.yaml", import.meta.url), "utf8"), "events.yaml");
  expect(read.diagnostics).toEqual([]);
  model = read.model as Model;
  for (const { path, text } of await clientTarget.generate(model)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync("templates/client/runtime", join(folder, "client/runtime"), { recursive: true });
  writeFileSync(
    join(folder, "entry.ts"),
    ['client", "client"', 'runtime/client", "createClient, setupClient"', 'runtime/consent/consent", "consent"']
      .map((one) => JSON.parse(`["./client/${one}]`) as readonly [string, string])
      .map(([file, names]) => `export { ${names} } from "${file}.js";\n`)
      .join(""),
  );
  const outfile = join(folder, "program.mjs");
  await build({
    entryPoints: [join(folder, "entry.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "silent",
  });
  program = (await import(pathToFileURL(outfile).href)) as Program;
});

interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly stored?: Readonly<Record<string, unknown>> | null;
  readonly args?: readonly string[];
  readonly facts?: object;
  readonly own?: object;
}

function decided({ env = {}, config = {}, stored = null, args = [], facts = {}, own }: World) {
  const home = temporaryFolder();
  if (stored !== null) {
    mkdirSync(join(home, ".places"));
    writeFileSync(join(home, ".places/state.json"), JSON.stringify(stored));
  }
  const client = program.createClient(program.client.contract, program.client.parts);
  const host = { env, home, config: (name: string) => config[name], terminal: false, stdinIsTerminal: false };
  program.setupClient(client, { args, facts, config: own, host });
  const { enabled, decidedBy } = program.consent(client);
  return `${enabled ? "on" : "off"}, ${decidedBy}`;
}

test("the generated client decides as the language says, in every row of the table", () => {
  const rows = consentTable(model.consent);
  expect(rows.length).toBeGreaterThan(50);
  const wrong = rows.filter((row: ConsentRow) => decided(row) !== `${row.enabled ? "on" : "off"}, ${row.decidedBy}`);
  expect(wrong).toEqual([]);
  for (const by of ["--no-analytics", "--analytics", "ci", "enterprise", "helm", "config", "stored", "default"])
    if (by !== "default") expect(rows.map(({ decidedBy }) => decidedBy)).toContain(by);
});

test("the page tells facts from switches, and prints switches that work", () => {
  const page = docsTarget.generate(model)[0]?.text ?? "";
  expect(page).toContain("Nothing is ever sent if:\n\n- **the program runs in CI**. The client reads `CI`");
  expect(page).toContain(
    "- **the server is an enterprise server**. The program says whether this is so; if it doesn't, nothing is sent.",
  );
  expect(page).toContain("turn it off under Settings → Privacy, give the flag `--no-analytics`");
  expect(page).toContain("\n3. the flag `--no-analytics`, if given: **off**");
  const [, on = ""] = /^To turn it on.*?: (.*)$/m.exec(page) ?? [];
  const lines = [...page.matchAll(/^export (\w+)=(\S+)$/gm), ...on.matchAll(/`(\w+)=([^`]+)`/g)];
  expect(lines.length).toBeGreaterThan(2);
  for (const [, name = "", value = ""] of lines) {
    const on = decided({ ...usual, env: { [name]: value } }).startsWith("on");
    expect([name, value, on]).toEqual([name, value, ["1", "log"].includes(value) && name === "PLACES_TELEMETRY"]);
  }
});

/** Nothing says no, and the deleted id that would is there. */
const usual: World = { facts: { enterprise: false }, own: { helm: undefined }, stored: { id: true } };

describe("one place at a time", () => {
  test.each<[what: string, world: World, expected: string]>([
    ["nothing said", {}, "on, default"],
    [
      "a word among others, in another case, with spaces",
      { env: { PLACES_TELEMETRY: " Disabled " } },
      "off, PLACES_TELEMETRY",
    ],
    ["a word of the match that the list holds", { env: { PLACES_TELEMETRY: "OFF" } }, "off, PLACES_TELEMETRY"],
    ["a word that no side names", { env: { PLACES_TELEMETRY: "maybe" } }, "on, default"],
    [
      "a yes of the variable stands before a flag",
      { env: { PLACES_TELEMETRY: "log" }, args: ["--no-analytics"] },
      "on, PLACES_TELEMETRY",
    ],
    ["a bare flag", { args: ["run", "--no-analytics"] }, "off, --no-analytics"],
    ["a bare flag with a value is given all the same", { args: ["--no-analytics=false"] }, "off, --no-analytics"],
    ["a flag that only begins like it", { args: ["--no-analytics-please"] }, "on, default"],
    ["a flag's value", { args: ["--analytics=false"] }, "off, --analytics"],
    ["a flag's value as the next word", { args: ["--analytics", "never", "run"] }, "off, --analytics"],
    ["a flag's other value", { args: ["--analytics=true"] }, "on, default"],
    ["a flag twice, once a no", { args: ["--analytics=true", "--analytics=false"] }, "off, --analytics"],
    ["CI, read by the client", { env: { GITHUB_ACTIONS: "true" } }, "off, ci"],
    ["CI that is said not to be one", { env: { CI: "false" } }, "on, default"],
    ["a fact that holds", { facts: { enterprise: true } }, "off, enterprise"],
    ["a fact as a function", { facts: { enterprise: () => true } }, "off, enterprise"],
    [
      "a fact that throws",
      {
        facts: {
          enterprise: () => {
            throw new Error("no");
          },
        },
      },
      "off, enterprise",
    ],
    ["a fact that is owed", { facts: {} }, "off, enterprise"],
    ["a fact that is no yes or no", { facts: { enterprise: "false" } }, "off, enterprise"],
    ["a setting that says no", { own: { helm: false } }, "off, helm"],
    ["a setting as a function that says yes", { own: { helm: () => true } }, "on, helm"],
    ["a setting of another kind", { own: { helm: "false" } }, "off, helm"],
    [
      "a setting that throws",
      {
        own: {
          helm: () => {
            throw new Error("no");
          },
        },
      },
      "off, helm",
    ],
    ["a setting that is owed", { own: {} }, "off, helm"],
    ["a number that says yes", { config: { "places.json": { stats: 1 } } }, "on, config"],
    ["anything else there", { config: { "places.json": { stats: 2 } } }, "off, config"],
    ["another kind there", { config: { "places.json": { stats: "1" } } }, "off, config"],
    ["a date that is late enough", { stored: { notified: "2023-08-25" } }, "on, stored"],
    ["a date that is too early", { stored: { notified: "2023-08-24", id: true } }, "on, default"],
    ["a date that is none", { stored: { notified: "soon", id: true } }, "off, stored"],
    ["a deleted id", { stored: {} }, "off, stored"],
    ["no state file at all", { stored: null }, "off, stored"],
  ])("%s", (_, world, expected) => {
    expect(decided({ ...usual, ...world })).toBe(expected);
  });
});
