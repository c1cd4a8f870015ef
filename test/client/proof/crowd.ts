import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { until } from "../../support/wait.js";
import { queued, temporary } from "../program.js";

/** The outcome of many processes that record, send and are killed in one home. */
export interface Outcome {
  readonly processes: number;
  readonly kills: number;
  /** Lines and counts whose writing had returned. */
  readonly kept: number;
  readonly lost: readonly string[];
  /** Received more than once, although none of its senders was killed. */
  readonly doubled: readonly string[];
  /** Received more than once, one of its senders being killed between the post and giving up its claim: the stated window. */
  readonly inTheWindow: number;
  /** Received, but never meant. */
  readonly invented: readonly string[];
  /** Sums of counts that are less than what was kept, or more than what was meant. */
  readonly wrongSums: readonly string[];
  readonly requests: number;
  readonly left: number;
  /** Under how many identifiers. */
  readonly identifiers: number;
}

export interface Crowd {
  readonly recorders: number;
  readonly rounds: number;
  readonly senders: number;
  /** The number of programs at once. */
  readonly atOnce: number;
  /** The commands of the program in other languages than Node's: they take turns. */
  readonly others?: readonly (readonly string[])[];
}

interface Received {
  readonly sender: string;
  readonly machine_id: string;
  readonly events: readonly { event: string; props: { targets?: string[]; name?: string; count?: number } }[];
}

/** Runs such a crowd to its end, then flushes what is left a day later. About half of all processes are killed at random moments. */
export async function crowd({ recorders, rounds, senders, atOnce, others = [] }: Crowd): Promise<Outcome> {
  const folder = temporary();
  const program = join(folder, "program.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "crowd-program.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  const home = temporary();
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ ...(JSON.parse(body) as Received), sender: String(request.headers["x-sender"]) });
      setTimeout(() => response.writeHead(204).end(), Math.random() * 20);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const killed = new Set<string>();
  let processes = 0;
  const start = (role: string, name: string, { days = 0, count = rounds }: { days?: number; count?: number } = {}) => {
    const halves = [[process.execPath, program], ...others];
    const [command = "", ...words] = halves[processes++ % halves.length] ?? [];
    const child = spawn(command, [...words, role, name, join(folder, `${name}.log`), String(count)], {
      env: { HOME: home, ENDPOINT, DAYS: String(days), CAP: String(recorders * rounds * 1024) },
      stdio: "ignore",
    });
    const end = new Promise<void>((resolve) => child.once("close", () => resolve()));
    return { child, end };
  };

  let over = false;
  const lane = async (which: number): Promise<void> => {
    for (let number = which; number < recorders; number += atOnce) {
      const name = `r${number}`;
      // Yesterday's: their counts are due while they are still written.
      const { child, end } = start("record", name, { days: -1 });
      if (number % 2 === 0) {
        await until(`${name} writes`, () => existsSync(join(folder, `${name}.log`)) || child.exitCode !== null, {
          every: 5,
        });
        await wait(Math.random() * rounds * 3);
        if (child.kill("SIGKILL")) killed.add(name);
      }
      await end;
    }
  };
  const sender = async (which: number): Promise<void> => {
    for (let number = 0; !over; number++) {
      const name = `s${which}-${number}`;
      const { child, end } = start("send", name);
      const late = performance.now() + 300 + Math.random() * 500;
      while (!over && performance.now() < late) await wait(10);
      if (child.kill("SIGKILL")) killed.add(name);
      await end;
    }
  };
  const sending = Array.from({ length: senders }, (_, which) => sender(which));
  await Promise.all(Array.from({ length: atOnce }, (_, which) => lane(which)));
  over = true;
  await Promise.all(sending);
  // An hour and more later, what dead senders held is free; ten seconds after that, what came late to sent files.
  // On a busy machine a flush may run out of its own time: what it gave back is sent by the next.
  for (let day = 1; day <= 20 && (day <= 3 || queued(home).length > 0); day++) {
    await start("flush", `last-${day}`, { days: day, count: 3 }).end;
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));

  const logs = Array.from({ length: recorders }, (_, number) => join(folder, `r${number}.log`)).flatMap((path) =>
    existsSync(path) ? readFileSync(path, "utf8").split("\n") : [],
  );
  const said = (word: string) =>
    logs.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const [means, kept] = [new Set(said("means")), said("kept")];
  const senderOf = new Map<string, string[]>();
  const sums = new Map<string, number>();
  let sumsFromKilled = 0;
  for (const { sender, events } of received)
    for (const { event, props } of events) {
      if (event === "uninstall")
        for (const id of props.targets ?? []) senderOf.set(id, [...(senderOf.get(id) ?? []), sender]);
      else {
        sums.set(props.name ?? "", (sums.get(props.name ?? "") ?? 0) + (props.count ?? 0));
        if (killed.has(sender)) sumsFromKilled++;
      }
    }
  const more = [...senderOf].filter(([, by]) => by.length > 1);
  const of = (ids: Iterable<string>, name: string) => [...ids].filter((id) => id.startsWith(`${name}-`)).length;
  const wrongSums = Array.from({ length: recorders }, (_, number) => `r${number}`).flatMap((name) => {
    const [sum, least, most] = [sums.get(name) ?? 0, of(kept, name), of(means, name)];
    // A killed sender's rollup may have come twice, by the same window as events.
    return sum < least || (sum > most && sumsFromKilled === 0)
      ? [`${name}: ${sum} received, ${least} kept, ${most} meant`]
      : [];
  });
  return {
    processes,
    kills: killed.size,
    kept: 2 * kept.length,
    lost: kept.filter((id) => !senderOf.has(id)),
    doubled: more.filter(([, by]) => !by.some((one) => killed.has(one))).map(([id]) => id),
    inTheWindow: more.filter(([, by]) => by.some((one) => killed.has(one))).length,
    invented: [...senderOf.keys()].filter((id) => !means.has(id)),
    wrongSums,
    requests: received.length,
    left: queued(home).length,
    identifiers: new Set(received.map(({ machine_id }) => machine_id)).size,
  };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
