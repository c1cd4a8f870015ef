import type { IncomingMessage } from "node:http";

/** All that the worker may know of a request's headers, beside those that the contract draws: no other is copied, least of all one that carries an address. */
const passedOn = ["content-type", "content-encoding", "content-length", "origin", "sec-fetch-site"] as const;

/** Whether a request's target is the path that it looks like: `..` and the like, which a URL parser would resolve, are not. */
export function isPlainTarget(target: string): boolean {
  const path = target.replace(/[?#].*$/s, "");
  return (
    path.startsWith("/") &&
    !path.startsWith("//") &&
    URL.canParse(`http://localhost${path}`) &&
    new URL(`http://localhost${path}`).pathname === path
  );
}

/** What the worker judges, made of what Node received, whose target is plain. Throws when the request can't be one. @param more headers that the contract draws. */
export function webRequest(incoming: IncomingMessage, more: readonly string[] = []): Request {
  const headers = new Headers();
  for (const name of [...passedOn, ...more]) {
    const value = incoming.headers[name.toLowerCase()];
    if (typeof value === "string") headers.set(name, value);
  }
  const method = incoming.method ?? "GET";
  const url = `http://localhost${incoming.url}`;
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: bodyOf(incoming), duplex: "half" } as RequestInit);
}

/** Reads no faster than the worker does. Cancelling stops the reading, not the connection: the answer still has to leave. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let over = false;
  return new ReadableStream(
    {
      start(controller) {
        const finish = (act: () => void) => () => {
          if (!over) act();
          over = true;
        };
        incoming.on("data", (chunk: Uint8Array) => {
          if (over) return;
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        incoming.on(
          "end",
          finish(() => controller.close()),
        );
        incoming.on(
          "error",
          finish(() => controller.error(new Error("aborted"))),
        );
        incoming.on(
          "close",
          finish(() => controller.error(new Error("aborted"))),
        );
        incoming.pause();
      },
      pull() {
        incoming.resume();
      },
      cancel() {
        over = true;
        incoming.resume();
      },
    },
    { highWaterMark: 64 * 1024, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}
