import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Homes in which CodeGraph's client can't keep something; each half of a product has to say the same of them. */
export const brokenHomes: Readonly<Record<string, (home: string) => void>> = {
  "nothing wrong": () => undefined,
  "a home that is gone": (home) => rmSync(home, { recursive: true }),
  "a file in the folder's place": (home) => writeFileSync(join(home, ".codegraph"), ""),
  "a link in the state file's place": (home) => {
    mkdirSync(join(home, ".codegraph"));
    writeFileSync(join(home, "mine"), '{"enabled":true}');
    symlinkSync(join(home, "mine"), join(home, ".codegraph/telemetry.json"));
  },
  "a folder in the queue's place": (home) =>
    mkdirSync(join(home, ".codegraph/telemetry-queue.jsonl"), { recursive: true }),
  "a folder that can't be looked into": (home) => {
    // Also for root: the way leads round in circles.
    symlinkSync(".codegraph", join(home, ".codegraph"));
  },
  "a folder of the kernel's": (home) => symlinkSync("/proc/self", join(home, ".codegraph")),
};
