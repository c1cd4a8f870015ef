import { type Command, Option } from "commander";
import type { Language } from "../emit/javascript.js";
import { targetNames } from "../targets/names.js";
import { type FormatName, formats } from "./report/index.js";

export const languages: readonly Language[] = ["ts", "js", "cjs"];

/** What `gen` and `check` have in common, as the command line gives it. */
export interface RunOptions {
  readonly spec: string;
  readonly out?: string;
  readonly format: FormatName;
  readonly only?: string;
  /** Absent: as it lies there already. */
  readonly language?: Language;
  readonly watch?: boolean;
  /** `check` alone. */
  readonly base?: string;
}

/** The options that `gen` and `check` share. */
export function addRunOptions(command: Command): Command {
  return command
    .option("--spec <dir>", "the folder of the contracts: events.yaml, systems/NAME/events.yaml", "spec")
    .option("--out <dir>", "the folder of what is generated (default: generated, beside the spec folder)")
    .addOption(new Option("--format <name>", "how findings are printed").choices(Object.keys(formats)).default("text"))
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .addOption(new Option("--only <target>", "one target alone").choices(targetNames))
    .addOption(
      new Option(
        "--language <name>",
        "what the client is written in; js and cjs come with declarations (default: as it is there, else ts)",
      ).choices(languages),
    );
}
