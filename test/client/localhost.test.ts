import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, expect, it } from "vitest";
import { program, run, temporary } from "./program.js";

let file: string;
beforeAll(async () => {
  file = await program(`
    import { telemetryCommand } from "./generated/systems/docglow/client/command.js";
    import * as telemetry from "./generated/systems/docglow/client/telemetry.js";
    telemetry.setup({ platform: "linux", pythonVersion: "3.12.2" });
    if (await telemetryCommand(["enable"]) !== 0) process.exit(9);
    telemetry.commandRun({ adapterType: null, command: "serve", durationMs: 0, featuresUsed: [],
      projectShape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 }, result: "success" });
    await telemetry.flush(10_000);`);
});

/** A receiver at one address alone; rejects where this machine has none of that kind. */
async function listening(host: string, requests: unknown[] = []): Promise<Server> {
  const server = createServer((request, response) => {
    requests.push(request.headers.host);
    response.writeHead(204).end();
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, host, () => resolve(server));
  });
}

it.for(["127.0.0.1", "::1"])("who listens at %s alone is found at localhost", async (host, { skip }) => {
  const requests: unknown[] = [];
  const server = await listening(host, requests).catch(() => skip(`this machine has no ${host}`));
  const { port } = server.address() as AddressInfo;
  const env = { DOCGLOW_TELEMETRY_ENDPOINT: `http://localhost:${port}/`, DOCGLOW_TELEMETRY_DEBUG: "1" };
  const { code, stderr } = await run(file, { home: temporary(), env });
  expect([code, stderr]).toEqual([0, `telemetry: POST http://localhost:${port}/ -> 204\n`]);
  expect(requests).toEqual([`localhost:${port}`]);
  server.close();
});

it("where nobody listens, it is told once", async () => {
  const server = await listening("127.0.0.1");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const env = { DOCGLOW_TELEMETRY_ENDPOINT: `http://localhost:${port}/`, DOCGLOW_TELEMETRY_DEBUG: "1" };
  const { code, stderr } = await run(file, { home: temporary(), env });
  expect([code, stderr]).toEqual([0, `telemetry: POST http://localhost:${port}/ -> failed (Connection refused)\n`]);
});
