/** As it is: the same event in the same PostHog project, with what the contract lists and nothing else, through the worker. */
import { send } from "../../../generated/client/runtime/later/send.js";
import * as telemetry from "../../../generated/client/telemetry.js";

// The endpoint stands in the contract. Only for this trial it is led to a worker on this machine.
const { WORKER_URL = "" } = process.env;
telemetry.setup({ version: "0.9.12", host: { send: (request) => send({ ...request, url: WORKER_URL }) } });

telemetry.index({
  languages: ["typescript", "go"],
  fileCount: 1234,
  durationSeconds: 12.5,
  sqliteBackend: "native",
});
await telemetry.commandEnd("index");
console.log("indexed");
