import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files that answer a question, and how many seconds it may take: what one leaves over, the next may use. */
export interface Question {
  readonly seconds: number;
  readonly files: readonly string[];
}

export interface Answers {
  /** Every table of every question. */
  readonly text: string;
  /** The files that did not come to an end. */
  readonly unfinished: readonly string[];
}

/** Answers all questions in their order. What fails or has no time left is said where its tables would stand. */
export async function answer(questions: Readonly<Record<string, Question>>, folder: string): Promise<Answers> {
  const home = mkdtempSync(join(tmpdir(), "plainsight-results-"));
  const tables = join(home, "tables.md");
  const say = (text: string) => writeFileSync(tables, `${text}\n\n`, { flag: "a" });
  const unfinished: string[] = [];
  const start = performance.now();
  let until = 0;
  for (const [at, [name, { seconds, files }]] of Object.entries(questions).entries()) {
    say(`## ${at + 1}. ${name[0]?.toUpperCase()}${name.slice(1)}`);
    until += seconds;
    for (const file of files) {
      const left = until - (performance.now() - start) / 1000;
      if (await runBench(join(folder, file), { seconds: left, env: { BENCH_RESULTS: tables } })) continue;
      unfinished.push(file);
      say(`\`bench/${file}\` did not come to its end here: what stands above of it is all there is.`);
    }
  }
  const text = readFileSync(tables, "utf8");
  rmSync(home, { recursive: true });
  return { text, unfinished };
}

interface Run {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Then it, and all that it started, is ended. */
  readonly seconds?: number;
}

/** Returns whether it came to a good end. */
export async function runBench(file: string, { args = [], env = {}, seconds }: Run = {}): Promise<boolean> {
  if (seconds !== undefined && seconds <= 0) return false;
  // Found from here: the bench may lie anywhere.
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const child = spawn(process.execPath, ["--import", tsx, file, ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...(seconds === undefined ? {} : { BENCH_SECONDS: String(seconds) }), ...env },
    // A group of its own, so that nothing that it started outlives it.
    detached: true,
  });
  const end = (signal: NodeJS.Signals, whom: number) => {
    try {
      process.kill(whom, signal);
    } catch {
      // It has ended.
    }
  };
  const pid = child.pid ?? 0;
  const interrupt = () => end("SIGTERM", pid);
  process.on("SIGINT", interrupt);
  const timers =
    seconds === undefined
      ? []
      : [setTimeout(interrupt, seconds * 1000), setTimeout(() => end("SIGKILL", -pid), seconds * 1000 + 3000)];
  const status = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  for (const timer of timers) clearTimeout(timer);
  end("SIGKILL", -pid);
  process.off("SIGINT", interrupt);
  return status === 0;
}
