import { createServer } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { inHosts } from "../../templates/client/runtime/send/lookup.js";
import { send } from "../../templates/client/runtime/send/send.js";
import { endpoint } from "./endpoint.js";
import { program, run, temporary } from "./program.js";

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));
async function receiver(answer?: Parameters<typeof endpoint>[0]) {
  const one = await endpoint(answer);
  closing.push(one.close);
  return one;
}

const request = (url: string, signal = AbortSignal.timeout(5000)) => ({
  url,
  headers: { "content-type": "application/json" },
  body: "{}",
  signal,
});

describe("a request", () => {
  it("bears the contract's headers, and beside them only what HTTP needs", async () => {
    const to = await receiver();
    expect(await send(request(to.url))).toBe(204);
    expect(Object.keys(to.requests[0]?.headers ?? {}).sort()).toEqual([
      "connection",
      "content-length",
      "content-type",
      "host",
    ]);
    expect([to.requests[0]?.method, to.requests[0]?.path, to.requests[0]?.body]).toEqual(["POST", "/v1/events", "{}"]);
  });

  it("does not follow a redirect", async () => {
    const to = await receiver("redirect");
    expect(await send(request(to.url))).toBe(307);
    expect(to.requests).toHaveLength(1);
  });

  it("does not read an answer without end", async () => {
    expect(await send(request((await receiver("endless")).url))).toBe(200);
  });

  it("fails where nobody listens, and was never handed over", async () => {
    let over = 0;
    await expect(send({ ...request("http://127.0.0.1:9/"), handedOver: () => over++ })).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
    expect(over).toBe(0);
  });

  it("is cut off by its signal; by then it was handed over", async () => {
    let over = 0;
    const to = await receiver("never");
    await expect(
      send({ ...request(to.url, AbortSignal.timeout(150)), handedOver: () => over++ }),
    ).rejects.toBeDefined();
    expect(over).toBe(1);
  });

  it("fails at an answer that is not HTTP", async () => {
    const server = createServer((socket) => socket.on("error", () => undefined).end("SSH-2.0\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    const { port } = server.address() as { port: number };
    await expect(send(request(`http://127.0.0.1:${port}/`))).rejects.toBeDefined();
    await expect(send(request(`https://127.0.0.1:${port}/`))).rejects.toBeDefined();
  });
});

describe("a hosts file", () => {
  const text =
    "127.0.0.1 localhost\n0.0.0.0\ttelemetry.example.com ads.example.com # off\r\n# 1.2.3.4 other.example.com\n::1 six.example.com\nnonsense six.example.com";
  it.each([
    ["telemetry.example.com", ["0.0.0.0"]],
    ["other.example.com", []],
    ["six.example.com", ["::1"]],
    ["example.com", []],
  ])("%s → %j", (name, addresses) => expect(inHosts(text, name)).toEqual(addresses));
});

describe("a process", () => {
  const source = `import { send } from "./generated/client/runtime/later/send.js";
    send({ url: process.argv[2], headers: {}, body: "{}", signal: AbortSignal.timeout(60000) }).then(() => console.log("answered"), () => console.log("failed"));
    if (process.argv[3]) setTimeout(() => process.exit(0), 50);`;

  it("is not kept alive by a request, nor by a name that is looked up", async () => {
    const file = await program(source);
    const slow = await receiver("never");
    const runs = await Promise.all(
      [slow.url, "https://nowhere.invalid/"].map((url) => run(file, { home: temporary(), args: [url] })),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs.every(({ stdout }) => !stdout.includes("answered"))).toBe(true);
  });
});
