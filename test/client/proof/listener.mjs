// Listens inside a network namespace, behaves as its first argument says, and prints a JSON line for what it saw.
import { readFileSync } from "node:fs";
import { createServer as createHttps } from "node:https";
import { createServer as createTcp } from "node:net";

const mode = process.argv[2];
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const answers = {
  204: (response) => response.writeHead(204).end(),
  500: (response) => response.writeHead(500).end("no"),
  "204 with a body": (response) => response.socket.end("HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\nunwelcome"),
  redirect: (response) => response.writeHead(307, { location: "https://elsewhere.example/v1/events" }).end(),
  never: () => undefined,
  endless: (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("x".repeat(65536)), 1);
    response.on("close", () => clearInterval(timer));
  },
  "headers without end": (response) => {
    response.socket.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => response.socket.write("x: y\r\n"), 5);
    response.socket.on("close", () => clearInterval(timer)).on("error", () => undefined);
  },
};

const https = () =>
  createHttps({ key: readFileSync(process.env.KEY), cert: readFileSync(process.env.CERT) }, (request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      print({ host: request.headers.host, body });
      answers[mode](response);
    });
    request.on("error", () => undefined);
  });

/** Takes connections and says nothing: no TLS ever begins. */
const mute = () =>
  createTcp((socket) => {
    print({ connection: true });
    socket
      .on("error", () => undefined)
      .on("data", (data) => process.env.PORT && print({ said: data.toString("latin1") }));
  });

const server = mode === "mute" ? mute() : https();
server.listen(Number(process.env.PORT ?? 443), "127.0.0.1", () => process.stdout.write("listening\n"));
process.on("SIGTERM", () => process.exit(0));
