import { type Command, Option } from "commander";
import type { Against } from "../analyze.js";
import type { Language } from "../emit/javascript.js";
import { targetNames } from "../targets/names.js";
import { type FormatName, formats } from "./report/index.js";

export const languages: readonly Language[] = ["ts", "js", "cjs"];

/** The options that `gen` and `check` share, as the command line gives it. */
export interface RunOptions {
  readonly spec: string;
  readonly out?: string;
  readonly format: FormatName;
  readonly only?: string;
  /** Absent: as it lies there already. */
  readonly language?: Language;
  /** Warnings count as errors do. */
  readonly strict?: boolean;
  readonly watch?: boolean;
  /** `check` alone, as are these two. */
  readonly base?: string;
  readonly baseExact?: string;
}

/** The options that name what `check`, `diff` and `raise` compare with. */
export const baseOptions = [
  ["--base <ref>", "compare with the commit where this branch left another: origin/main"],
  ["--base-exact <ref>", "compare with exactly that commit"],
] as const;

export function baseOf({ base, baseExact }: Pick<RunOptions, "base" | "baseExact">): Against | undefined {
  if (baseExact !== undefined) return { ref: baseExact, exact: true };
  return base === undefined ? undefined : { ref: base, exact: false };
}

/** The options that `gen` and `check` share. */
export function addRunOptions(command: Command): Command {
  return command
    .option("--spec <dir>", "the folder of the contracts: events.yaml, systems/NAME/events.yaml", "spec")
    .option("--out <dir>", "the folder for generated files (default: generated, next to the spec folder)")
    .addOption(new Option("--format <name>", "how findings are printed").choices(Object.keys(formats)).default("text"))
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .option("--strict", "treat warnings as errors")
    .addOption(new Option("--only <target>", "only one target").choices(targetNames))
    .addOption(
      new Option(
        "--language <name>",
        "the language of the client's files; js and cjs come with declarations (default: the existing client's language, or ts)",
      ).choices(languages),
    );
}
