import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const loader = "/usr/lib/wine/wine64";
const node = process.env["PLAINSIGHT_WINDOWS_NODE"] ?? "";

/**
 * True if programs can be run as on Windows here: with Debian's wine64, and the node.exe that `PLAINSIGHT_WINDOWS_NODE` names.
 */
export const windowsIsHere: boolean = existsSync(loader) && existsSync(node);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Windows of its own: what a person has there lies in `home`, which programs know as `%USERPROFILE%`. */
export interface Windows {
  readonly home: string;
  /** Returns the disk's path of a file of ours. */
  readonly path: (file: string) => string;
  readonly run: (cwd: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly close: () => void;
}

/** Where Wine keeps what it knows of one Windows. */
export interface Prefix {
  /** What Wine's programs need to be told. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder that programs know as `C:`. */
  readonly disk: string;
  readonly close: () => void;
}

/** Begins a Windows, which has nothing on its disk before a program runs. @param folder where its prefix goes. */
export function winePrefix(folder: string): Prefix {
  const prefix = join(folder, "prefix");
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, WINEPREFIX: prefix, WINEDEBUG: "-all" };
  const server = (option: string) => void spawnSync("/usr/lib/wine/wineserver64", [option], { env, stdio: "ignore" });
  mkdirSync(prefix, { recursive: true });
  // Left alone it goes when the last program ends, maybe just as the next one begins, which then ends before its first line.
  server("-p60");
  return { env, disk: join(prefix, "drive_c"), close: () => server("-k") };
}

let runs = 0;

/** @param folder an empty one. */
export async function windows(folder: string): Promise<Windows> {
  const { env: own, disk, close } = winePrefix(folder);
  // Wine says that it is an older Windows than Node wants.
  const base = { ...own, NODE_SKIP_PLATFORM_CHECK: "1" };
  const run: Windows["run"] = (cwd, args, env = {}) => {
    // Wine has no pipes that Node takes for its standard streams.
    const [out, err] = ["out", "err"].map((name) => join(folder, `${++runs}.${name}`)) as [string, string];
    const files = [openSync(out, "w"), openSync(err, "w")];
    const child = spawn(loader, [node, ...args], { cwd, env: { ...base, ...env }, stdio: ["ignore", ...files] });
    for (const file of files) closeSync(file);
    return new Promise((resolve) =>
      child.on("close", (code) =>
        resolve({ code, stdout: readFileSync(out, "utf8"), stderr: readFileSync(err, "utf8") }),
      ),
    );
  };
  await run(folder, ["-e", "0"]);
  const [user = "root"] = readdirSync(join(disk, "users")).filter((name) => name !== "Public");
  return {
    home: join(disk, "users", user),
    path: (file) => `Z:${file.replaceAll("/", "\\")}`,
    run,
    close,
  };
}
