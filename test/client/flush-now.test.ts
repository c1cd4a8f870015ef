import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
// What sends is loaded before it is first needed: how long a busy machine takes for that is no finding.
import "../../generated/client/later.js";
import * as telemetry from "../../generated/client/telemetry.js";
import { temporaryFolder } from "../support/temp-folder.js";

it("flush({ now: true }) sends what was counted today, once, and a flush without it doesn't", async () => {
  const home = temporaryFolder("flush-now");
  const bodies: string[] = [];
  const send = async ({ body }: { readonly body: string }) => {
    bodies.push(body);
    return 204;
  };
  telemetry.setup({ version: "1.0.0", host: { home, env: {}, send } });
  telemetry.count("cli_command", "index", true);
  telemetry.count("cli_command", "index", false);
  await telemetry.flush();
  await telemetry.flush({ within: 60_000 });
  await telemetry.flush({ now: false });
  expect(bodies).toEqual([]);
  await telemetry.flush({ now: true });
  const events = () =>
    bodies.flatMap((body) => (JSON.parse(body) as { events: { event: string; props: object }[] }).events);
  const counted = (count: number, error_count: number) => ({
    event: "usage_rollup",
    props: { kind: "cli_command", name: "index", count, error_count },
  });
  expect(events()).toMatchObject([counted(2, 1)]);
  await telemetry.flush({ now: true });
  expect(bodies).toHaveLength(1);
  // What is counted later that day is nobody's twice.
  telemetry.count("cli_command", "index", true);
  await telemetry.flush({ now: true, within: 60_000 });
  expect(events()).toMatchObject([counted(2, 1), counted(1, 0)]);
  expect(readdirSync(join(home, ".codegraph")).filter((name) => /\.day-\d+$/.test(name))).toEqual([]);
});

it("flush({ now: true }) sends nothing while telemetry is off, and never rejects", async () => {
  const home = temporaryFolder("flush-now");
  const bodies: string[] = [];
  const host = { home, send: async ({ body }: { readonly body: string }) => bodies.push(body) };
  telemetry.setup({ version: "1.0.0", host: { ...host, env: { DO_NOT_TRACK: "1" } } });
  telemetry.count("cli_command", "index", true);
  await telemetry.flush({ now: true });
  for (const odd of [
    null,
    Symbol("odd"),
    1n,
    { within: Symbol("odd") },
    {
      get now() {
        throw new Error("odd");
      },
    },
  ])
    await telemetry.flush(odd as never);
  expect(bodies).toEqual([]);
});
