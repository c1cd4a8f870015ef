import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../support/wait.js";
import { type Ran, temporary } from "../program.js";

/** A network of its own, in which the real addresses lead wherever a test wants them to. */
export interface NetworkSpace {
  /** Runs a program in it to its end; one that does not end is ended after `limit` milliseconds (30 s), and its code is null. */
  run(file: string, options: RunOptions): Promise<Ran>;
  /** Starts a receiver in it, and waits until it listens. */
  listen(mode: string, options?: Record<string, string>): Promise<Listener>;
  remove(): void;
}

export interface RunOptions {
  readonly home: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly limit?: number;
  /** Called with what the program has printed so far, whenever it prints. */
  readonly onText?: (text: string) => void;
}

export interface Listener {
  /** Returns the requests so far: one entry per connection or whole request. */
  seen(): readonly { host?: string; body?: string; connection?: true; said?: string }[];
  end(): Promise<void>;
}

/** An address in the space at which nobody ever answers anything. */
export const silent = "10.98.0.7";
/** One for which the system says at once that there is no way. */
export const unreachable = "10.97.0.7";

let made = 0;

/** @param names host name → address, as a hosts file says it. @param resolver the one name server. */
export function networkSpace({
  names = {},
  resolver = "127.0.0.1",
}: {
  names?: Record<string, string>;
  resolver?: string;
}): NetworkSpace {
  const space = `plainsight-${process.pid}-${made++}`;
  const settings = join("/etc/netns", space);
  const ip = (...words: string[]) => execFileSync("ip", words, { stdio: "pipe" });
  const within = (...words: string[]) => ip("netns", "exec", space, "ip", ...words);
  const running = new Set<ReturnType<typeof spawn>>();
  const remove = () => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(settings, { recursive: true, force: true });
    ip("netns", "del", space);
  };
  ip("netns", "add", space);
  try {
    // `ip netns exec` lays these over the system's own.
    mkdirSync(settings, { recursive: true });
    const hosts = Object.entries(names).map(([name, address]) => `${address} ${name}\n`);
    writeFileSync(join(settings, "hosts"), `127.0.0.1 localhost\n${hosts.join("")}`);
    writeFileSync(join(settings, "resolv.conf"), `nameserver ${resolver}\noptions timeout:30 attempts:5\n`);
    within("link", "set", "lo", "up");
    within("link", "add", "v0", "type", "veth", "peer", "name", "v1");
    within("addr", "add", "10.98.0.1/24", "dev", "v0");
    for (const end of ["v0", "v1"]) within("link", "set", end, "up");
    // Its card is known, so that packets do leave; there is nobody at the other end.
    within("neigh", "add", silent, "lladdr", "02:00:00:00:00:07", "dev", "v0");
    within("route", "add", "default", "via", silent);
    within("route", "add", "unreachable", unreachable);
  } catch (error) {
    remove();
    throw error;
  }

  const start = (file: string, args: readonly string[], env: Record<string, string>) => {
    const child = spawn("ip", ["netns", "exec", space, process.execPath, file, ...args], {
      env: { PATH: process.env["PATH"] ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    child.on("close", () => running.delete(child));
    return child;
  };

  return {
    remove,
    run(file, { home, args = [], env = {}, limit = 30_000, onText }) {
      const begin = performance.now();
      const child = start(file, args, { HOME: home, ...env });
      const late = setTimeout(() => child.kill("SIGKILL"), limit);
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk: Buffer) => {
        stdout += chunk;
        onText?.(stdout);
      });
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
      return new Promise((resolve) =>
        child.on("close", (code, signal) => {
          clearTimeout(late);
          resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - begin });
        }),
      );
    },
    async listen(mode, options = {}) {
      const child = start(join(import.meta.dirname, "listener.mjs"), [mode], options);
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => (text += chunk));
      child.stderr.pipe(process.stderr);
      await until("the listener listens", () => text.includes("\n"));
      return {
        seen: () =>
          text
            .split("\n")
            .slice(1)
            .filter(Boolean)
            .map((line) => JSON.parse(line) as { body?: string }),
        end: async () => {
          child.kill("SIGTERM");
          await new Promise((resolve) => child.once("close", resolve));
        },
      };
    },
  };
}

/** Certificates for these names: one of an authority that programs can be told of. */
export function certificates(names: readonly string[]): { key: string; cert: string } {
  const folder = temporary();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=proof", "-addext", `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`];
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-keyout",
      key,
      "-out",
      cert,
      "-days",
      "2",
      ...subject,
    ],
    { stdio: "pipe" },
  );
  return { key, cert };
}
