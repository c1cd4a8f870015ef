import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Endpoint {
  readonly url: string;
  readonly requests: Received[];
  /** All events of all batches. */
  events(): { event: string; ts: string; props: Record<string, unknown> }[];
  close(): Promise<void>;
}

/** A receiver on loopback that gives one answer, or none at all. */
export async function endpoint(answer: number | "never" | "redirect" | "endless" = 204): Promise<Endpoint> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk));
    request.on("end", () => {
      requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
      if (answer === "never") return;
      if (answer === "redirect") response.writeHead(307, { location: "/elsewhere" }).end();
      else if (answer === "endless") {
        response.writeHead(200);
        const timer = setInterval(() => response.write("x".repeat(65536)), 1);
        response.on("close", () => clearInterval(timer));
      } else response.writeHead(answer).end(answer === 204 ? undefined : "no");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/events`,
    requests,
    events: () => requests.flatMap(({ body }) => (JSON.parse(body) as { events: [] }).events),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
