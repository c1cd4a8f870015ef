import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { temporary } from "../program.js";

export interface Receiver {
  /** What leads a program's requests here, wherever its contract sends them: a proxy, and an authority that it trusts. */
  readonly env: Readonly<Record<string, string>>;
  /** Address and body of each request, in the order of arrival. */
  readonly requests: { readonly to: string; readonly body: string }[];
  close(): void;
}

/** Real requests to the real addresses, with nothing in the program replaced: it is told of a proxy on loopback. */
export async function receiver(hosts: readonly string[]): Promise<Receiver> {
  const folder = temporary();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}`;
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", [...made, "-subj", "/CN=proof", "-addext", names, "-keyout", key, "-out", cert], {
    stdio: "pipe",
  });
  const requests: Receiver["requests"] = [];
  const server = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk));
    request.on("end", () => {
      requests.push({ to: `https://${request.headers.host}${request.url}`, body });
      response.writeHead(204).end();
    });
  });
  const proxy = createHttp().on("connect", (_, socket) => {
    socket.on("error", () => undefined);
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    server.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    env: { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: cert },
    requests,
    close: () => void proxy.close(),
  };
}
