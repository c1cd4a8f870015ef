/** One of many: a recorder that writes down what it means to keep and what it kept, or a sender that flushes until it is ended. */
import { appendFileSync } from "node:fs";
import { client } from "../../../generated/client/client.js";
import { send } from "../../../generated/client/runtime/later/send.js";
import { persist } from "../../../generated/client/runtime/queue.js";
import * as telemetry from "../../../generated/client/telemetry.js";

const [role = "", name = "", log = "", rounds = "0"] = process.argv.slice(2);
const { ENDPOINT = "", DAYS = "0", CAP = "0" } = process.env;

// What a full queue drops is another test's: here everything fits.
const queue = client.contract.queue as { maxSize: number };
queue.maxSize = Math.max(queue.maxSize, Number(CAP));

telemetry.setup({
  version: "0.9.12",
  host: {
    // Whose request it is, for the test; no client sends such a header.
    send: (request) => send({ ...request, url: ENDPOINT, headers: { ...request.headers, "x-sender": name } }),
    now: () => Date.now() + Number(DAYS) * 86_400_000,
    env: { CODEGRAPH_TELEMETRY: "1" },
    write: () => undefined,
  },
});
const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

if (role === "record") {
  const counter = telemetry.counter("cli_command", name);
  for (let round = 0; round < Number(rounds); round++) {
    // Written down before and after: between the two nobody can say what a kill left.
    appendFileSync(log, `means ${name}-${round}\n`);
    telemetry.uninstall({ targets: [`${name}-${round}`] });
    counter.ok();
    persist(client);
    appendFileSync(log, `kept ${name}-${round}\n`);
    await pause(4);
  }
} else if (role === "send") {
  for (;;) {
    await telemetry.flush();
    await pause(30);
  }
} else {
  for (let round = 0; round < Number(rounds); round++) await telemetry.flush(20_000);
}
