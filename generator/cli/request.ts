import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { visible } from "../emit/visible.js";

/** The number of bytes that an endpoint may send. */
const largest = 4 << 20;

export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Answered = { readonly status: number; readonly text: string } | { readonly problem: string };

/**
 * One request, and its whole answer. One timer around all of it: name, connection, head and body; whatever is still under way then is
 * cut off. `fetch` can't be used: what it has begun to read stays open after an abort, and holds the process.
 */
export async function request(place: URL, { method, headers, body }: Asked, patience: number): Promise<Answered> {
  const send = place.protocol === "http:" ? httpRequest : httpsRequest;
  return new Promise((resolve) => {
    const end = (answer: Answered) => {
      clearTimeout(timer);
      resolve(answer);
      sent.destroy();
    };
    const failed = ({ message, code }: NodeJS.ErrnoException) =>
      end({ problem: `no answer that can be read (${visible(code ?? message)})` });
    const timer = setTimeout(() => end({ problem: `no whole answer within ${patience / 1000} s` }), patience);
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = send(place, { method, agent: false, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > largest) end({ problem: "the answer is too large to be a contract" });
      });
      response.on("end", () => end({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
      response.on("error", failed);
    });
    sent.on("error", failed);
    sent.end(body);
  });
}
