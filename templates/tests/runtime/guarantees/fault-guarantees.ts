import { expect, it } from "vitest";
import type { Host } from "../../../client/runtime/host/host.js";
import type { Product } from "../product.js";
import { granting, withRun } from "../run.js";

const hostile: readonly unknown[] = [
  undefined,
  null,
  "text",
  Number.NaN,
  -0,
  Symbol("hostile"),
  Object.create(null),
  [],
  "x".repeat(10_000_000),
  { toJSON: () => fail() },
  new Proxy({}, { get: () => fail(), ownKeys: () => fail(), has: () => fail() }),
];

function fail(): never {
  throw new Error("thrown on purpose");
}

/** Each thing that the client takes from the world, broken. */
const faults: readonly (readonly [string, Partial<Host>])[] = [
  ["a transport that throws", { send: fail }],
  ["a transport that rejects", { send: () => Promise.reject(new Error("refused")) }],
  ["a clock that throws", { now: fail }],
  ["a clock that is no number", { now: () => Number.NaN }],
  ["a clock far off", { now: () => 8.7e15 }],
  ["a configuration that throws", { config: fail }],
  ["no home", { home: undefined as never }],
  ["a home that is a device", { home: "/dev/null" }],
  ["a home that is relative", { home: "home" }],
  ["a stream that throws", { write: fail }],
  ["a log that throws", { log: fail }],
];

export function throwsNothing(product: Product): void {
  it.each(faults)("%s", (_, own) =>
    withRun(
      product,
      granting(product),
      async ({ deliver }) => {
        await expect(deliver()).resolves.toBeUndefined();
      },
      own,
    ),
  );

  it("whatever a caller gives", () =>
    withRun(product, granting(product), async ({ telemetry, deliver }) => {
      for (const { emitter, arguments: values } of product.golden) {
        for (const value of hostile) {
          for (const at of values.keys())
            expect(() => telemetry[emitter]?.(...(values.with(at, value) as never[]))).not.toThrow();
          expect(() => telemetry[emitter]?.(value as never)).not.toThrow();
        }
      }
      await expect(deliver()).resolves.toBeUndefined();
    }));
}

export function blocksNothing(product: Product): void {
  it("an emitter returns while the endpoint never answers, and a flush ends at its time", () => {
    const never = () => new Promise<number>(() => undefined);
    return withRun(
      product,
      granting(product),
      async ({ emit, telemetry }) => {
        emit();
        await expect(telemetry.flush?.(50) ?? Promise.resolve()).resolves.toBeUndefined();
      },
      { send: never },
    );
  });

  it("recording returns nothing to wait for", () =>
    withRun(product, granting(product), async ({ telemetry }) => {
      for (const { emitter, arguments: values, dueAfter } of product.golden) {
        const returned = telemetry[emitter]?.(...(values as never[]));
        // What goes by the clock can be stopped, and that is all.
        if (dueAfter === undefined) expect(returned).toBeUndefined();
        else expect(Object.keys(returned ?? {})).toEqual(["stop"]);
      }
    }));
}

export function leavesExitCode(product: Product): void {
  it.each(faults)("%s", (_, own) => {
    const before = process.exitCode;
    return withRun(
      product,
      granting(product),
      async ({ deliver }) => {
        await deliver();
        expect(process.exitCode).toBe(before);
      },
      own,
    );
  });
}
