import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { toolContract } from "../support/tool-contract.js";
import { programOf } from "./consent/program.js";

const contract = ({ wire, delivery, more = "" }: { wire: string; delivery: string; more?: string }) =>
  toolContract(`
why: [Which versions are used.]
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }]
destination:
  url: https://updates.tool.example/check
  override: { order: [{ env: TOOL_URL }], http_allowed_for: [127.0.0.1] }
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Nothing says whose it is.
common:
  os: { type: enum, values: [linux, other], otherwise: other, from: os, why: Which systems. }
events:
  check: { when: A version is looked for., why: Which are used., fields: { channel: { type: enum, values: [stable, beta], why: Which one. } } ${more} }
guarantees: [allowlist-only]
wire: ${wire}
delivery: ${delivery}
`);
const body = "{ format: json, body: { event: $event, $common: , $fields: } }";

describe("along with a request that the program makes anyway", () => {
  const drawn = [
    [
      "headers",
      '{ format: json, headers: { User-Agent: "tool ({common.os}; {fields.channel})" } }',
      { headers: { "User-Agent": "tool (linux; beta)" } },
    ],
    [
      "a query",
      "{ format: json, query: { e: $event, $common: , $fields: } }",
      { headers: {}, query: "e=check&os=linux&channel=beta" },
    ],
    ["a body", body, { headers: {}, body: '{"event":"check","os":"linux","channel":"beta"}' }],
  ] as const;
  test.each(drawn)("%s", async (_, wire, expected) => {
    const program = await programOf(contract({ wire, delivery: "{ mode: carried }" }));
    const on = await program.start();
    expect(await on.telemetry["check"]?.({ channel: "beta" } as never)).toEqual(expected);
    const off = await program.start({ env: { DO_NOT_TRACK: "1" } });
    expect(await off.telemetry["check"]?.({ channel: "beta" } as never)).toEqual({ headers: {} });
    expect(await on.telemetry["check"]?.({ channel: "secret" } as never)).toEqual({ headers: {} });
    expect([...on.requests, ...off.requests]).toEqual([]);
  });

  const mixed =
    '{ format: json, headers: { User-Agent: "tool ({common.os})" }, query: { e: $event }, body: { $fields: } }';
  test.each([
    ["carried", drawn[0][1], ["User-Agent: tool (linux; beta)"]],
    ["carried", drawn[1][1], ["?e=check&os=linux&channel=beta"]],
    ["carried", body, ['{"event":"check","os":"linux","channel":"beta"}']],
    ["immediate", mixed, ["User-Agent: tool (linux)", "?e=check", '{"channel":"beta"}']],
  ])("whoever asks is shown all of it: %s, %s", async (mode, wire, lines) => {
    const delivery = `{ mode: ${mode}, timeout: 5s, debug: { env: TOOL_LOG, shows: payload } }`;
    const program = await programOf(contract({ wire, delivery }));
    const one = await program.start({ env: { TOOL_LOG: "1" } });
    await one.telemetry["check"]?.({ channel: "beta" } as never);
    await Promise.all(one.client.memory.sending ?? []);
    expect(one.stderr).toEqual([lines.join("\n")]);
  });
});

describe("an answer that the program uses", () => {
  const delivery = "{ mode: immediate, timeout: 5s, answer: 1KiB }";
  async function asked(answer: string, env: Record<string, string> = {}, more = "") {
    const seen: string[] = [];
    const server = createServer((incoming, outgoing) => {
      seen.push(incoming.url ?? "");
      outgoing.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`;
    const program = await programOf(contract({ wire: body, delivery, more }));
    const one = await program.start({ env: { TOOL_URL: url, ...env }, send: undefined as never });
    // The client's own transport, and not a stand-in.
    delete (one.client.host as { send?: unknown }).send;
    try {
      return { text: await one.telemetry["check"]?.({ channel: "beta" } as never), seen };
    } finally {
      server.close();
    }
  }

  test("comes to a program that only waits for it, for 64 requests at once", async () => {
    const server = createServer((_, outgoing) => outgoing.end("1"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { outfile } = await programOf(contract({ wire: body, delivery }));
    const script = `
      const { telemetry } = await import(${JSON.stringify(pathToFileURL(outfile).href)});
      const answers = await Promise.all(Array.from({ length: 65 }, () => telemetry.check({ channel: "beta" })));
      console.log(answers.filter((one) => one === "1").length);`;
    const env = { TOOL_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/check` };
    try {
      const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
      expect((await run).stdout).toBe("64\n");
    } finally {
      server.close();
    }
  });
  test("is given as text", async () =>
    expect(await asked('{"latest":"2.0"}')).toEqual({ text: '{"latest":"2.0"}', seen: ["/check"] }));
  test("is nothing where it is longer than the contract says", async () =>
    expect((await asked("x".repeat(1025))).text).toBeUndefined());
  test("is nothing while telemetry is off, and nothing is asked", async () =>
    expect(await asked("{}", { DO_NOT_TRACK: "1" })).toEqual({ text: undefined, seen: [] }));
  test("comes in any case where the contract says so", async () =>
    expect(
      (
        await asked(
          "{}",
          { DO_NOT_TRACK: "1" },
          ", even_when_off: { reason: A version is looked for., despite: [DO_NOT_TRACK] }",
        )
      ).text,
    ).toBe("{}"));
});

describe("a form that is only described", () => {
  const wire = "{ format: described, what: protobuf }";
  test("is handed to the program's own transport", async () => {
    const program = await programOf(contract({ wire, delivery: "{ mode: immediate, timeout: 5s }" }));
    const bodies: string[] = [];
    const send = async ({ body }: { body: string }) => {
      bodies.push(body);
      return 200;
    };
    const one = await program.start({ send: undefined as never }, { send });
    delete (one.client.host as { send?: unknown }).send;
    one.telemetry["setup"]?.({ send } as never);
    one.telemetry["check"]?.({ channel: "beta" } as never);
    await one.telemetry["flush"]?.();
    expect(bodies).toEqual(['{"event":"check","os":"linux","channel":"beta"}']);
  });
});

test.each([
  ["what is carried", "{ mode: carried }", { headers: {} }],
  ["an answer", "{ mode: immediate, timeout: 5s, answer: 1KiB }", undefined],
])("%s, where it is only sent in some places, is nothing in the others", async (_, delivery, nothing) => {
  const program = await programOf(contract({ wire: body, delivery, more: ", only_where: container" }));
  const elsewhere = await program.start({}, { facts: { container: false } });
  expect(await elsewhere.telemetry["check"]?.({ channel: "beta" } as never)).toEqual(nothing);
  expect(elsewhere.requests).toEqual([]);
});
