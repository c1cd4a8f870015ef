import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clickhouse as definition } from "../../../generator/language/sinks/clickhouse.js";
import { loadContract } from "../../../generator/spec/load-contract.js";
import { clickhouse } from "../../../templates/worker/runtime/sinks/clickhouse.js";
import { stamp } from "../../../templates/worker/runtime/sinks/entry.js";
import { isThere } from "../../support/real-part.js";
import { until } from "../../support/wait.js";
import { contractOf, entry, machine, usage } from "./entries.js";
import { type ClickHouse, hasClickhouse, startClickhouse } from "./start-clickhouse.js";

const { model } = loadContract("spec/events.yaml", "spec/events.yaml");
if (model === undefined) throw new Error("no model");
const table = "codegraph_telemetry";

describe.runIf(isThere("Debian's clickhouse-server", hasClickhouse))("clickhouse, a real one", () => {
  let server: ClickHouse;
  beforeAll(async () => {
    server = await startClickhouse();
    await server.query(definition.schema?.(model) ?? "");
  });
  afterAll(() => server?.remove());

  const sink = (secret = server.secret, more = {}) =>
    clickhouse(contractOf({ url: server.url, secret: "KEY", table, ...more }), { KEY: secret });
  /** Mutations run in the background. */
  const settled = () =>
    until(
      "no mutation is under way",
      async () => (await server.query("SELECT count() FROM system.mutations WHERE NOT is_done")) === "0",
    );

  it("stores equal events as so many, and another attempt at the same entries adds none", async () => {
    const entries = stamp(
      Array.from({ length: 40 }, () => usage),
      1,
    );
    for (const _ of [1, 2]) expect(await sink().send(entries)).toEqual({ kind: "stored" });
    expect(await server.query(`SELECT count() FROM ${table} FINAL`)).toBe("40");
    expect(
      await server.query(
        `SELECT DISTINCT event, toUInt32(time), millis, visitParamExtractUInt(fields, 'count'), value FROM ${table} FORMAT JSONEachRow`,
      ),
    ).toContain(`"event":"usage_rollup","toUInt32(time)":${Date.parse(usage.time) / 1000}`);
  });

  it("carries every text, to the millisecond, with what the contract adds", async () => {
    const text = "a\0b\ud800c'\"\\ü😀\n\t";
    const one = { ...entry(10, { name: text }), event: "odd", time: "2026-06-12T08:00:00.123Z", value: 2.5 };
    expect(await sink(server.secret, { add: { source: "edge" } }).send([one])).toEqual({ kind: "stored" });
    const row = JSON.parse(
      await server.query(`SELECT fields, millis, value FROM ${table} WHERE event = 'odd' FORMAT JSONEachRow`),
    ) as { fields: string; millis: number; value: number };
    expect([JSON.parse(row.fields), Number(row.millis), row.value]).toEqual([
      { ...one.fields, name: "a\ufffdb\ufffdc'\"\\ü😀\n\t", source: "edge" },
      123,
      2.5,
    ]);
  });

  it("forgets one machine and nobody else: when asked, and as DEPLOY.md says", async () => {
    const other = "11111111-2222-4333-8444-555555555555";
    const third = "21111111-2222-4333-8444-555555555555";
    const numbered = entry(23, { machine_id: 94731629138370 });
    await sink().send([entry(20, { machine_id: other }), entry(21, { machine_id: third }), entry(22), numbered]);
    const left = async () =>
      (
        await server.query(
          `SELECT visitParamExtractRaw(fields, 'machine_id') AS machine FROM ${table} WHERE event = 'install' GROUP BY machine ORDER BY machine`,
        )
      ).split("\n");
    expect(await left()).toEqual([`"${other}"`, `"${third}"`, `"${machine}"`, "94731629138370"]);
    expect(await sink().forget?.({ name: "machine_id", value: other })).toEqual({ kind: "stored" });
    expect(await sink().forget?.({ name: "machine_id", value: "94731629138370" })).toEqual({ kind: "stored" });
    await settled();
    expect(await left()).toEqual([`"${third}"`, `"${machine}"`]);
    const run = (block: { readonly kind: string; readonly text?: string } | undefined) =>
      execFileSync("sh", ["-ec", (block?.text ?? "exit 9").replaceAll("<machine_id>", third)], {
        env: { ...process.env, CLICKHOUSE: server.ownerUrl },
        stdio: ["ignore", "pipe", "pipe"],
      });
    run(definition.deletion(model, "machine_id").find(({ kind }) => kind === "code") as { kind: string; text: string });
    await settled();
    expect(await left()).toEqual([`"${machine}"`]);
    await sink().send([{ ...entry(30), event: "old", time: "2001-01-01T00:00:00.000Z" }]);
    run(definition.retention(model, 3650)[0] as { kind: string; text: string });
    await settled();
    expect(await server.query(`SELECT count() FROM ${table} WHERE event = 'old'`)).toBe("0");
  });

  it("a name or a value with quotes in it asks for nothing else", async () => {
    const before = await server.query(`SELECT count() FROM ${table}`);
    expect(await sink().forget?.({ name: "a') OR 1 = 1 --", value: "x') OR 1 = 1 --" })).toEqual({ kind: "stored" });
    expect(await sink().forget?.({ name: "a\\", value: "x\\" })).toEqual({ kind: "stored" });
    await settled();
    expect(await server.query(`SELECT count() FROM ${table}`)).toBe(before);
  });

  it("keeps the rows for later with a wrong password or without its table, and refuses a row that is none", async () => {
    expect((await sink("default:wrong").send([entry(40)])).kind).not.toBe("stored");
    expect(await sink(server.secret, { table: "missing" }).send([entry(40)])).toMatchObject({ kind: "retry" });
    const bad = { ...entry(41), value: "no number" as unknown as number };
    expect(await sink().send([bad])).toMatchObject({ kind: "refused", because: "one-of-them" });
  });
});

it("says nothing of itself but what the protocol asks, and follows no redirect", async () => {
  const seen: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push([incoming.method, decodeURIComponent(incoming.url ?? ""), incoming.headers["x-clickhouse-user"]]);
    outgoing.writeHead(302, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?database=t`;
  const sink = clickhouse(contractOf({ url, table: "t" }), {});
  expect(await sink.send([entry(1)])).toMatchObject({ kind: "refused" });
  expect(seen).toEqual([
    ["POST", "/?database=t&query=INSERT+INTO+t+(id,+event,+time,+millis,+fields,+value)+FORMAT+JSONEachRow", undefined],
  ]);
  server.close().closeAllConnections();
});
