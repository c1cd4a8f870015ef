import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { couldNotRun, isAbsent } from "./tell.js";

// A bench whose time is over is asked to end: what it keeps for its own exit is to be cleared away.
process.once("SIGTERM", () => process.exit(143));

export interface Spent {
  /** Seconds of user and system time, all threads and awaited children included. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly wall: number;
  /** MiB that the largest of its processes held at most, looked at every 20 ms; 0 where nobody can look. */
  readonly peak: number;
}

/** One process, measured by the shell that waits for it. Throws if it fails, unless it may, and if it takes longer than `limit` seconds. */
export async function spentBy(
  command: readonly string[],
  cwd: string,
  { mayFail = false, limit = 60 } = {},
): Promise<Spent> {
  const script = 'TIMEFORMAT="%3U %3S %3R"; { time "$@" >/dev/null 2>&3; } 3>&2 2>&1';
  const child = spawn("bash", ["-c", script, "bash", ...command], {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [times, errors, late, peak] = ["", "", false, 0];
  child.stdout.on("data", (chunk: Buffer) => (times += chunk));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk));
  const look = setInterval(() => (peak = Math.max(peak, peakBelow(child.pid ?? 0))), 20);
  const timer = setTimeout(() => {
    late = true;
    process.kill(-(child.pid ?? 0), "SIGKILL");
  }, limit * 1000);
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(look);
  clearTimeout(timer);
  if (late) throw new Error(`longer than ${limit} s`);
  if (status !== 0 && !mayFail)
    throw new Error(errors.trim().split("\n").slice(-3).join(" ").slice(-300) || `ended with ${status}`);
  const [user = NaN, system = NaN, wall = NaN] = times.trim().split(" ").map(Number);
  return { cpu: user + system, wall, peak: peak / 1024 };
}

/** The highest mark, in KiB, of what a process started and what that started. */
function peakBelow(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
    );
    return Math.max(0, ...children.map((child) => Math.max(markOf(child), peakBelow(Number(child)))));
  } catch {
    // It has ended, or there is no such place.
    return 0;
  }
}

function markOf(pid: string): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
}

/**
 * All of them in turns, so that the machine's moods fall on all alike; what each of the rounds gave, by name. One that has
 * used up its `seconds` is not started again, and one that can't run is said to, and gives nothing. The project's own may not fail.
 */
export async function inTurns<T>(
  contenders: Readonly<Record<string, () => T | Promise<T>>>,
  rounds: number,
  seconds = Infinity,
): Promise<Record<string, T[]>> {
  const given: Record<string, T[]> = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const used = new Map<string, number>();
  const all = Object.entries(contenders);
  for (let round = 0; round < rounds; round++)
    for (const [name, once] of round % 2 === 0 ? all : all.toReversed()) {
      if (isAbsent(name) || (used.get(name) ?? 0) >= seconds || secondsLeft() <= 0) continue;
      const start = performance.now();
      try {
        given[name]?.push(await once());
      } catch (error) {
        if (name.startsWith("Plainsight")) throw error;
        couldNotRun(name, (error as Error).message);
      }
      used.set(name, (used.get(name) ?? 0) + (performance.now() - start) / 1000);
    }
  return given;
}

/** Returns the seconds that this bench may still take before nothing more is begun. Alone it may take as long as it likes. */
export function secondsLeft(): number {
  const given = Number(process.env["BENCH_SECONDS"] ?? Infinity);
  return given * 0.9 - performance.now() / 1000;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Medians of what the same process spent several times. */
export function medianSpent(spent: readonly Spent[]): Spent {
  const of = (what: keyof Spent) => median(spent.map((one) => one[what]));
  return { cpu: of("cpu"), wall: of("wall"), peak: of("peak") };
}
