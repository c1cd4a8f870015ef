import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { until } from "../support/wait.js";
import { certificates } from "./proof/network-space.js";

/** One request as it travelled: every byte that the client wrote. */
export interface Arrived {
  /** `https://` and the host that was asked for; `http://` for what came in plaintext. */
  readonly origin: string;
  readonly line: string;
  /** In the order and spelling of the wire. */
  readonly headers: readonly string[];
  readonly body: string;
  readonly bytes: Buffer;
}

type Answer = number | "never" | "hang up" | readonly [status: number, headers: Readonly<Record<string, string>>];

/** The whole internet, as far as a program can tell: whatever host it asks for is this one. */
export interface Gateway {
  /** For the program's environment. Programs find the real addresses of their contracts through it. */
  readonly env: Readonly<Record<string, string>>;
  /** Every connection that was asked for, `host:port`. */
  readonly asked: string[];
  readonly requests: Arrived[];
  /** Returns the number of connections that the client closed before they were answered. */
  readonly givenUp: () => number;
  answer: Answer | ((request: Arrived, nth: number) => Answer);
  /** Called before a connection gets any answer. */
  onConnection: () => void;
  /** Resolves as soon as that many requests have arrived. */
  arrived(count: number): Promise<void>;
  close(): void;
}

/** A proxy that the environment names and that is everybody: it ends TLS itself, with a certificate that the program trusts. */
export async function gateway(hosts: readonly string[]): Promise<Gateway> {
  const { key, cert } = certificates(hosts);
  const secureContext = createSecureContext({ key: readFileSync(key), cert: readFileSync(cert) });
  const [asked, requests, sockets]: [string[], Arrived[], Set<Socket>] = [[], [], new Set()];
  let givenUp = 0;

  const receive = (socket: Socket | TLSSocket, origin: string) => {
    let bytes = Buffer.alloc(0);
    let answered = false;
    socket.on("close", () => (givenUp += Number(!answered)));
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf("\r\n\r\n");
      const [line = "", ...headers] = bytes.subarray(0, end).toString("latin1").split("\r\n");
      const length = Number(/^content-length: *(\d+)$/im.exec(headers.join("\n"))?.[1] ?? 0);
      if (answered || end < 0 || bytes.length < end + 4 + length) return;
      const request = { origin, line, headers, body: bytes.subarray(end + 4).toString("utf8"), bytes };
      const { answer } = own;
      const given = typeof answer === "function" ? answer(request, requests.length) : answer;
      requests.push(request);
      if (given === "hang up") socket.destroy();
      answered = given !== "never";
      if (typeof given !== "string") {
        const [status, more] = typeof given === "number" ? [given, { location: "https://elsewhere.example/" }] : given;
        const lines = Object.entries({ ...more, "content-length": "0" }).map((header) => `${header.join(": ")}\r\n`);
        socket.end(`HTTP/1.1 ${status} X\r\n${lines.join("")}\r\n`);
      }
    });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    socket.once("data", (head: Buffer) => {
      const [, host] = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(String(head)) ?? [];
      asked.push(host ?? String(head).split("\r\n")[0] ?? "");
      own.onConnection();
      if (host === undefined) {
        receive(socket, "http://");
        socket.emit("data", head);
        return;
      }
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      receive(
        secure.on("error", () => undefined),
        `https://${host.replace(/:443$/, "")}`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own: Gateway = {
    env: { HTTPS_PROXY: address, HTTP_PROXY: address, ALL_PROXY: address, NODE_EXTRA_CA_CERTS: cert, DENO_CERT: cert },
    asked,
    requests,
    givenUp: () => givenUp,
    answer: 204,
    onConnection: () => undefined,
    async arrived(count) {
      await until(`${count} requests arrived`, () => requests.length >= count, { every: 2 });
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return own;
}
