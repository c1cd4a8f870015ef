import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { until } from "../support/wait.js";

const top = join(import.meta.dirname, "../..");

export interface Packed {
  readonly file: string;
  /** Bytes: of the file, and of what is in it. */
  readonly size: number;
  readonly unpacked: number;
  readonly paths: readonly string[];
}

/** The package as it would be published, made from a copy: nobody builds another while it is packed. */
export function pack(into: string): Packed {
  const staged = join(into, "staged");
  for (const name of ["dist", "README.md", "LICENSE", "package.json"])
    cpSync(join(top, name), join(staged, name), { recursive: true, filter: (path) => !path.endsWith(".cache") });
  const { stdout, stderr } = spawnSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", into], {
    cwd: staged,
    encoding: "utf8",
  });
  const told = JSON.parse(stdout || stderr) as unknown;
  // npm 11 gives a list, npm 12 a map.
  const [made] = Object.values(told as Record<string, Made>);
  if (made === undefined) throw new Error(stderr);
  return {
    file: join(into, made.filename),
    size: made.size,
    unpacked: made.unpackedSize,
    paths: made.files.map(({ path }) => path),
  };
}

interface Made {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

export interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A line as a person would type it, in a home of its own, with no network to be had through npm. */
export function sh(cwd: string, line: string, env: Readonly<Record<string, string>> = {}): Done {
  const home = join(cwd, "../home");
  mkdirSync(home, { recursive: true });
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
    cwd,
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      HOME: home,
      npm_config_offline: "true",
      npm_config_update_notifier: "false",
      npm_config_fund: "false",
      npm_config_audit: "false",
      ...env,
    },
  });
  return { code: status, out: stdout, err: stderr };
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

export interface Receiver {
  readonly url: string;
  /** Returns the stored rows, as soon as there is anything. */
  readonly stored: () => Promise<readonly Record<string, unknown>[]>;
  readonly end: () => void;
}

/** The generated worker on loopback, started as its page says. */
export async function receive(project: string): Promise<Receiver> {
  const child: ChildProcess = spawn(process.execPath, ["generated/worker/node.mjs", "--try"], {
    cwd: project,
    env: { PATH: process.env.PATH, PORT: "0", TELEMETRY_SINK: "", TELEMETRY_DATA: mkdtempSync(join(project, "data-")) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (chunk) => (said += String(chunk)));
  const [, url = "", file = ""] = await until("the worker listens", () => {
    if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}.`);
    return /listens on (\S+), events go to (.+)/.exec(said) ?? undefined;
  });
  return {
    url,
    stored: () => until("events are stored", () => eventsIn(file)),
    end: () => void child.kill(),
  };
}

function eventsIn(file: string): readonly Record<string, unknown>[] | undefined {
  try {
    const lines = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .filter((line) => line !== "");
    return lines.length === 0 ? undefined : lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

/** The compiler and Node's types are the project's own: a stranger has them. */
export const typescript = {
  tsc: `"${process.execPath}" "${join(top, "node_modules/typescript/bin/tsc")}"`,
  typeRoots: join(top, "node_modules/@types"),
};
