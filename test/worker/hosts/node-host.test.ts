import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../support/wait.js";
import { type GeneratedWorker, writeWorker } from "./generated-worker.js";
import { type NodeProcess, startNode } from "./start-node.js";
import { post, usageBatch } from "./usage-batch.js";

let worker: GeneratedWorker;
let host: NodeProcess;
let folders = 0;

const start = (flags: readonly string[] = []) =>
  startNode(
    worker.folder,
    { TELEMETRY_SINK: "sqlite", TELEMETRY_DATA: join(worker.folder, `data-${++folders}`) },
    flags,
  );

beforeAll(async () => {
  worker = await writeWorker();
  // Whoever asks for an address gets an exception: of the connection, and of any header but the five.
  const trap = `
    import net from "node:net"; import http from "node:http"; import { syncBuiltinESMExports } from "node:module";
    // Behind remoteAddress, remotePort and remoteFamily.
    Object.defineProperty(net.Socket.prototype, "_getpeername", { value() { throw new Error("an address was read"); } });
    const allowed = new Set(["content-type", "content-encoding", "content-length", "origin", "sec-fetch-site"]);
    const createServer = http.createServer;
    http.createServer = (options, listener) => createServer(options, (incoming, outgoing) => {
      const headers = new Proxy(incoming.headers, {
        get(all, name) { if (!allowed.has(name)) throw new Error("a header was read: " + String(name)); return all[name]; },
        ownKeys() { throw new Error("headers were listed"); },
      });
      Object.defineProperty(incoming, "headers", { value: headers });
      listener(incoming, outgoing);
    });
    syncBuiltinESMExports();
  `;
  writeFileSync(join(worker.folder, "trap.mjs"), trap);
  host = await start(["--import", join(worker.folder, "trap.mjs")]);
});
afterAll(async () => {
  await host?.kill("SIGKILL");
  worker?.remove();
});

/** Sends bytes as they are; all that comes back until the connection ends, or `enough` holds. */
async function raw(text: string, enough: (received: string) => boolean = () => false): Promise<string> {
  const socket = open(host.url);
  socket.write(text);
  return received(socket, enough);
}

function open(url: string): Socket {
  return connect(Number(new URL(url).port), "127.0.0.1");
}

function received(socket: Socket, enough: (received: string) => boolean = () => false): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const end = () => {
      socket.destroy();
      resolve(text);
    };
    socket.on("data", (chunk) => {
      text += chunk.toString();
      if (enough(text)) end();
    });
    socket.on("error", () => {});
    socket.on("close", end);
  });
}

const headers = "host: x\r\ncontent-type: application/json\r\nx-forwarded-for: 192.0.2.1\r\n";

it("accepts, without reading an address or any header but five", async () => {
  const { body } = usageBatch(2);
  const answer = await raw(
    `POST /v1/events HTTP/1.1\r\n${headers}connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 204 /);
});

it("answers once, and keeps the connection, whatever the answer says", async () => {
  const { body } = usageBatch(2);
  const request = `POST /v1/events?plainsight-probe HTTP/1.1\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const answers = (text: string) => text.split('"probe":true').length - 1;
  // Two on one connection, in a packet each, and the body behind its head.
  const socket = open(host.url);
  const all = received(socket, (text) => answers(text) >= 2);
  socket.write(request.slice(0, -body.length));
  await new Promise((resolve) => setImmediate(resolve));
  socket.write(body);
  socket.write(request);
  expect(answers(await all)).toBe(2);
});

it("names no address in its source", () => {
  const source = readFileSync(join(worker.folder, "node.mjs"), "utf8");
  expect(source).not.toMatch(
    /remote(Address|Port|Family)|x-forwarded|cf-connecting|x-real|getpeername|req\.socket|incoming\.socket|rawHeaders/i,
  );
});

describe("answers whatever comes with a clear status", () => {
  const length = (size: number) => `${headers}content-length: ${size}\r\n`;
  it.each<[string, string, number]>([
    ["a path with ..", `POST /v1/../v1/events HTTP/1.1\r\n${length(2)}\r\n{}`, 404],
    ["an encoded ..", `POST /x/%2e%2e/v1/events HTTP/1.1\r\n${length(2)}\r\n{}`, 404],
    ["two slashes", `POST //v1/events HTTP/1.1\r\n${length(2)}\r\n{}`, 404],
    ["a whole URL", `POST http://x/v1/events HTTP/1.1\r\n${length(2)}\r\n{}`, 404],
    ["another path", `POST /v1/event HTTP/1.1\r\n${length(2)}\r\n{}`, 404],
    ["GET", `GET /v1/events HTTP/1.1\r\n${headers}\r\n`, 405],
    ["OPTIONS", `OPTIONS /v1/events HTTP/1.1\r\n${headers}\r\n`, 405],
    ["TRACE", `TRACE /v1/events HTTP/1.1\r\n${headers}\r\n`, 405],
    ["no body", `POST /v1/events HTTP/1.1\r\n${length(0)}\r\n`, 400],
    [
      "another content type",
      `POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n{}`,
      415,
    ],
    ["a web page", `POST /v1/events HTTP/1.1\r\norigin: https://x\r\n${length(2)}\r\n{}`, 403],
    ["an announced length that is too large", `POST /v1/events HTTP/1.1\r\n${length(70_000)}\r\n{`, 413],
    ["two lengths", `POST /v1/events HTTP/1.1\r\n${length(2)}content-length: 3\r\n\r\n{}`, 400],
    [
      "a length and chunks",
      `POST /v1/events HTTP/1.1\r\n${length(2)}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      400,
    ],
    ["large headers", `POST /v1/events HTTP/1.1\r\nx: ${"y".repeat(10_000)}\r\n${length(2)}\r\n{}`, 431],
    ["no HTTP at all", "\u0016\u0003\u0001\r\n\r\n", 400],
  ])("%s", async (_, request, status) => {
    expect(await raw(request, (text) => text.includes("\r\n\r\n"))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it("a chunked body without end", async () => {
    const socket = open(host.url);
    const answer = received(socket);
    socket.write(`POST /v1/events HTTP/1.1\r\n${headers}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `${(16_384).toString(16)}\r\n${"x".repeat(16_384)}\r\n`;
    let ended = false;
    socket.once("close", () => (ended = true));
    while (!ended) {
      if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("and is still there", async () => {
    expect(await post(host.url, usageBatch(1).body)).toBe(204);
  });
});

it("cuts connections that say nothing, stall in their headers, or in their body", async () => {
  const stalling = [
    "",
    "POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-ty",
    `POST /v1/events HTTP/1.1\r\n${headers}content-length: 100\r\n\r\n{`,
  ];
  const answers = await Promise.all(stalling.map((text) => raw(text)));
  expect(answers.slice(1).map((answer) => answer.slice(0, 12))).toEqual(["HTTP/1.1 408", "HTTP/1.1 408"]);
});

it("lets a request that is under way finish when it is told to stop, and takes no more", async () => {
  const leaving = await start();
  const { body } = usageBatch(1);
  const socket = open(leaving.url);
  const answer = received(socket);
  socket.write(`POST /v1/events HTTP/1.1\r\n${headers}content-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
  // Another answer on another connection: the first request has reached the host by then.
  expect(await post(leaving.url, usageBatch(1).body)).toBe(204);
  const ended = leaving.kill("SIGTERM");
  await until("it takes nothing more", async () => (await post(leaving.url, "{}")) === 0);
  socket.write(body.slice(10));
  expect(await answer).toMatch(/^HTTP\/1\.1 204 /);
  expect(await ended).toBe(0);
  expect(leaving.counted()).toMatchObject({ accepted: 2, stored: 2 });
});

it("limits each machine, and nobody else", async () => {
  const machine = "abcdefab-cdef-4abc-8def-abcdefabcdef";
  const statuses: number[] = [];
  // Twice the limit and more: a window may end in between.
  for (let index = 0; index < 14; index += 1) statuses.push(await post(host.url, usageBatch(1, machine).body));
  expect([...new Set(statuses)].sort()).toEqual([204, 429]);
  expect(await post(host.url, usageBatch(1).body)).toBe(204);
});
