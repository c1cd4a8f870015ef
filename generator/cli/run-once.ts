import { dirname, join, resolve } from "node:path";
import type { Outcome } from "../outcome.js";
import { run } from "../pipeline.js";
import type { Context, ExitCode } from "./context.js";
import { languageChosen, languageThere } from "./language-there.js";
import { progressOn } from "./progress.js";
import { unpublishedClient } from "./published.js";
import { unpublishedElsewhere } from "./published-elsewhere.js";
import { asSeenFrom, readersFolder } from "./report/as-seen-from.js";
import { formats } from "./report/index.js";
import { baseOf, type RunOptions } from "./run-options.js";

export type RunName = "gen" | "check";

/** Runs once and prints the report. */
export async function runOnce(context: Context, name: RunName, options: RunOptions): Promise<ExitCode> {
  const started = context.now();
  const specFolder = resolve(context.cwd, options.spec);
  const root = dirname(specFolder);
  const places = {
    root,
    out: options.out === undefined ? join(root, "generated") : resolve(context.cwd, options.out),
    cwd: context.cwd,
  };
  const progress = progressOn(context);
  const tool = context.toolFor(places.out, progress.show);
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
  const unpublished = outcome.exitCode === 2 ? [] : [unpublishedClient(root, places.out), unpublishedElsewhere(root)];
  const notes = [...(outcome.notes ?? []), ...unpublished.filter((note) => note !== undefined)];
  // Texts about findings are the reader's: only a report that has some of them loads it.
  const wantsTexts = options.format === "sarif" && (outcome.findings.length > 0 || outcome.changes.length > 0);
  const texts = wantsTexts ? (await context.analyze()).allFindings() : undefined;
  const report = formats[options.format]({
    ...asSeenFrom({ ...places, cwd: readersFolder(context, options.format) }, outcome),
    ...(notes.length === 0 ? {} : { notes }),
    name,
    mend: mendingCommand(context, options),
    seconds: (context.now() - started) / 1000,
    color: context.color,
    columns: context.columns,
    version: context.version,
    about: (code) => texts?.get(code),
  });
  context.out(report);
  return outcome.exitCode;
}

/** The one command that mends a drift, as the person at this prompt would type it. */
function mendingCommand(context: Context, { spec, out, only, language }: RunOptions): string {
  const script = context.env.npm_lifecycle_event;
  const [, manager = "npm"] = /^(pnpm|yarn|bun)\//.exec(context.env.npm_config_user_agent ?? "") ?? [];
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
