import { spawn, spawnSync } from "node:child_process";
import { delimiter } from "node:path";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs another: Node, or what says that it runs what Node runs. */
export interface Runtime {
  readonly path: string;
  /** The arguments before the program's file. */
  readonly before: readonly string[];
  readonly name: string;
  readonly node: boolean;
}

/**
 * This Node, and those that the environment names: `PLAINSIGHT_NODES=/opt/node-18/bin/node:/opt/bun`. They are no part of what is
 * installed: each weighs as much as everything else together. CI has the oldest Node and the newest, Bun and Deno.
 */
export const nodes: readonly Runtime[] = [process.execPath, ...(process.env["PLAINSIGHT_NODES"] ?? "").split(delimiter)]
  .filter((path) => path !== "")
  .map((path) => {
    const said = spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim().split("\n")[0] ?? "";
    const [, deno] = /^deno (\S+)/.exec(said) ?? [];
    if (deno !== undefined)
      return { path, before: ["run", "--allow-all", "--quiet"], name: `Deno ${deno}`, node: false };
    return {
      path,
      before: [],
      name: said.startsWith("v") ? `Node ${said}` : `Bun ${said}`,
      node: said.startsWith("v"),
    };
  });

/** One run of a program, to its end, with nothing in its environment but what is said here. */
export function runBy(
  { path, before }: Runtime,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(path, [...before, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
}
