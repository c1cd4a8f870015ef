import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { until } from "../../support/wait.js";

export interface NodeProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything that it wrote, both streams. */
  output(): string;
  /** All counters that it has reported, added up. */
  counted(): Record<string, number>;
  kill(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

interface Start {
  readonly behind: readonly string[];
  readonly node: string;
  readonly args: readonly string[];
}

/**
 * Starts `node.mjs` on a free port and waits until it listens. Throws with what it said when it ends instead.
 * `behind`: a command that starts it, such as `unshare`; `node`: another Node; `args`: those of `node.mjs`.
 */
export async function startNode(
  folder: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  { behind = [], node = process.execPath, args: more = [] }: Partial<Start> = {},
): Promise<NodeProcess> {
  const [command = node, ...args] = [...behind, node, ...flags, "node.mjs", ...more];
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const url = await listening(child, () => output);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    counted: () => counters(output),
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

function listening(child: ChildProcess, output: () => string): Promise<string> {
  return until("the host listens", () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(output());
    return /listens on (http:\/\/[^/\s]+)/.exec(output())?.[1];
  });
}

function counters(output: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of output.split("\n").filter((text) => text.startsWith("{"))) {
    for (const [reason, times] of Object.entries(JSON.parse(line) as Record<string, number>))
      sums[reason] = (sums[reason] ?? 0) + times;
  }
  return sums;
}
