import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemoryLimiter } from "../runtime/answer/memory-limiter.js";
import type { Host, Source, WorkerContract } from "../runtime/contract.js";
import { everything } from "../runtime/everything.js";
import { handle } from "../runtime/handle.js";
import { COUNTRY_HEADER } from "../runtime/judge/derive.js";
import { stamp } from "../runtime/sinks/entry.js";
import type { Count } from "../runtime/sinks/sink.js";
import type { Settings } from "./settings.js";
import type { Spool } from "./spool.js";
import { isPlainTarget, webRequest } from "./web-request.js";

export interface NodeHost {
  readonly url: string;
  /** Takes no new connection, lets requests under way finish, for ten seconds at most. */
  close(): Promise<void>;
}

/** Against connections that say nothing, or say it one byte at a time. In ms. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
const mostConnections = 2_000;
const patience = 10_000;

/** Serves one contract over HTTP: the same judgement as on Workers, and a spool instead of a queue. */
export async function startHost(
  contract: WorkerContract,
  pages: NonNullable<Host["pages"]>,
  settings: Pick<Settings, "host" | "port">,
  spool: Spool,
  count: Count,
  source: Source = {},
): Promise<NodeHost> {
  const limited =
    contract.rateLimit === undefined ? {} : { limited: createMemoryLimiter(contract.rateLimit, Date.now) };
  const judge = (request: Request): Promise<Response> =>
    handle(request, contract, {
      now: Date.now,
      ...limited,
      // What is answered as accepted is on disk.
      forward: (accepted) => spool.add(stamp(accepted, Date.now())),
      waitUntil: () => {},
      count,
      pages,
      source,
      forget: (who) => spool.forget(who),
      parts: everything,
    });
  const byAddress = Object.values(contract.derives ?? {}).includes("client-ip");
  const drawn = [...(contract.wire.headers ?? []).map(({ name }) => name), ...(byAddress ? [COUNTRY_HEADER] : [])];
  const server = createServer({ ...limits, maxHeaderSize: 8 * 1024 }, (incoming, outgoing) => {
    if (incoming.method === "GET" && incoming.url === "/health") return void answerHealth(outgoing, spool);
    if (!isPlainTarget(incoming.url ?? "")) return void answerShortly(outgoing, contract.responses.wrong_path);
    answer(incoming, outgoing, judge, drawn).catch(() => answerShortly(outgoing, contract.responses.wrong_method));
  });
  server.maxConnections = mostConnections;
  server.setTimeout(30_000);
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(settings.port, settings.host, resolve),
  );
  const { address, port, family } = server.address() as AddressInfo;
  return { url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`, close: () => closeServer(server) };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  judge: (request: Request) => Promise<Response>,
  drawn: readonly string[],
): Promise<void> {
  const response = await judge(webRequest(incoming, drawn));
  const body = Buffer.from(await response.arrayBuffer());
  // A body that is there to its last byte may not have been told to be over yet.
  if (!incoming.resume().complete) await new Promise<void>((resolve) => void setImmediate(resolve));
  // Asked once: while the answer leaves, the rest of the body may arrive.
  const { complete } = incoming;
  // A connection with an unread body on it is of no further use.
  if (!complete) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (complete) outgoing.end(body);
  else await lingering(incoming, outgoing, body);
}

/** Closing at once would reset the connection before the client has read the answer. */
async function lingering(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): Promise<void> {
  outgoing.write(body);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 500);
    incoming.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    incoming.resume();
  });
  outgoing.end();
}

/** For what can't even be made a request to be judged, such as `TRACE`. */
function answerShortly(outgoing: ServerResponse, status: number): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.shouldKeepAlive = false;
  outgoing.writeHead(status).end();
}

function answerHealth(outgoing: ServerResponse, spool: Spool): void {
  const trouble = spool.trouble();
  outgoing.writeHead(trouble === undefined ? 200 : 503, { "content-type": "text/plain; charset=utf-8" });
  outgoing.end(`${trouble ?? "ok"}\n`);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    // What is under way is the last on its connection.
    server.keepAliveTimeout = 1;
    server.closeIdleConnections();
  });
}
