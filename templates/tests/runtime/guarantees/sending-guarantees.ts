import { expect, it, vi } from "vitest";
import type { Host } from "../../../client/runtime/host/host.js";
import { judgeBody, statedIn } from "../agreement/judge.js";
import type { Product } from "../product.js";
import { granting, withRun } from "../run.js";

/** Only listed data leaves the machine, and the worker drops anything unlisted. */
export function sendsOnlyTheList(product: Product): void {
  it("every request that the client sends passes the worker whole", () =>
    withRun(product, granting(product), async ({ deliver, requests }) => {
      await deliver();
      expect(requests.length).toBeGreaterThan(0);
      for (const { body, url, headers } of requests) {
        const { status, forwarded } = await judgeBody(product, body, {
          query: statedIn(product, url),
          headers,
        });
        expect(status).toBe(product.worker.responses.accepted);
        expect(forwarded.length).toBeGreaterThan(0);
      }
    }));
}

export function writesNoStdout(product: Product): void {
  it("not one byte on stdout, whatever happens", async () => {
    const wrote = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      for (const own of failing) {
        await withRun(
          product,
          loud(product),
          async ({ deliver, written }) => {
            await deliver();
            expect(written.filter(([stream]) => stream === "stdout")).toEqual([]);
          },
          own,
        );
      }
      expect(wrote.mock.calls).toEqual([]);
    } finally {
      wrote.mockRestore();
    }
  });
}

export function isSilentOnFailure(product: Product): void {
  it("a failure writes nothing but what a success writes", async () => {
    const written: unknown[] = [];
    for (const own of [{}, ...failing]) {
      await withRun(
        product,
        granting(product),
        async (run) => {
          await run.deliver();
          written.push([...run.written, ...run.logged]);
        },
        own,
      );
    }
    expect(written.slice(1)).toEqual(written.slice(1).map(() => written[0]));
  });
}

export function retriesNothing(product: Product): void {
  it("an answer is final, whatever it is", async () => {
    for (const status of [400, 429, 500, 503]) {
      let sent = 0;
      const send = async () => {
        sent++;
        return status;
      };
      await withRun(
        product,
        granting(product),
        async ({ deliver, telemetry }) => {
          await deliver();
          const first = sent;
          expect(first).toBeGreaterThan(0);
          await telemetry.flush?.();
          expect(sent).toBe(first);
        },
        { send },
      );
    }
  });
}

/** A transport that fails in each way that one can. */
const failing: readonly Partial<Host>[] = [
  { send: async () => 500 },
  { send: async () => Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })) },
  {
    send: () => {
      throw new Error("a transport that throws");
    },
  },
];

/** With the debug echo on, where the contract has one. */
function loud(product: Product) {
  const row = granting(product);
  const { debug } = product.client.delivery;
  return debug === undefined ? row : { ...row, env: { ...row.env, [debug.env]: "1" } };
}
