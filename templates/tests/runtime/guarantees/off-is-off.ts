import { createSocket, Socket as DatagramSocket } from "node:dgram";
import { Resolver } from "node:dns";
import { Socket } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConsentRow, Product } from "../product.js";
import { granting, withRun } from "../run.js";

/** In each state in which the contract says no: no socket by any interface, no name resolved, no file, no payload built. */
export function offIsOff(product: Product): void {
  const opened: string[] = [];

  beforeEach(() => {
    opened.length = 0;
    const forbid = (what: string) => () => {
      opened.push(what);
      throw new Error(`${what} while telemetry is off`);
    };
    vi.spyOn(Socket.prototype, "connect").mockImplementation(forbid("a connection"));
    vi.spyOn(DatagramSocket.prototype, "send").mockImplementation(forbid("a datagram"));
    vi.spyOn(Resolver.prototype, "resolve4").mockImplementation(forbid("a name looked up") as never);
    vi.spyOn(globalThis, "fetch").mockImplementation(forbid("fetch") as never);
  });
  afterEach(() => void vi.restoreAllMocks());

  it("the watch works: it sees a connection and a datagram", () => {
    expect(() => new Socket().connect(9)).toThrow();
    const datagram = createSocket("udp4");
    expect(() => datagram.send("x", 9, "127.0.0.1")).toThrow();
    datagram.close();
    expect(opened).toEqual(["a connection", "a datagram"]);
  });

  it("no request, no socket, no file in any state that says no", async () => {
    for (const row of product.consent.filter(({ enabled }) => !enabled)) {
      // No stand-in for the transport: what would be sent would reach the watched sockets.
      await withRun(
        product,
        row,
        async ({ deliver, files, written }) => {
          const before = files();
          await deliver();
          expect({ row, opened, files: files(), written }).toEqual({ row, opened: [], files: before, written: [] });
        },
        { send: undefined as never },
      );
    }
  });

  it("nothing of a caller's object is even read", async () => {
    const off = product.consent.find(({ enabled }) => !enabled) ?? granting(product);
    await withRun(product, off, async ({ telemetry }) => {
      const read: PropertyKey[] = [];
      const watched = new Proxy({}, { get: (_, key) => void read.push(key) });
      for (const { emitter, arguments: values } of product.golden) {
        if (typeof values[0] === "object") telemetry[emitter]?.(watched as never);
      }
      expect(read).toEqual([]);
    });
  });

  it("turning it off reaches a program that is already running", async () => {
    if (product.client.consent.evaluated === "at-start") return;
    const on = granting(product);
    // What a program was started with stays as it is.
    const started = ({ args = [], facts = {} }: ConsentRow) => JSON.stringify([args, facts]);
    const switchedOff = product.consent.find(
      (row) =>
        !row.enabled &&
        row.stored === null &&
        started(row) === started(on) &&
        !["build", "default"].includes(row.decidedBy),
    );
    if (switchedOff === undefined) return;
    const env: Record<string, string> = { ...on.env };
    const config: Record<string, unknown> = { ...on.config };
    await withRun(
      product,
      { ...on, env, config },
      async ({ deliver, emit, requests }) => {
        // What waits in memory or on disk goes with the rest.
        if (product.mode === "queued") emit();
        for (const key of Object.keys(env)) delete env[key];
        Object.assign(env, switchedOff.env);
        Object.assign(config, switchedOff.config);
        await deliver();
        expect(requests).toEqual([]);
      },
      { env, config: (name) => config[name] },
    );
  });
}
