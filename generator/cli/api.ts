import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The options of `plainsight gen` and `plainsight check`. */
export interface Options {
  /** The project's folder; where the program was started, if it is not said. */
  readonly cwd?: string;
  /** The folder of the contracts: `spec`. */
  readonly spec?: string;
  /** The folder of what is generated: `generated`, beside the contracts' folder. */
  readonly out?: string;
  /** One target alone. */
  readonly only?: string;
  /** The language of the client. By default that of the client that is there, else TypeScript. */
  readonly language?: "ts" | "js" | "cjs";
}

export interface CheckOptions extends Options {
  /** A commit to hold the contracts against: `origin/main`. */
  readonly base?: string;
}

/** A place in a file: lines and columns from 1. */
export interface Location {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface Finding extends Location {
  /** Permanent: `plainsight explain <code>` tells more. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string;
  readonly related?: readonly (Location & { readonly message: string })[];
}

/** The JSON that `--format json` prints. */
export interface Report {
  readonly format: 1;
  readonly command: "gen" | "check";
  /** 0 clean, 1 errors or drift, 2 could not run. */
  readonly exitCode: 0 | 1 | 2;
  readonly findings: readonly Finding[];
  /** The files that differ, or differed before they were written. */
  readonly files: readonly { readonly file: string; readonly was: "missing" | "changed" | "surplus" }[];
  readonly written: boolean;
  /** The command that mends a drift. */
  readonly mend?: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Worth knowing, and nothing wrong. */
  readonly notes?: readonly string[];
}

/** Writes everything that the contracts say. Findings are in the report; it rejects where an option makes no sense. */
export function gen(options: Options = {}): Promise<Report> {
  return run("gen", options);
}

/** Tells whether the files are what the contracts say, and writes nothing. */
export function check(options: CheckOptions = {}): Promise<Report> {
  return run("check", options);
}

/** The command itself, in a process of its own: both say the same, and neither disturbs its caller. */
function run(command: "gen" | "check", { cwd = process.cwd(), ...flags }: CheckOptions): Promise<Report> {
  const words = Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  const args = [fileURLToPath(new URL("plainsight.mjs", import.meta.url)), command, "--format=json", ...words];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1 << 28 }, (error, out, err) =>
      out === "" ? reject(new Error(err.trim() || error?.message)) : resolve(JSON.parse(out) as Report),
    );
  });
}
