import { defineCommand, runMain } from "citty";
import { telemetryCommand } from "../../../generated/client/command.js";

const telemetry = defineCommand({
  meta: { name: "telemetry", description: "what is sent, and how to turn it off" },
  run: async ({ rawArgs }) => {
    process.exitCode = await telemetryCommand(rawArgs);
  },
});

const main = defineCommand({
  meta: { name: "codegraph" },
  subCommands: { telemetry },
  run: ({ rawArgs }) => void (rawArgs.length === 0 && console.log("the program")),
});

await runMain(main);
