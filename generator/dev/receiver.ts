import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Received, receive } from "../../templates/dev/receive.js";
import type { DevFiles, Load } from "./parts.js";

/** One request, its body read. */
export interface Incoming {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface Receiver {
  /** In words, for the page and the terminal. */
  readonly host: string;
  readonly real: boolean;
  readonly receive: (incoming: Incoming) => Promise<Received>;
  readonly close: () => Promise<void>;
}

/** The part of miniflare that is used: the user's own, which this tool knows no types of. */
interface Platform {
  readonly ready: Promise<unknown>;
  readonly dispatchFetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly dispose: () => Promise<void>;
}

/** Real workerd where the project has miniflare; else the same code in this process. */
export async function openReceiver(parts: DevFiles, script: string, project: string, load: Load): Promise<Receiver> {
  const miniflare = await findMiniflare(project, load);
  return miniflare === undefined ? inProcess(parts) : inWorkerd(parts, script, miniflare);
}

function inProcess({ contract, pages }: DevFiles): Receiver {
  return {
    host: "The worker's code in Node, not in workerd: this project has no miniflare",
    real: false,
    receive: (incoming) =>
      receive(new Request(`http://localhost${incoming.target}`, initOf(incoming)), contract, pages),
    close: async () => {},
  };
}

async function inWorkerd(
  { modules, pages }: DevFiles,
  script: string,
  { Miniflare, version }: ProjectMiniflare,
): Promise<Receiver> {
  const main = `import { contract } from "./contract.js";
import { receive } from "./receive.js";
const pages = ${JSON.stringify(pages)};
export default { fetch: async (request) => Response.json(await receive(request, contract, pages)) };`;
  const files = Object.entries({ "main.js": main, "receive.js": script, ...modules });
  const platform = new Miniflare({
    modules: files.map(([path, contents]) => ({ type: "ESModule", path: `/${path}`, contents })),
    modulesRoot: "/",
    compatibilityDate: "2026-04-01",
    host: "127.0.0.1",
  });
  await platform.ready;
  return {
    host: `Real workerd (miniflare ${version})`,
    real: true,
    receive: async (incoming) => {
      const response = await platform.dispatchFetch(`http://localhost${incoming.target}`, initOf(incoming));
      return (await response.json()) as Received;
    },
    close: () => platform.dispose(),
  };
}

function initOf({ body, headers, method }: Incoming): RequestInit {
  return method === "GET" || method === "HEAD" ? { method, headers } : { method, headers, body };
}

interface ProjectMiniflare {
  readonly Miniflare: new (options: object) => Platform;
  readonly version: string;
}

/** As the project would import it: its own version of it, or none. */
async function findMiniflare(project: string, load: Load): Promise<ProjectMiniflare | undefined> {
  try {
    const { resolve } = createRequire(join(project, "package.json"));
    const { version } = JSON.parse(readFileSync(resolve("miniflare/package.json"), "utf8")) as { version: string };
    const { Miniflare } = (await load(pathToFileURL(resolve("miniflare")).href)) as ProjectMiniflare;
    return { Miniflare, version };
  } catch {
    return undefined;
  }
}
