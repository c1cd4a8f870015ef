import { connect } from "node:net";

/** Bytes as they are, to a server on loopback: no client that mends what is wrong with them. */
export function rawRequest(
  url: URL,
  head: readonly string[],
  body: readonly (string | Buffer)[] = [],
  patience = 20_000,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname);
    let answer = "";
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(end, patience);
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      // One answer is enough; the rest of a body that does not end is of no interest.
      if (answer.includes("\r\n\r\n")) end();
    });
    socket.on("close", end);
    socket.on("error", end);
    socket.on("connect", () => {
      socket.write(`${head.join("\r\n")}\r\nhost: ${url.host}\r\n\r\n`);
      for (const part of body) if (!socket.destroyed) socket.write(part);
    });
  });
}

/** The status of an answer; 0 where the connection was closed without one. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

export function chunk(data: string): string {
  return `${Buffer.byteLength(data).toString(16)}\r\n${data}\r\n`;
}
