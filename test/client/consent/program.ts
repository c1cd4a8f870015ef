import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect } from "vitest";
import type { Model } from "../../../generator/model/model.js";
import { readContract } from "../../../generator/spec/read-contract.js";
import { standIns } from "../../../generator/targets/typescript/runtime-files.js";
import { clientTarget } from "../../../generator/targets/typescript/typescript.js";
import type { Client } from "../../../templates/client/runtime/client.js";
import type { Host, SendRequest } from "../../../templates/client/runtime/host/host.js";
import { temporaryFolder } from "../../support/temp-folder.js";

type Functions = Readonly<Record<string, (...values: never[]) => unknown>>;

/** One process of a program that was generated from a contract, on a machine of its own. */
export interface Process {
  readonly telemetry: Functions;
  readonly telemetryCommand: (args: readonly string[]) => Promise<number>;
  readonly client: Client;
  readonly home: string;
  readonly requests: SendRequest[];
  readonly stdout: string[];
  readonly stderr: string[];
  /** Reads a file of the home folder, parsed where it is JSON. */
  readonly file: (name: string) => unknown;
  readonly write: (name: string, content: unknown) => void;
  /** Lets a day pass, and sends what is due. */
  readonly flush: () => Promise<void>;
}

/** A program as another process would have it: modules of its own, the same files. */
export interface Program {
  readonly model: Model;
  /** The module, for a process of its own. */
  readonly outfile: string;
  readonly start: (own?: Partial<Host>, setup?: object, home?: string) => Promise<Process>;
}

let processes = 0;

export async function programOf(text: string): Promise<Program> {
  const { model, diagnostics } = readContract(text, "events.yaml");
  expect(diagnostics).toEqual([]);
  const folder = temporaryFolder("program");
  for (const { path, text: content } of await clientTarget.generate(model as Model)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const runtime = join(folder, "client/runtime");
  cpSync("templates/client/runtime", runtime, { recursive: true });
  for (const [file, instead] of Object.entries(standIns(model as Model)))
    cpSync(join(runtime, instead), join(runtime, file));
  const exports = { telemetry: "*", command: "*", client: "{ client }" };
  const contents = Object.entries(exports)
    .filter(([file]) => existsSync(join(folder, `client/${file}.ts`)))
    .map(([file, what]) => `export ${what}${file === "telemetry" ? " as telemetry" : ""} from "./client/${file}.js";\n`)
    .join("");
  const outfile = join(folder, "program.mjs");
  const stdin = { contents, resolveDir: folder, loader: "ts" as const };
  await build({ stdin, outfile, bundle: true, format: "esm", platform: "node", logLevel: "silent" });
  return { model: model as Model, outfile, start: (own, setup, home) => start(outfile, own, setup, home) };
}

async function start(
  outfile: string,
  own: Partial<Host> = {},
  setup: object = {},
  home = temporaryFolder("home"),
): Promise<Process> {
  process.setMaxListeners(0);
  const loaded = (await import(`${pathToFileURL(outfile).href}?process=${++processes}`)) as Process;
  const [requests, stdout, stderr]: [SendRequest[], string[], string[]] = [[], [], []];
  let now = Date.parse("2026-06-12T12:00:00Z");
  const host: Partial<Host> = {
    env: {},
    home,
    now: () => now,
    config: () => undefined,
    terminal: false,
    stdinIsTerminal: false,
    write: (stream, line) => void (stream === "stdout" ? stdout : stderr).push(line),
    send: async (request) => {
      requests.push(request);
      return 204;
    },
    ...own,
  };
  loaded.telemetry["setup"]?.({ ...setup, host } as never);
  return {
    telemetry: loaded.telemetry,
    telemetryCommand: loaded.telemetryCommand,
    client: loaded.client,
    home,
    requests,
    stdout,
    stderr,
    file: (name) => {
      const place = join(home, name);
      if (!existsSync(place)) return undefined;
      const text = readFileSync(place, "utf8");
      return name.endsWith(".json") ? (JSON.parse(text) as unknown) : text;
    },
    write: (name, content) => {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), typeof content === "string" ? content : JSON.stringify(content));
    },
    flush: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      now += 2 * 86_400_000;
      await loaded.telemetry["flush"]?.();
    },
  };
}
