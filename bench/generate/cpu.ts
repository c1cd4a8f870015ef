import { spawnSync } from "node:child_process";

/** CPU seconds of one process, user and system, all its threads and children included. */
export function cpuOf(command: readonly string[], cwd: string, mayFail = false): number {
  const script = 'TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const { status, stdout } = spawnSync("bash", ["-c", script, "bash", ...command], { cwd, encoding: "utf8" });
  if (status !== 0 && !mayFail) throw new Error(`${command.join(" ")} ended with ${status}`);
  const [user = NaN, system = NaN] = stdout.trim().split(" ").map(Number);
  return user + system;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
