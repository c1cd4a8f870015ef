import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { Ajv, type ValidateFunction } from "ajv";
import { build, type Plugin } from "esbuild";
import { allSteps, factsBeside } from "../../generator/language/consent/parts.js";
import { isMarker } from "../../generator/language/consent/places/config.js";
import { endingForm } from "../../generator/language/file-forms.js";
import type { Model } from "../../generator/model/model.js";
import { contentType } from "../../generator/model/wire.js";
import { eventCall } from "../../generator/payload/call-shape.js";
import { payloadSchema } from "../../generator/payload/payload-schema.js";
import { docsTarget } from "../../generator/targets/docs/docs.js";
import type { OutputFile } from "../../generator/targets/target.js";
import { standIns } from "../../generator/targets/typescript/runtime-files.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { partsOf } from "../../generator/targets/worker/parts.js";
import { workerTarget } from "../../generator/targets/worker/worker.js";
import type { Client } from "../../templates/client/runtime/client.js";
import type { Decision } from "../../templates/client/runtime/consent/consent.js";
import type { Host, SendRequest } from "../../templates/client/runtime/host/host.js";
import type { Carried } from "../../templates/client/runtime/send/carried.js";
import type { Accepted, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { everything } from "../../templates/worker/runtime/everything.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { CHANNEL } from "./meanings.js";

const root = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/** The generated client's module, as a fresh process would import it. */
export interface Telemetry {
  readonly [emitter: string]: (...values: unknown[]) => unknown;
}

interface Loaded {
  readonly telemetry: Telemetry;
  readonly client: Client;
  readonly decide: (client: Client) => Decision;
  readonly command?: (args: readonly string[]) => Promise<number>;
}

/** Everything that a contract becomes, ready to be run in this process. */
export interface Program {
  readonly model: Model;
  readonly load: () => Loaded;
  readonly worker: WorkerContract;
  readonly allows: ValidateFunction;
  readonly page: string;
}

export async function programOf(model: Model): Promise<Program> {
  const [client, worker] = await Promise.all([clientTarget.generate(model), workerTarget.generate(model)]);
  const command = client.some(({ path }) => path === "client/command.ts");
  const parts = [
    'import * as telemetry from "./client/telemetry.js";',
    'import { client } from "./client/client.js";',
    'import { consent as decide } from "./client/runtime/consent/consent.js";',
    ...(command ? ['import { telemetryCommand as command } from "./client/command.js";'] : []),
    `export default { telemetry, client, decide, ${command ? "command" : ""} };`,
  ];
  const [clientCode, workerCode] = await Promise.all([
    bundle(parts.join("\n"), client, standIns(model)),
    bundle('export { contract as default } from "./worker/contract.js";', worker),
  ]);
  const load = compiled<Loaded>(clientCode);
  const page = docsTarget.generate(model).find(({ path }) => path.endsWith("TELEMETRY.md"));
  const ajv = new Ajv({ strict: false, unicode: false, unicodeRegExp: false, logger: false } as object);
  return {
    model,
    load,
    worker: compiled<WorkerContract>(workerCode)(),
    allows: ajv.compile(payloadSchema(model)),
    page: page?.text ?? "",
  };
}

/** One file of what was generated, with the runtime that lies in `templates`: nothing is written anywhere. */
async function bundle(
  entry: string,
  files: readonly OutputFile[],
  instead: Readonly<Record<string, string>> = {},
): Promise<string> {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const runtime = join(root, "templates/client/runtime");
  const virtual: Plugin = {
    name: "generated",
    setup({ onResolve, onLoad }) {
      // What stands in for a file of the runtime stands there whoever imports it.
      onResolve({ filter: /^\./, namespace: "file" }, ({ path, resolveDir }) => {
        const wanted = join(resolveDir, path).replace(/\.js$/, ".ts");
        const other = instead[relative(runtime, wanted)];
        return other === undefined ? undefined : { path: join(runtime, other) };
      });
      onResolve({ filter: /^\./, namespace: "generated" }, ({ path, importer }) => {
        const wanted = join(dirname(importer), path);
        const typed = wanted.replace(/\.js$/, ".ts");
        const found = [wanted, typed].find((one) => texts.has(one));
        if (found !== undefined) return { path: found, namespace: "generated" };
        const other = instead[relative("client/runtime", typed)];
        return { path: other === undefined ? join(root, "templates", typed) : join(runtime, other) };
      });
      onLoad({ filter: /^/, namespace: "generated" }, ({ path }) => ({
        contents: path === "entry.ts" ? entry : (texts.get(path) ?? ""),
        loader: path.endsWith(".ts") ? "ts" : path.endsWith(".js") ? "js" : "text",
      }));
      onResolve({ filter: /^entry\.ts$/ }, () => ({ path: "entry.ts", namespace: "generated" }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: ["entry.ts"],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    logLevel: "silent",
    loader: { ".html": "text", ".css": "text" },
    define: { "import.meta.url": JSON.stringify(pathToFileURL(join(root, "templates/client.js")).href) },
    plugins: [virtual],
  });
  return outputFiles[0]?.text ?? "";
}

/** Each call evaluates the module anew: a process of its own, as far as it can tell. */
function compiled<Value>(code: string): () => Value {
  const run = vm.compileFunction(code, ["exports", "require", "module"]);
  return () => {
    const module = { exports: {} as { default?: Value } };
    run(module.exports, require, module);
    return module.exports.default as Value;
  };
}

/** One machine with a person on it: what stays when a program ends. */
export interface Machine {
  readonly folder: string;
  readonly home: string;
  readonly env: Record<string, string>;
  /** Settings that a program reads by itself, such as a ConfigMap: name → content. */
  readonly config: Record<string, unknown>;
  /** The facts that hold there, of what a contract asks about. */
  readonly facts: Record<string, boolean>;
  /** The arguments behind the program's name. */
  readonly args: string[];
  /** The folder in which programs are started. */
  readonly project: string;
  now: number;
  readonly remove: () => void;
}

const NOON = Date.parse("2026-06-12T12:00:00Z");
export const DAY = 86_400_000;

const all = temporaryFolder("property");
let machines = 0;

export function machine(): Machine {
  const folder = join(all, String(machines++));
  const home = join(folder, "home");
  const project = join(folder, "project");
  const before = process.cwd();
  mkdirSync(folder);
  mkdirSync(home);
  mkdirSync(project);
  process.chdir(project);
  return {
    folder,
    home,
    project,
    // What a field is filled in from: see `meanings.ts`.
    env: { [CHANNEL.env]: CHANNEL.holds },
    args: [],
    facts: {},
    config: {},
    now: NOON,
    remove: () => {
      process.chdir(before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Does something on a machine of its own, which is gone afterwards. */
export async function withMachine<Result>(does: (on: Machine) => Promise<Result>): Promise<Result> {
  const on = machine();
  try {
    return await does(on);
  } finally {
    on.remove();
  }
}

/** The address that a build or whoever runs a program names. */
export const NAMED = "https://telemetry.example/";

/** A program that runs on a machine. */
export interface Running {
  readonly telemetry: Telemetry;
  readonly client: Client;
  readonly requests: readonly SendRequest[];
  readonly written: readonly string[];
  readonly decision: () => Decision;
  readonly command: (...args: readonly string[]) => Promise<number | undefined>;
  /** Records by `emit`, lets a day pass, and sends what is due. */
  readonly deliver: (emit: () => void) => Promise<void>;
}

/** Starts the program. Where a contract names what is no file, the program gives it. */
export function start({ load, model }: Program, on: Machine, setup: object = {}, more: Partial<Host> = {}): Running {
  const loaded = load();
  const { client, decide, command } = loaded;
  const telemetry = { ...loaded.telemetry };
  const requests: SendRequest[] = [];
  const written: string[] = [];
  const carried: Promise<void>[] = [];
  const host: Partial<Host> = {
    env: on.env,
    address: NAMED,
    home: on.home,
    now: () => on.now,
    terminal: false,
    stdinIsTerminal: false,
    build: model.consent.builds.find(({ kind }) => kind === "normal")?.name,
    write: (_, line) => void written.push(line),
    log: (_, line) => void written.push(line),
    send: async (request) => {
      requests.push(request);
      return 204;
    },
    config: (name: string) =>
      name in on.config
        ? on.config[name]
        : allSteps(model.consent).some(({ place }) => place.kind === "given" && place.given === name)
          ? null
          : undefined,
    ...more,
  };
  if (model.delivery.mode === "carried") carry(telemetry, model, requests, carried);
  // What the program finds out by itself: none of the facts holds, and none of its settings is set.
  const asked = { facts: { ...noFacts(model), ...on.facts }, args: on.args };
  telemetry["setup"]?.({ ...asked, ...setup, host });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    telemetry,
    client,
    requests,
    written,
    decision: () => decide(client),
    command: async (...args) => command?.(args),
    deliver: async (emit) => {
      if (model.delivery.mode === "periodic") {
        await telemetry["reportOnce"]?.(emit);
        return;
      }
      emit();
      await Promise.all(carried);
      await turn();
      on.now += 2 * DAY;
      await telemetry["flush"]?.(60_000);
    },
  };
}

/** The request that a program makes anyway, with what an emitter gives it to carry. */
function carry(
  telemetry: Record<string, unknown>,
  model: Model,
  requests: SendRequest[],
  carried: Promise<void>[],
): void {
  for (const event of model.events) {
    const { emitter } = eventCall(model, event);
    const emit = telemetry[emitter] as ((...args: unknown[]) => Promise<Carried>) | undefined;
    if (emit === undefined) continue;
    telemetry[emitter] = (...args: unknown[]) => {
      carried.push(
        emit(...args).then(({ headers, query, body }) => {
          if (Object.keys(headers).length === 0 && query === undefined && body === undefined) return;
          const { method, namedBy, url } = model.destination;
          const address = namedBy === undefined ? url : NAMED;
          requests.push({
            ...(method === undefined ? {} : { method }),
            url: `${address}${query === undefined ? "" : `?${query}`}`,
            headers: { ...(body === undefined ? {} : { "content-type": contentType(model.wire) }), ...headers },
            body: body ?? "",
            signal: new AbortController().signal,
          });
        }),
      );
    };
  }
}

/** Every fact that the contract asks about, none of which holds. */
export function noFacts({ consent, events, metrics }: Model): Readonly<Record<string, boolean>> {
  const steps = allSteps(consent).flatMap(({ place }) => (place.kind === "fact" ? [place] : []));
  return Object.fromEntries(
    [...steps, ...factsBeside(consent, [...events, ...metrics])].map(({ fact }) => [fact, false]),
  );
}

/** The form of a configuration that the client can read by itself: as a step says, or as its ending does. */
export function formOf({ consent }: Pick<Model, "consent">, name: string): string | undefined {
  const said = allSteps(consent).flatMap(({ place }) =>
    place.kind === "config" && place.config === name && place.form !== undefined ? [place.form] : [],
  );
  return said[0] ?? endingForm(name);
}

/** Returns whether a configuration is no file that the client reads, so that the program gives it. */
export function isGiven(model: Pick<Model, "consent">, name: string): boolean {
  const marks = allSteps(model.consent).some(
    ({ place }) => place.kind === "config" && place.config === name && isMarker(place),
  );
  return !marks && formOf(model, name) === undefined;
}

/** Returns the path of a configuration file. */
export function configPath(on: Machine, name: string, product: string): string {
  if (name.startsWith("{app_dir}/")) return join(on.home, ".config", product, name.slice("{app_dir}/".length));
  return name.startsWith("~/") ? join(on.home, name.slice(2)) : join(on.project, name);
}

/** Returns what the worker makes of a request of the client's: its answer, and what it passes on. */
export async function received(
  { worker, model }: Program,
  { url, method, headers, body }: SendRequest,
): Promise<{ readonly status: number; readonly accepted: readonly Accepted[]; readonly counted: readonly string[] }> {
  const accepted: Accepted[] = [];
  const counted: string[] = [];
  const waiting: Promise<unknown>[] = [];
  const { status } = await handle(
    new Request(url, { method: method ?? "POST", headers, ...(method === "GET" || method === "HEAD" ? {} : { body }) }),
    worker,
    {
      now: () => NOON + 2 * DAY,
      forward: async (events) => void accepted.push(...events),
      waitUntil: (promise) => void waiting.push(promise),
      count: (what) => void counted.push(String(what)),
      // Those that its own entry gives, and no others.
      parts: Object.fromEntries(partsOf(model).map((name) => [name, everything[name]])),
    },
  );
  await Promise.all(waiting);
  return { status, accepted, counted };
}

/** Every file below a folder, by its path in it. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export function writeFile(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
