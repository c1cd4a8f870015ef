#!/usr/bin/env node
import * as telemetry from "./generated/client/telemetry.js";
import { run } from "./shelf.js";

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
// It waits for the request for as long as the contract allows, and no longer. `process.exit` before it would lose the event.
await telemetry.flush();
