import { Command } from "@oclif/core";
import { telemetryCommand } from "../../../generated/client/command.js";

class Telemetry extends Command {
  static description = "what is sent, and how to turn it off";
  static strict = false;

  async run() {
    process.exitCode = await telemetryCommand(this.argv);
  }
}

// Stands in for oclif's own discovery of `commands/telemetry.js`.
const [command, ...rest] = process.argv.slice(2);
if (command === "telemetry") await Telemetry.run(rest, { root: import.meta.dirname });
else console.log("the program");
