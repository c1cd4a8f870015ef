import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proxyFor } from "../../templates/client/runtime/send/proxy.js";
import { program, run, temporary } from "./program.js";

describe("the proxy that the environment names", () => {
  const proxy = "http://proxy.example:3128";
  const https = "https://telemetry.example.com/v1";
  it.each<[what: string, url: string, env: Record<string, string>, expected: string | undefined]>([
    ["none", https, {}, undefined],
    ["for https", https, { HTTPS_PROXY: proxy }, proxy],
    ["in small letters, which come first", https, { https_proxy: proxy, HTTPS_PROXY: "http://other" }, proxy],
    ["for everything", https, { ALL_PROXY: "socks5://proxy" }, "socks5://proxy"],
    ["for http only", https, { HTTP_PROXY: proxy }, undefined],
    ["empty", https, { HTTPS_PROXY: "" }, undefined],
    ["not for this name", https, { HTTPS_PROXY: proxy, NO_PROXY: "other.com, telemetry.example.com" }, undefined],
    ["not for names below this one", https, { HTTPS_PROXY: proxy, NO_PROXY: ".example.com" }, undefined],
    ["not for names like *.example.com", https, { HTTPS_PROXY: proxy, no_proxy: "*.Example.com" }, undefined],
    ["for a name that only looks like it", https, { HTTPS_PROXY: proxy, NO_PROXY: "ample.com" }, proxy],
    ["not for another port", https, { HTTPS_PROXY: proxy, NO_PROXY: "example.com:8443" }, proxy],
    ["not for this port", https, { HTTPS_PROXY: proxy, NO_PROXY: "example.com:443" }, undefined],
    ["for nothing", https, { HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined],
    ["never for loopback", "http://127.0.0.1:8080/", { HTTP_PROXY: proxy, ALL_PROXY: proxy }, undefined],
    ["never for localhost", "https://localhost/", { HTTPS_PROXY: proxy }, undefined],
  ])("%s", (_, url, env, expected) => expect(proxyFor(new URL(url), env)).toBe(expected));
});

describe("a request through a proxy", () => {
  const folder = temporary();
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name)) as [string, string];
  const received: string[] = [];
  const asked: string[] = [];
  const passed: Buffer[] = [];
  const servers: { close(): void; unref(): void }[] = [];
  let file: string;
  let port: number;

  beforeAll(async () => {
    const subject = ["-subj", "/CN=telemetry.test", "-addext", "subjectAltName=DNS:telemetry.test"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...subject],
      { stdio: "ignore" },
    );
    const receiver = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      request.on("data", (chunk: Buffer) => received.push(String(chunk)));
      request.on("end", () => response.writeHead(204).end());
    });
    await listen(receiver);
    ({ port } = receiver.address() as AddressInfo);
    file = await program(`import { send } from "./generated/client/runtime/later/send.js";
      const { url } = { url: process.argv[2] };
      const wait = setTimeout(() => undefined, 20_000);
      send({ url, headers: {}, body: "the body", signal: AbortSignal.timeout(20_000) })
        .then(console.log, (error) => console.log("failed", error.message)).finally(() => clearTimeout(wait));`);
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  async function listen(server: Server | ReturnType<typeof createServer>): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    return (server.address() as AddressInfo).port;
  }

  /** A proxy that answers CONNECT as told, and keeps what passes through it. */
  const proxy = (status: string) =>
    listen(
      createTcpServer((client) => {
        client.on("error", () => undefined);
        client.once("data", (head: Buffer) => {
          asked.push(String(head));
          client.write(`HTTP/1.1 ${status}\r\n\r\n`);
          if (!status.startsWith("200")) return;
          const onwards = connect(port, "127.0.0.1").on("error", () => undefined);
          client.on("data", (chunk: Buffer) => passed.push(chunk));
          client.pipe(onwards).pipe(client);
        });
      }),
    );

  const through = (address: string) =>
    run(file, {
      home: temporary(),
      args: [`https://telemetry.test:${port}/v1/events`],
      env: { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: cert },
    });

  it("arrives; the proxy learns the host's name and nothing else", async () => {
    const { stdout } = await through(`http://ada:p%40ss@127.0.0.1:${await proxy("200 OK")}`);
    expect([stdout, received]).toEqual(["204\n", ["the body"]]);
    expect(asked[0]?.split("\r\n").filter(Boolean)).toEqual([
      `CONNECT telemetry.test:${port} HTTP/1.1`,
      `host: telemetry.test:${port}`,
      `proxy-authorization: Basic ${Buffer.from("ada:p@ss").toString("base64")}`,
      "Connection: close",
    ]);
    expect(Buffer.concat(passed).includes("the body")).toBe(false);
  });

  it("is not sent where the proxy refuses, is of another kind, or is not there", async () => {
    const before = received.length;
    const addresses = [
      `http://127.0.0.1:${await proxy("403 Forbidden")}`,
      "socks5://127.0.0.1:9",
      "http://127.0.0.1:9",
      "::",
    ];
    const runs = await Promise.all(addresses.map(through));
    expect(runs.map(({ stdout, code }) => [stdout.split(" ")[0], code])).toEqual(addresses.map(() => ["failed", 0]));
    expect(received.length).toBe(before);
  });
});
