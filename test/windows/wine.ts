import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const loader = "/usr/lib/wine/wine64";
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

let runs = 0;

/** @param folder an empty one. */
export async function windows(folder: string): Promise<Windows> {
  const prefix = join(folder, "prefix");
  const base = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    WINEPREFIX: prefix,
    WINEDEBUG: "-all",
    // Wine says that it is an older Windows than Node wants.
    NODE_SKIP_PLATFORM_CHECK: "1",
  };
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
  mkdirSync(prefix, { recursive: true });
  const server = (option: string) =>
    void spawnSync("/usr/lib/wine/wineserver64", [option], { env: base, stdio: "ignore" });
  // Left alone it goes whenever no program ran for three seconds, maybe just as the next one begins.
  server("-p60");
  await run(folder, ["-e", "0"]);
  const [user = "root"] = readdirSync(join(prefix, "drive_c/users")).filter((name) => name !== "Public");
  return {
    home: join(prefix, "drive_c/users", user),
    path: (file) => `Z:${file.replaceAll("/", "\\")}`,
    run,
    close: () => server("-k"),
  };
}
