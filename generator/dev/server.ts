import type * as Http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Live, Row } from "../../templates/dev/live.js";
import { atTime } from "../../templates/worker/node/host/at-time.js";
import type { Example, WorkerContract } from "../../templates/worker/runtime/contract.js";
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
  const desk = new Desk(model, parts, files, receiver);
  const server = createServer((request, response) => {
    desk
      .serve(request, response)
      .catch(() => (response.headersSent ? response.destroy() : end(response, 500, "text/plain", "")));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  desk.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    desk.leave();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await receiver.close();
  };
  return {
    url: desk.url,
    endpoint: desk.endpoint,
    receiver,
    example: parts.example,
    wire: parts.contract.wire,
    ...(parts.contract.method === undefined ? {} : { method: parts.contract.method }),
    close,
  };
}

type PageFiles = ReturnType<typeof pageFiles>;

/** Takes requests for the receiver, and shows on the live page what became of them. */
class Desk {
  /** Known when the server listens. */
  url = "";
  readonly #model: Model;
  readonly #parts: DevFiles;
  readonly #files: PageFiles;
  readonly #receiver: Receiver;
  readonly #session: ReturnType<typeof createSession>;
  /** The pages that are open. */
  readonly #listeners = new Set<ServerResponse>();
  /** The request that is being judged. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(model: Model, parts: DevFiles, files: PageFiles, receiver: Receiver) {
    this.#model = model;
    this.#parts = parts;
    this.#files = files;
    this.#receiver = receiver;
    this.#session = createSession(model, parts);
  }

  get endpoint(): string {
    return `${this.url}${this.#parts.contract.path}`;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "/";
    // A name that leads here from elsewhere (DNS rebinding) is not ours; nor are pages of other origins.
    if (!isOurs(request.headers.host, this.url))
      return end(response, 403, "text/plain", "this is a loopback address\n");
    const path = target.replace(/\?.*$/s, "");
    if (request.method === "GET" && path === "/") return end(response, 200, "text/html", this.#files["page.html"]);
    if (path.startsWith("/-/")) return this.#servePage(path, target, request, response);
    const body = await read(request, this.#parts.contract.limits.body);
    const answer = await this.#take({
      method: request.method ?? "GET",
      target,
      headers: passedOn(request, this.#parts.contract),
      body,
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(answer.body);
  }

  leave(): void {
    for (const listener of this.#listeners) listener.end();
  }

  /** What the live page asks for. */
  async #servePage(path: string, target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!["same-origin", "none", undefined].includes(request.headers["sec-fetch-site"] as string | undefined))
      return end(response, 403, "text/plain", "only this page may\n");
    if (path === "/-/page.css") return end(response, 200, "text/css", this.#files["page.css"]);
    if (path === "/-/page.js") return end(response, 200, "text/javascript", this.#files["page.js"]);
    if (path === "/-/contract") return end(response, 200, "text/html", this.#parts.html, framed);
    if (path === "/-/send" && request.method === "POST") return this.#sendExample(target, response);
    if (path !== "/-/live") return end(response, 404, "text/plain", "");
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    // A contract that changed begins anew at the same address: who watches comes back soon.
    response.write(`retry: 500\n${this.#state(this.#session.rows, true)}`);
    this.#listeners.add(response);
    response.once("close", () => this.#listeners.delete(response));
  }

  async #sendExample(target: string, response: ServerResponse): Promise<void> {
    const example = this.#parts.rules.examples[Number(new URL(target, this.url).searchParams.get("example"))];
    if (example !== undefined) await this.#take(exampleOf(example.text, this.#parts));
    end(response, example === undefined ? 404 : 204, "text/plain", "");
  }

  #take(incoming: Incoming) {
    const received = this.#before.then(() => this.#receiver.receive(incoming));
    const shown = received.then((answer) => {
      const text = this.#state([this.#session.add(incoming, answer, new Date())], false);
      for (const listener of this.#listeners) listener.write(text);
      return answer;
    });
    this.#before = shown.catch(() => {});
    return shown;
  }

  /** A message for the live page. */
  #state(requests: readonly Row[], all: boolean): string {
    const state: Live = {
      product: this.#model.product,
      host: this.#receiver.host,
      endpoint: this.endpoint,
      examples: this.#parts.rules.examples.map(({ name }) => name),
      requests,
      all,
      coverage: this.#session.coverage(),
    };
    return `data: ${JSON.stringify(state)}\n\n`;
  }
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
function passedOn({ headers }: IncomingMessage, contract: WorkerContract): Readonly<Record<string, string>> {
  const heard = [contract, ...(contract.also ?? [])];
  const drawn = heard.flatMap(({ wire }) => (wire.headers ?? []).map(({ name }) => name.toLowerCase()));
  return Object.fromEntries(
    ["content-type", "content-encoding", "origin", "sec-fetch-site", ...drawn].flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
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
