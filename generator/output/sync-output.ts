import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { runFinding } from "../diagnostics/run-codes.js";
import { apply, recover } from "./apply.js";
import { fileTrouble } from "./file-trouble.js";
import { type Runner, withLock } from "./lock.js";
import { foldersOutside, type Places } from "./places.js";
import { differences, type GeneratedFile, planWrites, type WritePlan } from "./plan.js";
import { readTree } from "./read-tree.js";
import { isInUse } from "./staging.js";

/** Finishes what a killed run left half done; the tree is then wholly its own or wholly the one before it. */
export async function mendInterrupted(places: Places, runner: Runner): Promise<Diagnostic | undefined> {
  if (!isInUse(places)) return undefined;
  return explained(() => withLock(places, runner, () => recover(places)));
}

/**
 * Makes the disk say what was generated, and returns what differed before; or a finding that says why it could not, and
 * then nothing was changed. Without the lock the disk is read up to the first change only: the rest is looked at under it,
 * where no other run can be quicker.
 */
export async function syncOutput(
  files: readonly GeneratedFile[],
  places: Places,
  runner: Runner,
  within?: ReadonlySet<string>,
): Promise<WritePlan | Diagnostic> {
  const outside = foldersOutside(files.map(({ path }) => path));
  const look = () => planWrites(files, readTree(places, outside), places, within);
  let otherLineEnds = 0;
  const [first] = differences(files, readTree(places, outside), places, within, () => {
    otherLineEnds += 1;
  });
  let plan: WritePlan = { changes: [], unchanged: files.length, otherLineEnds: 0, blocked: [] };
  if (first === undefined) return otherLineEnds === 0 ? plan : { ...plan, otherLineEnds };
  if ("code" in first) return look();
  const failure = await explained(() =>
    withLock(places, runner, () => {
      recover(places);
      plan = look();
      if (plan.blocked.length === 0) apply(plan.changes, places);
    }),
  );
  return failure ?? plan;
}

async function explained(work: () => Promise<Diagnostic | undefined>): Promise<Diagnostic | undefined> {
  try {
    return await work();
  } catch (error) {
    const trouble = fileTrouble(error) ?? `could not be written: ${(error as Error).message}`;
    return runFinding("output-not-writable", `The output ${trouble}.`);
  }
}
