import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** As much of PostHog as the worker sees: keeps one event per uuid, and can be taken down and brought back. */
export class PosthogBackend {
  /** uuid → how often it came. */
  readonly received = new Map<string, number>();
  /** `machine/number` in the order in which they came first. */
  readonly order: string[] = [];
  requests = 0;
  status = 200;
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/batch/`;
  }

  async up(): Promise<void> {
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => {
          this.requests += 1;
          if (this.status === 200) this.#keep(Buffer.concat(chunks).toString());
          outgoing.writeHead(this.status).end(this.status === 200 ? '{"status":"Ok"}' : "no");
        });
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Connections are refused from now on, and those there are cut off. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  }

  #keep(body: string): void {
    const { batch } = JSON.parse(body) as {
      batch: { uuid: string; properties: { machine_id: string; count?: number } }[];
    };
    for (const { uuid, properties } of batch) {
      if (!this.received.has(uuid)) this.order.push(`${properties.machine_id}/${properties.count}`);
      this.received.set(uuid, (this.received.get(uuid) ?? 0) + 1);
    }
  }
}
