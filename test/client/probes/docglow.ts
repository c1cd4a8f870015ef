import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Arrived, type Gateway, gateway } from "../gateway.js";
import { program, type Ran, run, temporary } from "../program.js";

export const host = "api.docglow.com";
/** The record's path. */
export const state = ".config/docglow/telemetry.json";
const source = `
  import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
  import { telemetryCommand } from "./generated/systems/docglow/client/command.js";
  const [word, ...words] = process.argv.slice(2);
  telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4" });
  if (word === "telemetry") process.exitCode = await telemetryCommand(words);
  else {
    if (word === "ask") await telemetry.ask("first \`docglow generate\`");
    const given = word?.startsWith("{") ? JSON.parse(word) : {};
    telemetry.commandRun({ command: "generate", result: "success", durationMs: 4218, adapterType: "snowflake", featuresUsed: ["column_lineage", "static"],
      projectShape: { models: 142, sources: 31, seeds: 4, tests: 213, macros: 8 }, ...given });
    await telemetry.flush();
    if (word === "and status") process.exit(await telemetryCommand(["status", "--json"]));
    if (word === "fail") process.exitCode = 3;
    if (word === "exit") process.exit(4);
    console.log("the program's own line");
  }`;

/** A machine with a project: path below it → a file's bytes, or what to make there. */
export type Files = Readonly<Record<string, string | Buffer | ((path: string) => void)>>;
export const yml = (text: string | Buffer): Files => ({ "docglow.yml": text });
export const recorded = (text: string): Files => ({ [state]: text });
export const yes = '{"consent": "yes"}';
export const no = '{"consent": "no"}';

export function machine(files: Files = {}): string {
  const folder = temporary();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (typeof content === "function") content(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
  return folder;
}

export interface Told {
  readonly files?: Files;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly folder?: string;
}

export interface Docglow extends Ran {
  readonly folder: string;
  readonly requests: readonly Arrived[];
  readonly asked: readonly string[];
  readonly sent: readonly Record<string, unknown>[];
}

/** Docglow as programs of its own in a project's folder, with real files, and every byte at the receiver's end. */
export async function docglow() {
  const net: Gateway = await gateway([host]);
  const file = await program(source);

  async function started({ files, env = {}, args = [], folder = machine(files) }: Told = {}): Promise<Docglow> {
    const [before, connections] = [net.requests.length, net.asked.length];
    const ran = await run(file, { home: folder, cwd: folder, args, env: { ...net.env, ...env } });
    const [requests, asked] = [net.requests.slice(before), net.asked.slice(connections)];
    const sent = requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    return { ...ran, folder, requests, asked, sent };
  }

  /** Returns the number of sent events, whether `status` says that it is on, and whom it says it is decided by. */
  async function decided(told: Told): Promise<readonly [sent: number, enabled: boolean, by: string]> {
    const { requests, stdout, code, stderr, asked } = await started({ ...told, args: ["and status"] });
    if (code !== 0 || stderr !== "" || asked.length !== requests.length)
      throw new Error(`${code} ${stderr} ${asked.join()}`);
    const { enabled, decided_by } = JSON.parse(stdout) as { enabled: boolean; decided_by: string };
    return [requests.length, enabled, decided_by];
  }

  return { net, started, decided };
}
