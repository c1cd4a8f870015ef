import yargs from "yargs";
import { telemetryCommand } from "../../../generated/client/command.js";

await yargs(process.argv.slice(2))
  .scriptName("codegraph")
  .command("$0", "the program", {}, () => console.log("the program"))
  .command(
    "telemetry [words..]",
    "what is sent, and how to turn it off",
    // Flags too go to the telemetry command, as they were typed.
    (telemetry) => telemetry.help(false).version(false).parserConfiguration({ "unknown-options-as-args": true }),
    async ({ words }) => {
      process.exitCode = await telemetryCommand((words ?? []) as string[]);
    },
  )
  .parseAsync();
