import type { Command } from "commander";
import type { Context, ExitCode } from "./context.js";

/** One command of `plainsight`: one file under `commands/`, one line in its index. */
export interface CliCommand {
  readonly name: string;
  /** A few words for the list in `--help`. */
  readonly summary: string;
  /** Command lines that work as they stand, shown under the command's own help. */
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** Its action looks at the other commands, too. */
  readonly aboutAll?: true;
  /** Adds arguments and options, and hands the action to `run`. */
  readonly configure: (
    command: Command,
    run: (action: (context: Context) => Promise<ExitCode> | ExitCode) => Promise<void>,
  ) => void;
}
