import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Context, ExitCode } from "./context.js";
import { type RunName, runOnce } from "./run-once.js";
import type { RunOptions } from "./run-options.js";

const interval = 200;

/**
 * Runs at once and again at every change below the spec folder, until it is ended. Nothing that goes wrong ends it. A line before and
 * one after each run tell an editor which findings belong together.
 */
export async function watch(context: Context, name: RunName, options: RunOptions): Promise<ExitCode> {
  for await (const _ of changesIn(resolve(context.cwd, options.spec))) {
    const isText = options.format === "text";
    if (isText) context.out(`--- ${name} starts\n`);
    const code = await runOnce(context, name, options).catch((error: unknown) => context.err(`${String(error)}\n`));
    if (isText) context.out(`--- ${name} ended with ${code ?? 2}; watching ${options.spec}, Ctrl-C ends it\n`);
  }
  return 0;
}

/**
 * At once and at every change below a folder, without end. It polls instead of waiting for events: that works in containers,
 * over networks, and with editors that replace files.
 */
export async function* changesIn(folder: string): AsyncGenerator<undefined> {
  for (let seen = ""; ; await pause(interval)) {
    const now = await settled(folder);
    if (now === seen) continue;
    seen = now;
    yield;
  }
}

/** Returns what the folder looks like once it has looked the same twice: several files saved together are one change. */
async function settled(folder: string): Promise<string> {
  for (let before = fingerprint(folder); ; ) {
    await pause(interval / 2);
    const after = fingerprint(folder);
    if (after === before) return after;
    before = after;
  }
}

function fingerprint(folder: string): string {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => {
        const stat = statSync(join(folder, name), { throwIfNoEntry: false });
        return `${name} ${stat?.mtimeMs} ${stat?.size} ${stat?.ino}`;
      })
      .join("\n");
  } catch (error) {
    return String(error);
  }
}
