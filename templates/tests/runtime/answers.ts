import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { SendRequest } from "../../client/runtime/host/host.js";
import type { Golden, Product } from "./product.js";
import { granting, type Run, withRun } from "./run.js";

/** Tests what a program gets back where it uses the answer: the receiver's text, as long as the contract lets it be, or nothing. */
export function answers(product: Product): void {
  const most = product.client.delivery.answer ?? 0;
  const asked = product.golden.filter(({ dueAfter }) => dueAfter === undefined);

  describe.each(asked)("the answer to $event", (golden) => {
    it("is what the receiver says", () =>
      withRun(product, granting(product), async (run) => expect(await answerTo(run, golden)).toBe("an answer"), {
        send: saying("an answer"),
      }));

    it("is none where there is no receiver", () =>
      withRun(product, granting(product), async (run) => expect(await answerTo(run, golden)).toBeUndefined(), {
        send: async () => Promise.reject(new Error("nobody is there")),
      }));

    const off = product.consent.find(({ enabled }) => !enabled);
    it.skipIf(off === undefined || golden.evenWhenOff === true)(
      "is none while telemetry is off, and nobody is asked",
      () =>
        withRun(product, off ?? granting(product), async (run) => {
          expect(await answerTo(run, golden)).toBeUndefined();
          expect(run.requests).toEqual([]);
        }),
    );
  });

  it("an answer that is too long is none", async () => {
    let text = "";
    const server = createServer((request, response) => request.resume().on("end", () => response.end(text)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      // The product's own transport, and not a stand-in; a build that sends nothing has none.
      const { client } = await product.load();
      const send = (await client.parts.later?.())?.send;
      if (send === undefined) return;
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const given = async (answer: string) => {
        text = answer;
        let taken: string | undefined;
        const take = (one: string) => {
          taken = one;
        };
        const signal = AbortSignal.timeout(30_000);
        await send({ url, headers: {}, body: "", signal, answer: { most, take } });
        return taken;
      };
      expect(await given("a".repeat(most))).toHaveLength(most);
      expect(await given("a".repeat(most + 1))).toBeUndefined();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}

function answerTo({ telemetry }: Run, { emitter, arguments: given }: Golden): unknown {
  return telemetry[emitter]?.(...(given as never[]));
}

function saying(text: string) {
  return async ({ answer }: SendRequest) => {
    answer?.take(text);
    return 200;
  };
}
