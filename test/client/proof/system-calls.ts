import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { temporary } from "../program.js";

/** The system calls of a process and all its children, seen from outside. */
export interface Calls {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Calls that reach for a network or another process's socket. */
  readonly sockets: readonly string[];
  /** Calls that make, open for writing, move or remove a file. */
  readonly writes: readonly string[];
  /** Programs that were started beside this one. */
  readonly children: readonly string[];
}

const socketCalls =
  /^(socket|socketpair|connect|bind|listen|accept4?|send(to|msg|mmsg)|recv(from|msg|mmsg)|io_uring_setup)\(/;
const changingCalls =
  /^(creat|mkdir|mkdirat|mknod|mknodat|rename|renameat2?|link|linkat|symlink|symlinkat|unlink|unlinkat|rmdir|truncate|chmod|fchmodat|chown|lchown|fchownat|utime|utimes|utimensat|futimesat|setxattr)\(/;
const openedToWrite = /^open(at2?)?\(.*\bO_(WRONLY|RDWR|CREAT|APPEND|TRUNC)\b/;
const startedAnother = /^(execve|execveat|fork|vfork)\(|^clone3?\((?!.*CLONE_THREAD)/;

export interface WatchOptions {
  /** The other home in which it runs. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** `none`: a namespace in which there is no network at all. */
  readonly network?: "none";
}

/** Runs a program to its end under strace. */
export function watched(file: string, { home, env = {}, args = [], network }: WatchOptions): Promise<Calls> {
  const trace = join(temporary(), "trace");
  const [command = "", ...before] = network === "none" ? ["unshare", "-n", "strace"] : ["strace"];
  const child = spawn(
    command,
    [
      ...before,
      "-f",
      "-qq",
      "--seccomp-bpf",
      "-s",
      "200",
      "-e",
      "trace=network,file,process,io_uring_setup",
      "-o",
      trace,
      process.execPath,
      file,
      ...args,
    ],
    {
      cwd: home,
      env: { PATH: process.env["PATH"] ?? "", HOME: home, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve) =>
    child.on("close", (code) => {
      const calls = readFileSync(trace, "utf8")
        .split("\n")
        .map((line) => line.replace(/^\d+ +/, ""));
      resolve({
        code,
        stdout,
        stderr,
        sockets: calls.filter((call) => socketCalls.test(call)),
        writes: calls.filter(
          (call) => changingCalls.test(call) || (openedToWrite.test(call) && !call.includes('"/dev/null"')),
        ),
        // The first one is Node itself.
        children: calls.filter((call) => startedAnother.test(call)).slice(1),
      });
    }),
  );
}
