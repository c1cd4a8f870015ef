import { spawn } from "node:child_process";
import type { World } from "./world.js";

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the sample program; `days` moves its clock. */
export function runProgram(
  world: World,
  words: readonly string[],
  { days = 0, env = {} }: { days?: number; env?: Record<string, string> } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [world.program, ...words], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: world.home,
      LOOP_URL: world.url.href,
      LOOP_DAYS: String(days),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}
