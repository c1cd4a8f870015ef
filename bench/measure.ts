import { spawnSync } from "node:child_process";

export interface Spent {
  /** Seconds of user and system time, all threads and awaited children included. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly wall: number;
}

/** One process, measured by the shell that waits for it. Throws if it fails, unless it may. */
export function spentBy(command: readonly string[], cwd: string, mayFail = false): Spent {
  const script = 'TIMEFORMAT="%3U %3S %3R"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const { status, stdout } = spawnSync("bash", ["-c", script, "bash", ...command], { cwd, encoding: "utf8" });
  if (status !== 0 && !mayFail) throw new Error(`${command.join(" ")} ended with ${status}`);
  const [user = NaN, system = NaN, wall = NaN] = stdout.trim().split(" ").map(Number);
  return { cpu: user + system, wall };
}

/** Kilobytes that a Node program held at most. */
export function peakOf(command: readonly string[], cwd: string): number {
  const tell = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))`;
  const { stderr } = spawnSync(command[0] as string, ["--import", tell, ...command.slice(1)], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return Number(/peak (\d+)/.exec(stderr)?.[1]);
}

/** All of them in turns, so that the machine's moods fall on all alike; what each of the rounds gave, by name. */
export async function inTurns<T>(
  contenders: Readonly<Record<string, () => T | Promise<T>>>,
  rounds: number,
): Promise<Record<string, T[]>> {
  const given: Record<string, T[]> = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const all = Object.entries(contenders);
  for (let round = 0; round < rounds; round++)
    for (const [name, once] of round % 2 === 0 ? all : all.toReversed()) given[name]?.push(await once());
  return given;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Medians of what the same process spent several times. */
export function medianSpent(spent: readonly Spent[]): Spent {
  return { cpu: median(spent.map(({ cpu }) => cpu)), wall: median(spent.map(({ wall }) => wall)) };
}
