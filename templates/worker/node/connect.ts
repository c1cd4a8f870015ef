import { readFileSync } from "node:fs";
import { connect as connectTcp, isIP, type Socket as TcpSocket } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { Connect, Socket } from "../runtime/sinks/sink.js";

/** Node's sockets in the shape of Workers' `connect()`. TLS is checked against the system's authorities, or those in the file `PGSSLROOTCERT`. */
export function nodeConnect(env: Readonly<Record<string, unknown>>): Connect {
  return ({ hostname, port }) => {
    const socket = connectTcp({ host: hostname, port });
    return wrap(socket, () => {
      const authorities = typeof env.PGSSLROOTCERT === "string" ? { ca: readFileSync(env.PGSSLROOTCERT) } : {};
      const server = isIP(hostname) === 0 ? { servername: hostname } : {};
      return wrap(connectTls({ socket, host: hostname, ...server, ...authorities }), () => {
        throw new Error("TLS already");
      });
    });
  };
}

function wrap(socket: TcpSocket, startTls: () => Socket): Socket {
  // Whoever reads or writes hears of an error through the streams; a late one, after that, is nobody's.
  socket.on("error", () => {});
  const streams = lazily(() => Duplex.toWeb(socket) as unknown as Pick<Socket, "readable" | "writable">);
  return {
    get readable() {
      return streams().readable;
    },
    get writable() {
      return streams().writable;
    },
    startTls,
    async close() {
      socket.destroy();
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
