import { Worker } from "node:worker_threads";
import { telemetryCommand } from "../../../../generated/client/command.js";
import * as telemetry from "../../../../generated/client/telemetry.js";

/** A program as its users write it, one thing each. Without `await` at the top, so that it can be made into CommonJS. */
const [, self = "", way = "", ...words] = process.argv;

function record(): void {
  telemetry.count("cli_command", "affected", true);
  telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });
}

const ways: Readonly<Record<string, () => unknown>> = {
  nothing: () => undefined,
  end: record,
  exit: () => {
    record();
    process.exit(7);
  },
  signal: () => {
    record();
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => undefined, 10_000);
  },
  thread: () => new Worker(self, { argv: ["end"] }),
  send: () => {
    record();
    return telemetry.flush(10_000);
  },
  command: () => telemetryCommand(words).then((code) => (process.exitCode = code)),
};
ways[way]?.();
