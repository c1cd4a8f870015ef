import { telemetryCommand } from "../../../generated/client/command.js";

// codegraph telemetry …
const [command, ...rest] = process.argv.slice(2);
if (command === "telemetry") process.exitCode = await telemetryCommand(rest);
else console.log("the program");
