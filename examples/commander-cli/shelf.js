import { Command } from "commander";
import { telemetryCommand } from "./generated/client/command.js";
import * as telemetry from "./generated/client/telemetry.js";

const books = ["Emma", "Ulysses"];

/** The program. Every command is counted in one place, by the two hooks. */
export function shelf(print = console.log) {
  const program = new Command("shelf").version("2.0.1");
  program.command("list").action(() => print(books.join("\n")));
  program
    .command("add")
    .argument("<title>")
    .action((title) => {
      if (books.includes(title)) throw new Error(`${title} is there.`);
      books.push(title);
    });

  // `--help` too is the telemetry command's own: it knows its words.
  program
    .command("telemetry")
    .description("what is sent, and how to turn it off")
    .argument("[words...]")
    .helpOption(false)
    .allowUnknownOption()
    .action(async (words) => {
      process.exitCode = await telemetryCommand(words);
    });
  return program;
}

/** Runs one command, and counts it: its name out of the contract's list, whether it worked, a rough duration. */
export async function run(args, program = shelf()) {
  let began;
  let command;
  program.hook("preAction", (_, action) => {
    command = action.name();
    began = performance.now();
  });
  const report = (ok) => {
    if (command === undefined || command === "telemetry") return;
    telemetry.commandRun({ command, ok, durationSeconds: (performance.now() - began) / 1000 });
  };
  try {
    await program.parseAsync(args, { from: "user" });
    report(true);
  } catch (error) {
    report(false);
    throw error;
  }
}
