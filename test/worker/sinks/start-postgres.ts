import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { postgresBinaries } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";

export interface Postgres {
  readonly port: number;
  /** Its own certificate, which no authority knows. */
  readonly certificate: string;
  /** As the superuser: rows as JSON. */
  query(sql: string): unknown[];
  run(sql: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A database of its own, reachable by TCP on loopback, with TLS and SCRAM-SHA-256. */
export async function startPostgres(): Promise<Postgres> {
  const folder = temporaryFolder("postgres");
  const data = join(folder, "data");
  const binary = (name: string) => join(postgresBinaries() ?? "", name);
  // The server refuses to run as root; Debian's user for it owns the folder then.
  const root = process.getuid?.() === 0;
  const [uid, gid] = root
    ? ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" })))
    : [];
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const as = uid === undefined ? {} : { uid, gid: gid as number };
  writeFileSync(join(folder, "password"), "super");
  chmodSync(join(folder, "password"), 0o644);
  execFileSync(
    binary("initdb"),
    ["-D", data, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${join(folder, "password")}`, "--no-sync"],
    { ...as, stdio: "ignore" },
  );
  const certificate = join(data, "server.crt");
  const request = "req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1";
  execFileSync("openssl", [...request.split(" "), "-out", certificate, "-keyout", join(data, "server.key")], {
    ...as,
    stdio: "ignore",
  });
  chmodSync(join(data, "server.key"), 0o600);
  const port = await freePort();
  const psql = (sql: string) =>
    execFileSync(
      "psql",
      ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-qtA", "-f", "-"],
      {
        input: sql,
        encoding: "utf8",
        env: { ...process.env, PGPASSWORD: "super" },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
  let server: ReturnType<typeof spawn> | undefined;
  const start = async () => {
    const options = [
      "ssl=on",
      "fsync=off",
      `unix_socket_directories=${folder}`,
      "listen_addresses=127.0.0.1",
      "shared_buffers=16MB",
    ];
    server = spawn(
      binary("postgres"),
      ["-D", data, "-p", String(port), ...options.flatMap((option) => ["-c", option])],
      { ...as, stdio: "ignore" },
    );
    for (let attempt = 0; ; attempt += 1) {
      try {
        psql("SELECT 1");
        return;
      } catch (error) {
        if (attempt > 150) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      if (server === undefined || server.exitCode !== null) return resolve();
      server.once("exit", () => resolve());
      server.kill("SIGINT");
    });
  await start();
  return {
    port,
    certificate: readFileSync(certificate, "utf8"),
    query: (sql) => JSON.parse(psql(`SELECT coalesce(json_agg(row), '[]') FROM (${sql}) AS row`)) as unknown[],
    run: (sql) => void psql(sql),
    stop,
    start,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
