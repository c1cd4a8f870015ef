import { describe } from "vitest";
import type { Product } from "../product.js";
import { importsNothingNew, isAbsentInBuilds } from "./code-guarantees.js";
import { blocksNothing, leavesExitCode, throwsNothing } from "./fault-guarantees.js";
import { offIsOff } from "./off-is-off.js";
import { isSilentOnFailure, retriesNothing, sendsOnlyTheList, writesNoStdout } from "./sending-guarantees.js";

/** Each promise of a contract, and the test that fails when it is broken. */
export const suites = {
  "allowlist-only": sendsOnlyTheList,
  "off-is-off": offIsOff,
  "never-blocks": blocksNothing,
  "never-throws": throwsNothing,
  "exit-code-unaffected": leavesExitCode,
  "silent-on-failure": isSilentOnFailure,
  "no-stdout": writesNoStdout,
  "no-retry": retriesNothing,
  "no-new-dependencies": importsNothingNew,
  "not-in-debug-builds": isAbsentInBuilds,
} as const;

export type Guarantee = keyof typeof suites;

/** Holds the product to the promises that its contract makes. */
export function guarantees(product: Product, promised: readonly Guarantee[]): void {
  for (const guarantee of promised) describe(guarantee, () => suites[guarantee](product));
}
