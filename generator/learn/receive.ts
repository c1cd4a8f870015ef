import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { readSample, type Sample } from "./sample.js";

/** A receiver that takes whatever an old client sends. */
export interface LearnReceiver {
  readonly url: string;
  readonly close: () => void;
}

const largest = 16 << 20;

/** Listens on this machine alone, answers every request with success, and hands on what it could read. Nothing leaves the machine. */
export async function startLearnReceiver(
  port: number,
  onSamples: (samples: readonly Sample[]) => void,
  onProblem: (target: string, problem: string) => void,
): Promise<LearnReceiver> {
  const server: Server = createServer((request, response) => {
    const target = `${request.method} ${(request.url ?? "/").replace(/\?.*$/s, "")}`;
    // Answered before it is reported: who waits for so many requests may end everything then.
    const answered = (tell: () => void) => {
      response.once("close", tell);
      answer(response);
    };
    receive(request).then(
      (body) =>
        answered(() => {
          const read = readSample(body, request.headers["content-type"]);
          if ("problem" in read) onProblem(target, read.problem);
          else onSamples(read.map((sample) => ({ ...sample, target, ...queryOf(request) })));
        }),
      () => answered(() => onProblem(target, "its body could not be read")),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Answers with what PostHog's and Segment's libraries take for success; nobody else reads it. */
function answer(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json", connection: "close" });
  response.end('{"status":1,"success":true}\n');
}

async function receive(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > largest) throw new Error("too large");
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  const options = { maxOutputLength: largest };
  const unpack = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync } as const;
  const encoding = String(request.headers["content-encoding"]) as keyof typeof unpack;
  const unpacked = unpack[encoding]?.(bytes, options);
  return (unpacked ?? bytes).toString("utf8");
}

function queryOf({ url = "" }: IncomingMessage): Pick<Sample, "query"> {
  const at = url.indexOf("?");
  return at < 0 ? {} : { query: Object.fromEntries(new URLSearchParams(url.slice(at))) };
}
