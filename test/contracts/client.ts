import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { setupFields } from "../../generator/payload/call-shape.js";
import { exampleInput } from "../../generator/payload/example-call.js";
import type { Client } from "../../templates/client/runtime/client.js";
import type { Host } from "../../templates/client/runtime/host/host.js";
import type { ConsentRow } from "../../templates/tests/runtime/product.js";
import { temporaryFolder } from "../support/temp-folder.js";
import type { Generated } from "./check-contract.js";

/** A generated client as another process would have it. */
export interface Loaded {
  readonly telemetry: Readonly<Record<string, (...values: unknown[]) => unknown>>;
  readonly client: Client;
  readonly consent: (client: Client) => { readonly enabled: boolean; readonly decidedBy: string };
  /** Reads the decision about a part of consent, where there are any. */
  readonly part?: (client: Client, name: string) => { readonly enabled: boolean };
  /** Tells what is collected, where that is due. False: nothing may be sent in this run. */
  readonly notice?: (client: Client) => boolean;
  /** Builds the client that sends in spite of some noes, where anything is. */
  readonly despite?: (...places: readonly string[]) => (client: Client) => Client | undefined;
  /** Loads what recording doesn't need. */
  readonly loadFullContract: (client: Client) => Promise<unknown>;
  readonly consentTable: readonly ConsentRow[];
  readonly sending?: Pick<Client["contract"], "state" | "writeState">;
}

const bundles = new Map<string, string>();
let processes = 0;

/** Modules of its own, the same files. */
export async function load({ folder }: Generated): Promise<Loaded> {
  const path = bundles.get(folder) ?? (await bundle(folder));
  bundles.set(folder, path);
  // Each of them hooks the end of what it takes for its own process.
  process.setMaxListeners(0);
  return (await import(`${pathToFileURL(path).href}?process=${++processes}`)) as Loaded;
}

async function bundle(folder: string): Promise<string> {
  const outfile = join(temporaryFolder("contract-client"), "client.mjs");
  const from = (path: string) => JSON.stringify(join(folder, path));
  const contents = [
    `export * as telemetry from ${from("client/telemetry.ts")};`,
    `export { client } from ${from("client/client.ts")};`,
    `export { loadFullContract } from ${from("client/runtime/load-full-contract.ts")};`,
    `export { consent } from ${from("client/runtime/consent.ts")};`,
    ...["partDecision as part", "despite"].flatMap((name) =>
      readFileSync(join(folder, "client/runtime/consent.ts"), "utf8").includes(`function ${name.split(" ")[0]}`)
        ? [`export { ${name} } from ${from("client/runtime/consent.ts")};`]
        : [],
    ),
    ...(readFileSync(join(folder, "client/runtime/later/consent.ts"), "utf8").includes("function showNoticeOnce")
      ? [`export { showNoticeOnce as notice } from ${from("client/runtime/later/consent.ts")};`]
      : []),
    ...(existsSync(join(folder, "client/sending.ts")) ? [`export { sending } from ${from("client/sending.ts")};`] : []),
    `export { consentTable } from ${from("test/consent-table.ts")};`,
  ].join("\n");
  const stdin = { contents, resolveDir: folder, loader: "ts" as const };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
  return outfile;
}

/** A world with nobody in it: a home of its own, and what a row or an entry says. */
export function hostIn(home: string, own: Partial<Host>): Partial<Host> {
  return {
    env: {},
    address: "https://telemetry.example/",
    home,
    now: () => Date.parse("2026-06-12T12:00:00Z"),
    config: () => undefined,
    terminal: false,
    stdinIsTerminal: false,
    write: () => undefined,
    log: () => undefined,
    send: async () => 204,
    ...own,
  };
}

/** Puts the stored answer where the client looks for it. */
export function keepState({ client, sending }: Loaded, stored: unknown): void {
  // Where consent doesn't look into it, only what sends knows of it.
  const place = (client.contract.state ?? sending?.state)?.(client.host);
  if (stored === null || stored === undefined || place === undefined) return;
  mkdirSync(dirname(place), { recursive: true });
  const writeState = client.contract.writeState ?? sending?.writeState;
  writeFileSync(
    place,
    typeof stored === "string" ? stored : (writeState?.("", flat(stored)) ?? JSON.stringify(stored)),
  );
}

/** `{ a: { b: 1 } }` by the way to each value: `{ "a.b": 1 }`. */
function flat(content: object, above = ""): Readonly<Record<string, unknown>> {
  const entries = Object.entries(content).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? Object.entries(flat(value, `${above}${key}.`))
      : [[`${above}${key}`, value] as const],
  );
  return Object.fromEntries(entries);
}

/** Returns the default for `setup`: the examples. */
export function exampleSetup({ model }: Generated): Readonly<Record<string, unknown>> {
  const fields = setupFields(model).map(({ name, field }) => [name, exampleInput(model, field)]);
  return { ...Object.fromEntries(fields), version: "1.2.3" };
}
