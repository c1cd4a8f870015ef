import { telemetryCommand } from "../../../../generated/systems/docglow/client/command.js";
import * as telemetry from "../../../../generated/systems/docglow/client/telemetry.js";

telemetry.setup({ platform: "linux", pythonVersion: "3.12.2" });
const [, , ...words] = process.argv;
if (words.length > 0) telemetryCommand(words).then((code) => (process.exitCode = code));
else {
  telemetry.commandRun({
    adapterType: "snowflake",
    command: "generate",
    durationMs: 4218,
    featuresUsed: ["static"],
    projectShape: { models: 142, sources: 31, seeds: 4, tests: 213, macros: 8 },
    result: "success",
  });
  telemetry.flush(10_000);
}
