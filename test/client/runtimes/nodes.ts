import { spawn, spawnSync } from "node:child_process";
import { delimiter } from "node:path";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * This Node, and those that the environment names: `PLAINSIGHT_NODES=/opt/node-18/bin/node:/opt/node-24/bin/node`. They are no
 * part of what is installed: each weighs as much as everything else together. CI has the oldest and the newest.
 */
export const nodes = [process.execPath, ...(process.env["PLAINSIGHT_NODES"] ?? "").split(delimiter)]
  .filter((path) => path !== "")
  .map((path) => ({ path, version: spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim() }));

/** One run of a program by one Node, to its end, with nothing in its environment but what is said here. */
export function runBy(node: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(node, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
}
