import { dirname, join, resolve } from "node:path";
import type { Outcome } from "../outcome.js";
import { run } from "../pipeline.js";
import { languageChosen, languageThere } from "./language-there.js";
import { progressOn } from "./progress.js";
import { unpublishedClient } from "./published.js";
import { asSeenFrom, readersFolder } from "./report/as-seen-from.js";
import { formats } from "./report/index.js";
import { baseOf, type RunOptions } from "./run-options.js";
import type { ExitCode, World } from "./world.js";

export type RunName = "gen" | "check";

/** Runs once and prints the report. */
export async function runOnce(world: World, name: RunName, options: RunOptions): Promise<ExitCode> {
  const started = world.now();
  const specFolder = resolve(world.cwd, options.spec);
  const root = dirname(specFolder);
  const places = {
    root,
    out: options.out === undefined ? join(root, "generated") : resolve(world.cwd, options.out),
    cwd: world.cwd,
  };
  const progress = progressOn(world);
  const tool = world.toolFor(places.out, progress.show);
  const outcome: Outcome = await run(
    {
      specFolder,
      places,
      write: name === "gen",
      strict: options.strict,
      only: options.only,
      base: baseOf(options),
      language: options.language ?? languageThere(places.out) ?? languageChosen(root),
    },
    tool,
  ).finally(progress.clear);
  const unpublished = outcome.exitCode === 2 ? undefined : unpublishedClient(root, places.out);
  const notes = [...(outcome.notes ?? []), ...(unpublished === undefined ? [] : [unpublished])];
  // Texts about findings are the reader's: only a report that has some of them loads it.
  const wantsTexts = options.format === "sarif" && (outcome.findings.length > 0 || outcome.changes.length > 0);
  const texts = wantsTexts ? (await world.reader()).FINDINGS : undefined;
  const report = formats[options.format]({
    ...asSeenFrom({ ...places, cwd: readersFolder(world, options.format) }, outcome),
    ...(notes.length === 0 ? {} : { notes }),
    name,
    mend: mendingCommand(world, options),
    seconds: (world.now() - started) / 1000,
    color: world.color,
    columns: world.columns,
    version: world.version,
    about: (code) => texts?.get(code),
  });
  world.out(report);
  return outcome.exitCode;
}

/** The one command that mends a drift, as the person at this prompt would type it. */
function mendingCommand(world: World, { spec, out, only, language }: RunOptions): string {
  const script = world.env.npm_lifecycle_event;
  const [, manager = "npm"] = /^(pnpm|yarn|bun)\//.exec(world.env.npm_config_user_agent ?? "") ?? [];
  if (script?.endsWith("check")) return `${manager} run ${script.replace(/check$/, "gen")}`;
  const flags = [
    ["--spec", spec === "spec" ? undefined : spec],
    ["--out", out],
    ["--only", only],
    ["--language", language],
  ].flatMap(([flag, value]) => (value === undefined ? [] : [flag, quoted(value)]));
  return ["plainsight gen", ...flags].join(" ");
}

function quoted(value: string): string {
  return /^[\w./:@+-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
