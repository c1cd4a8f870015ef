import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import type { Places } from "./places.js";
import { leaveStaging, openStaging, stagingFolders } from "./staging.js";

/** One run among others on this disk. */
export interface Runner {
  /** Given to no other run, ever: letters, digits, `_`, `.` and `-`. */
  readonly name: string;
  /** Returns whether the run of this name still exists. */
  readonly lives: (name: string) => boolean;
}

const patience = 60_000;

/**
 * Waits until no other run writes here, then does the work and lets go.
 *
 * Each run lays down a file of its own and then looks for others; whoever sees a living one steps back and tries again.
 * Since all lay down before they look, two can't both miss each other, and since names are never given twice, a dead
 * run's file can be cleared away by anybody at any time. Only patience needs a clock.
 */
export async function withLock(places: Places, runner: Runner, work: () => void): Promise<Diagnostic | undefined> {
  const [folder] = stagingFolders(places);
  const mine = join(folder, `run-${runner.name}`);
  for (let waited = 0; ; ) {
    const other = enter(folder, mine, runner);
    if (other === undefined) break;
    if (waited > patience) return runFinding("output-busy", other);
    const turn = 10 + Math.floor(Math.random() * 40);
    waited += turn;
    await pause(turn);
  }
  try {
    work();
    return undefined;
  } finally {
    rmSync(mine, { force: true });
    for (const folder of stagingFolders(places)) leaveStaging(folder);
  }
}

/** The name of a living run that is there already, or undefined when the place is ours. */
function enter(folder: string, mine: string, runner: Runner): string | undefined {
  openStaging(folder);
  try {
    writeFileSync(mine, "", { flag: "wx" });
  } catch (error) {
    // The last run took the folder away in between: it exists again at the next try.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "just leaving";
    throw error;
  }
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith("run-") || join(folder, entry) === mine) continue;
    const name = entry.slice("run-".length);
    if (runner.lives(name)) {
      rmSync(mine, { force: true });
      return name;
    }
    rmSync(join(folder, entry), { force: true });
  }
  return undefined;
}
