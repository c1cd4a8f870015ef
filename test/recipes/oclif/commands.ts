import { Command } from "@oclif/core";
import { telemetryCommand } from "../../../generated/client/command.js";

class Telemetry extends Command {
  static override description = "what is sent, and how to turn it off";
  // Words and flags go on as they were typed: the telemetry command knows them.
  static override strict = false;

  async run(): Promise<void> {
    process.exitCode = await telemetryCommand(this.argv);
  }
}

class Run extends Command {
  static override description = "the program";

  run(): Promise<void> {
    this.log("the program");
    return Promise.resolve();
  }
}

/** The place where package.json tells oclif to look: `oclif.commands`. */
export const commands = { run: Run, telemetry: Telemetry };
