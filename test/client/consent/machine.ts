import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { client as codegraph } from "../../../generated/client/client.js";
import { client as cocoindex } from "../../../generated/systems/cocoindex/client/client.js";
import { client as cozystack } from "../../../generated/systems/cozystack/client/client.js";
import { client as docglow } from "../../../generated/systems/docglow/client/client.js";
import { client as jina } from "../../../generated/systems/jina/client/client.js";
import { type Client, createClient, type Plugins, setupClient } from "../../../templates/client/runtime/client.js";
import type { Contract } from "../../../templates/client/runtime/contract.js";
import type { Host } from "../../../templates/client/runtime/host/host.js";
import { statePlace } from "../../../templates/client/runtime/state/state.js";
import { temporaryFolder } from "../../support/temp-folder.js";

const programs = { codegraph, cocoindex, cozystack, docglow, jina } as const;
export type System = keyof typeof programs;

/** Each with all that recording, sending and asking need of it. */
export const contracts: Readonly<Record<System, Contract>> = Object.fromEntries(
  await Promise.all(
    Object.entries(programs).map(async ([name, { contract, parts }]) => [
      name,
      { ...contract, ...(await parts.later?.())?.sending },
    ]),
  ),
);

/** The `consent` of each spec, for oracles that read the YAML themselves. */
export const specs: Readonly<Record<System, string>> = {
  codegraph: "spec/events.yaml",
  cocoindex: "spec/systems/cocoindex/events.yaml",
  cozystack: "spec/systems/cozystack/events.yaml",
  docglow: "spec/systems/docglow/events.yaml",
  jina: "spec/systems/jina/events.yaml",
};

export interface Machine {
  readonly client: Client;
  readonly home: string;
  /** The state file's path. */
  readonly place: string;
  readonly stdout: string[];
  readonly stderr: string[];
  /** The state file as it is; undefined: there is none. */
  state(): Record<string, unknown> | undefined;
  writeState(content: unknown): void;
  /** Another process of the same program on the same machine. */
  again(host?: Partial<Host>): Machine;
}

/** A program on a machine of its own: a real home folder, and everything else as told. */
export function machine(
  contract: Contract,
  host: Partial<Host> = {},
  parts: Plugins = programs[contract.product as System].parts,
  home = temporaryFolder("consent"),
): Machine {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const client = createClient(contract, parts);
  const given: Partial<Host> = {
    env: {},
    home,
    now: () => Date.UTC(2026, 5, 12, 10, 30, 15, 250),
    terminal: false,
    stdinIsTerminal: false,
    write: (stream, line) => void (stream === "stdout" ? stdout : stderr).push(line),
    ...host,
  };
  setupClient(client, { host: given });
  const place = statePlace(client) ?? join(home, "nowhere");
  return {
    client,
    home,
    place,
    stdout,
    stderr,
    state() {
      try {
        return JSON.parse(readFileSync(place, "utf8")) as Record<string, unknown>;
      } catch {
        return undefined;
      }
    },
    writeState(content) {
      mkdirSync(dirname(place), { recursive: true });
      const raw = typeof content === "string" || Buffer.isBuffer(content);
      writeFileSync(place, raw ? content : JSON.stringify(content), { mode: 0o600 });
    },
    again: (other = {}) => machine(contract, { ...host, ...other }, parts, home),
  };
}
