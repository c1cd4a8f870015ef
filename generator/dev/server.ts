import type * as Http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Live, Row } from "../../templates/dev/live.js";
import { atTime } from "../../templates/worker/node/host/at-time.js";
import type { Example } from "../../templates/worker/runtime/contract.js";
import type { Picture, Wire } from "../../templates/worker/runtime/read/picture.js";
import type { Model } from "../model/model.js";
import { type DevFiles, type Load, pageFiles, partsOf } from "./parts.js";
import { type Incoming, openReceiver, type Receiver } from "./receiver.js";
import { createSession } from "./session.js";

/** A worker that runs, with its live page. */
export interface Dev {
  /** Of the live page. */
  readonly url: string;
  readonly endpoint: string;
  readonly receiver: Pick<Receiver, "host" | "real">;
  /** A request that passes, for a command line. */
  readonly example: Example;
  readonly wire: Wire;
  readonly method?: "PUT" | "GET" | "HEAD";
  readonly close: () => Promise<void>;
}

export interface DevOptions {
  /** The tool's own templates. */
  readonly templates: string;
  /** The folder in which miniflare is looked for. */
  readonly project: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly load: Load;
}

/** Serves the worker and its live page on loopback. Requests are judged one after the other, in the order in which they came. */
export async function startDev(model: Model, { load, port, project, templates }: DevOptions): Promise<Dev> {
  const { createServer } = (await load("node:http")) as typeof Http;
  const parts = await partsOf(model, templates, load);
  const files = pageFiles(templates);
  const receiver = await openReceiver(parts, files["receive.js"], project, load);
  const session = createSession(model, parts);
  const listeners = new Set<ServerResponse>();
  let url = "";
  let before: Promise<unknown> = Promise.resolve();

  const live = (requests: readonly Row[], all: boolean): string => {
    const { rules } = parts;
    const state: Live = {
      product: model.product,
      host: receiver.host,
      endpoint: `${url}${parts.contract.path}`,
      examples: rules.examples.map(({ name }) => name),
      requests,
      all,
      coverage: session.coverage(),
    };
    return `data: ${JSON.stringify(state)}\n\n`;
  };
  const take = (incoming: Incoming) => {
    const received = before.then(() => receiver.receive(incoming));
    const shown = received.then((answer) => {
      const text = live([session.add(incoming, answer, new Date())], false);
      for (const listener of listeners) listener.write(text);
      return answer;
    });
    before = shown.catch(() => {});
    return shown;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? "/";
    // A name that leads here from elsewhere (DNS rebinding) is not ours; nor are pages of other origins.
    if (!isOurs(request.headers.host, url)) return end(response, 403, "text/plain", "this is a loopback address\n");
    const path = target.replace(/\?.*$/s, "");
    if (request.method === "GET" && path === "/") return end(response, 200, "text/html", files["page.html"]);
    if (path.startsWith("/-/")) {
      if (!["same-origin", "none", undefined].includes(request.headers["sec-fetch-site"] as string | undefined))
        return end(response, 403, "text/plain", "only this page may\n");
      if (path === "/-/page.css") return end(response, 200, "text/css", files["page.css"]);
      if (path === "/-/page.js") return end(response, 200, "text/javascript", files["page.js"]);
      if (path === "/-/contract") return end(response, 200, "text/html", parts.html, framed);
      if (path === "/-/send" && request.method === "POST") {
        const found = parts.rules.examples[Number(new URL(target, url).searchParams.get("example"))];
        if (found !== undefined) await take(exampleOf(found.text, parts));
        return end(response, found === undefined ? 404 : 204, "text/plain", "");
      }
      if (path !== "/-/live") return end(response, 404, "text/plain", "");
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      // A contract that changed begins anew at the same address: who watches comes back soon.
      response.write(`retry: 500\n${live(session.rows, true)}`);
      listeners.add(response);
      return void response.once("close", () => listeners.delete(response));
    }
    const body = await read(request, parts.contract.limits.body);
    const answer = await take({ method: request.method ?? "GET", target, headers: passedOn(request), body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(answer.body);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() =>
      response.headersSent ? response.destroy() : end(response, 500, "text/plain", ""),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    for (const listener of listeners) listener.end();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await receiver.close();
  };
  return {
    url,
    endpoint: `${url}${parts.contract.path}`,
    receiver,
    example: parts.example,
    wire: parts.contract.wire,
    ...(parts.contract.method === undefined ? {} : { method: parts.contract.method }),
    close,
  };
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
/** The contract's page states its own policy; it may stand in ours. */
const framed = { "content-security-policy": "frame-ancestors 'self'" };

function end(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  more: Readonly<Record<string, string>> = { "content-security-policy": `${policy}; frame-ancestors 'none'` },
): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...more,
  });
  response.end(status === 204 ? undefined : text);
}

function isOurs(host: string | undefined, url: string): boolean {
  const { port } = new URL(url);
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Returns what the worker reads of a request's headers, and no more. */
function passedOn({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const names = ["content-type", "content-encoding", "origin", "sec-fetch-site"] as const;
  return Object.fromEntries(
    names.flatMap((name) => (typeof headers[name] === "string" ? [[name, headers[name]]] : [])),
  );
}

/** One byte more than is allowed is enough for the worker to say so. */
async function read(request: IncomingMessage, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    if (length <= most) pieces.push(piece);
    length += piece.byteLength;
  }
  return new Uint8Array(Buffer.concat(pieces).subarray(0, most + 1));
}

/** An example of the contract, as its client would send it now. */
export function exampleOf(text: string, { contract, example }: DevFiles): Incoming {
  const body = `${atTime(encodedBody(text, contract.wire), contract.wire, new Date())}\n`;
  return {
    method: contract.method ?? "POST",
    target: example.path,
    headers: example.headers,
    body: new Uint8Array(Buffer.from(body)),
  };
}

/** A page shows what travels encoded as it is before. */
function encodedBody(text: string, wire: Wire): string {
  const encode = (picture: Picture): string => {
    if (picture.kind === "json") return encode(picture.of);
    if (picture.kind !== "base64" && picture.kind !== "base64url") return text;
    return Buffer.from(encode(picture.of)).toString(picture.kind);
  };
  return (wire.format === "json" || wire.format === "form") && wire.body !== undefined ? encode(wire.body) : text;
}
