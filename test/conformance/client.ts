import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Client, createClient, setupClient } from "../../templates/client/runtime/client.js";
import { consent } from "../../templates/client/runtime/consent/consent.js";
import type { Host } from "../../templates/client/runtime/host/host.js";
import { loadFullContract } from "../../templates/client/runtime/load-full-contract.js";
import { endpoint } from "../../templates/client/runtime/send/endpoint.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { generated } from "./systems.js";

/** The world around the client, as a table says it. */
export interface World {
  readonly env?: Readonly<Record<string, string>>;
  /** A configuration's name → its content; a text is a file's raw bytes, for the client's own reader. */
  readonly config?: Readonly<Record<string, unknown>> | null;
  /** The state file: an object, null for none, or a text for the raw bytes of a damaged one. */
  readonly stored?: unknown;
  readonly build?: string;
}

export interface Around {
  readonly client: Client;
  /** Changes reach the client at once. */
  readonly env: Record<string, string>;
  readonly consent: typeof consent;
  readonly endpoint: typeof endpoint;
}

/** Runs something with a system's real contract, in a home of its own. */
export async function withClient<Result>(
  system: string,
  world: World,
  run: (around: Around) => Result | Promise<Result>,
  own: Partial<Host> = {},
): Promise<Result> {
  return withHome(async (home) => {
    const made = (await generated<{ client: Client }>(system, "client/client.ts")).client;
    const client = createClient(made.contract, made.parts);
    await loadFullContract(client);
    const env = { ...world.env };
    setupClient(client, { host: hostOf(home, env, world, own) });
    keepState(client, world.stored);
    return withFiles(home, world, () => run({ client, env, consent, endpoint }));
  });
}

/** The configuration as files in the working directory, where it is given as texts. */
async function withFiles<Result>(
  home: string,
  { config }: World,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  if (!areTexts(config)) return run();
  const before = process.cwd();
  for (const [name, text] of Object.entries(config)) writeFileSync(join(home, name), text);
  process.chdir(home);
  try {
    return await run();
  } finally {
    process.chdir(before);
  }
}

function areTexts(config: World["config"]): config is Readonly<Record<string, string>> {
  const contents = Object.values(config ?? {});
  return contents.length > 0 && contents.every((content) => typeof content === "string");
}

export async function withHome<Result>(run: (home: string) => Promise<Result>): Promise<Result> {
  const home = temporaryFolder("conformance");
  try {
    return await run(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export function hostOf(
  home: string,
  env: Readonly<Record<string, string>>,
  world: World,
  own: Partial<Host> = {},
): Partial<Host> {
  return {
    env,
    home,
    build: world.build as string,
    ...(areTexts(world.config) ? {} : { config: (name: string) => world.config?.[name] }),
    write: () => undefined,
    terminal: false,
    stdinIsTerminal: false,
    ...own,
  };
}

function keepState(client: Client, stored: unknown): void {
  if (client.contract.state === undefined) return;
  const place = client.contract.state(client.host);
  if (place === undefined) throw new Error("no place for the state file");
  writeState(place, stored);
}

/** A state file of that content; null: none. */
export function writeState(place: string, stored: unknown): void {
  if (stored === null || stored === undefined) return;
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, typeof stored === "string" ? stored : JSON.stringify(stored));
}
