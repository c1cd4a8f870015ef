import { Command } from "commander";
import { telemetryCommand } from "../../../generated/client/command.js";

const program = new Command("codegraph").action(() => console.log("the program"));

// `--help` too is the telemetry command's own: it knows its words.
program
  .command("telemetry")
  .description("what is sent, and how to turn it off")
  .argument("[words...]")
  .helpOption(false)
  .allowUnknownOption()
  .action(async (words: string[]) => {
    process.exitCode = await telemetryCommand(words);
  });

await program.parseAsync();
