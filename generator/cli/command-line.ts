import { Command, CommanderError } from "commander";
import { fileTrouble } from "../output/file-trouble.js";
import { fromHere } from "../output/places.js";
import type { CliCommand } from "./command.js";
import { commands } from "./commands/index.js";
import type { Context, ExitCode } from "./context.js";
import { wrapped } from "./wrapped.js";

/** Reads the arguments, runs the command, and returns the exit code. Wrong arguments are a 2. */
export async function commandLine(args: readonly string[], context: Context): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command("plainsight")
    .description(
      "One events.yaml becomes the telemetry client, the ingest worker, TELEMETRY.md, the JSON Schema and the tests.",
    )
    .version(context.version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .option("--color", "use colours even if the output is not a terminal")
    .option("--no-color", "use no colours; NO_COLOR does the same")
    .addHelpText("after", `\n${wrapped(afterwards, context.width)}`)
    .helpCommand("help [command]", "print help for plainsight or for one command");
  settle(program, context);
  // To put together the options of all commands takes longer than many a run's work.
  const all: readonly CliCommand[] = commands;
  const asked = all.filter(({ name, aboutAll }) => name === args[0] && aboutAll !== true);
  for (const { name, summary, examples, configure } of asked.length > 0 ? asked : all) {
    const command = program
      .command(name)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`);
    settle(command, context);
    command.addHelpText(
      "after",
      `\nExamples:\n${examples.map(({ line, does }) => `  ${line}\n${wrapped(does, context.width, 6)}`).join("\n")}`,
    );
    configure(command, async (action) => {
      exitCode = await action(context);
    });
  }
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const trouble = fileTrouble(error);
    const { path } = error as NodeJS.ErrnoException;
    context.err(
      trouble === undefined
        ? `plainsight met a bug of its own and stopped.\n${error instanceof Error ? error.stack : String(error)}\n`
        : // What is printed has no path: it may go into a file, too.
          `${path === undefined ? "The output" : fromHere(context.cwd, path)} ${trouble}.\n`,
    );
    return 2;
  }
}

const afterwards = `Each command has its own help with examples: plainsight gen --help
Exit codes: 0 clean, 1 errors or drift, 2 could not run. Warnings alone are 0.
Plainsight itself sends nothing anywhere.`;

/** With fewer columns, two things beside each other are no longer readable. */
const narrow = 70;

function belowEachOther(width: number): (term: string, termWidth: number, description: string) => string {
  return (term, _, description) => (description === "" ? `  ${term}` : `  ${term}\n${wrapped(description, width, 6)}`);
}

/** Nothing is printed and no process ended behind our back. */
function settle(command: Command, context: Context): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: context.out,
      writeErr: context.err,
      getOutHelpWidth: () => context.width,
      getErrHelpWidth: () => context.width,
      getOutHasColors: () => context.color,
      getErrHasColors: () => context.color,
    })
    .configureHelp({
      minWidthToWrap: 20,
      ...(context.width < narrow ? { formatItem: belowEachOther(context.width) } : {}),
    })
    .showSuggestionAfterError(true)
    .showHelpAfterError("Run plainsight --help to see all commands.");
}
