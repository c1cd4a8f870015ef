import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ran, RunOptions } from "../client/program.js";

/** One run of a program in Python as a process of its own, with nothing in its environment but what is said here. */
export function runPython(python: string, source: string, { home, args = [], env = {} }: RunOptions): Promise<Ran> {
  const start = performance.now();
  const file = join(home, "..", `${Math.random().toString(36).slice(2)}.py`);
  writeFileSync(file, source);
  const child = spawn(python, ["-X", "utf8", file, ...args], {
    env: { PATH: process.env["PATH"], HOME: home, PYTHONDONTWRITEBYTECODE: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  return new Promise((resolve) =>
    child.on("close", (code, signal) =>
      resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - start }),
    ),
  );
}

/**
 * CodeGraph's client in a program: its requests go to `ENDPOINT`, and its clock is `DAYS` ahead.
 * @param folder the client lies in.
 */
export function codegraphIn(folder: string): string {
  return `
import os, sys, threading, time
sys.path.insert(0, ${JSON.stringify(join(folder, "python"))})
import codegraph_telemetry as telemetry
from codegraph_telemetry._contract import client
telemetry.setup(node_major=${Number.parseInt(process.versions.node, 10)}, version="0.9.12", build="codegraph")
def send(url, headers, data, within, handed_over):
    from codegraph_telemetry._runtime.wire import send_over_network
    return send_over_network("POST", os.environ.get("ENDPOINT", "http://127.0.0.1:9/"), headers, data, within, handed_over)
client.host.send = send
client.host.now = lambda: time.time_ns() // 1_000_000 + int(os.environ.get("DAYS", "0")) * 86_400_000
def install():
    telemetry.install(targets=["claude"], scope="local", kind="fresh", sqlite_backend="native")
`;
}
