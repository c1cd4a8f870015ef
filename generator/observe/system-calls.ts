import { readDnsMessage } from "./dns-message.js";

/** An address that a process reached for, as the operating system saw it. */
export interface Reached {
  readonly pid: number;
  readonly address: string;
  readonly port: number;
}

export interface Traced {
  readonly reached: readonly Reached[];
  /** Names that were looked up by DNS, and the addresses that came back. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
  /** The programs that ran under a process's number, as far as it was seen to start. */
  readonly programs: ReadonlyMap<number, string>;
}

/** The options of `strace`; `-xx` prints each string as hexadecimal, so that nothing in one can be taken for anything else. */
export const STRACE_OPTIONS = [
  ...["-f", "-qq", "--seccomp-bpf", "-xx", "-s", "4096"],
  ...["-e", "trace=execve,connect,sendto,sendmsg,sendmmsg,recvfrom,recvmsg,recvmmsg"],
] as const;

const call =
  /^(\d+) +(?:<\.\.\. )?(execve|connect|sendto|sendmsg|sendmmsg|recvfrom|recvmsg|recvmmsg)(?:\(| resumed>)(.*)$/;
const internet =
  /sa_family=AF_INET6?, sin6?_port=htons\((\d+)\),(?: sin6_flowinfo=[^,]+,)? (?:sin_addr=inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"|sin6_addr=inet_pton\(AF_INET6, "([^"]*)")/g;

/** Reads the trace of a program and its children. */
export function readTrace(text: string): Traced {
  const reached: Reached[] = [];
  const asked = new Map<string, Set<string>>();
  const programs = new Map<number, string>();
  for (const line of text.split("\n")) {
    const [, pid, name = "", rest = ""] = call.exec(line) ?? [];
    if (pid === undefined) continue;
    if (name === "execve") {
      const words = [...(/\[(.*?)\]/.exec(rest)?.[1] ?? "").matchAll(/"([^"]*)"/g)].map(([, word = ""]) => plain(word));
      if (words.length > 0) programs.set(Number(pid), words.slice(0, 2).join(" "));
      continue;
    }
    if (!name.startsWith("recv"))
      for (const [, port, four, six, other] of rest.matchAll(internet)) {
        const address = plain(four ?? six ?? other ?? "");
        // Port 0: `getaddrinfo` asks the system which of several addresses it would take. Nothing is sent.
        if (Number(port) !== 0) reached.push({ pid: Number(pid), address, port: Number(port) });
      }
    if (name === "connect") continue;
    for (const [, hex = ""] of rest.matchAll(/"((?:\\x[0-9a-f]{2})+)"/g)) {
      const message = readDnsMessage(Buffer.from(hex.replaceAll("\\x", ""), "hex"));
      if (message === undefined) continue;
      const known = asked.get(message.name) ?? new Set();
      for (const address of message.addresses) known.add(address);
      asked.set(message.name, known);
    }
  }
  return { reached, asked, programs };
}

/** An address as it is written everywhere: an IPv4 address stays one when it is reached through IPv6. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "").toLowerCase();
}

function plain(hex: string): string {
  return plainAddress(hex.startsWith("\\x") ? Buffer.from(hex.replaceAll("\\x", ""), "hex").toString("latin1") : hex);
}
