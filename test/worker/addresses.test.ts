import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { goldenPayload, goldenSample } from "../../generator/model/golden.js";
import type { Model } from "../../generator/model/model.js";
import type { WorkerContract } from "../../templates/worker/runtime/contract.js";
import { handle } from "../../templates/worker/runtime/handle.js";
import { collectingHost } from "./collecting-host.js";
import { generateWorker, modelOfSystem, systems } from "./generated-worker.js";

const runtime = join(import.meta.dirname, "../../templates/worker/runtime");
/** All that is ever read of a request beside its method, path and body. */
const named = ["content-encoding", "content-length", "content-type", "origin", "sec-fetch-site"];

describe("no address is read: what the source says", () => {
  const sources = (readdirSync(runtime, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, text: code(readFileSync(join(runtime, file), "utf8")) }));

  it("names no header but these", () => {
    const read = sources.flatMap(({ text }) =>
      [...text.matchAll(/headers\.get\(([^)]*)\)/g)].map((match) => match[1]?.replaceAll('"', "")),
    );
    // `name`: what a contract itself draws, which can be none that says an address. The country, where a contract has it worked out.
    expect([...new Set(read)].sort()).toEqual([...named, "name", "COUNTRY_HEADER"].sort());
  });

  it.each(sources.map(({ file }) => file))("%s takes a request apart in no other way", (file) => {
    const text = sources.find((source) => source.file === file)?.text ?? "";
    const touches = /\.cf\b|\bcf-|["'`]cf["'`]|x-forwarded|x-real-ip|true-client|remoteAddress|connecting.ip/i;
    // The country that the host found, of which the page says so; never the address.
    expect(file === "judge/derive.ts" ? text.replace('"cf-ipcountry"', "") : text).not.toMatch(touches);
    expect(text).not.toMatch(/\.\.\.\s*request\b|Object\.\w+\(\s*(?:request|headers)\b|(?<!-)\bheaders\.(?!get\()\w+/);
    // A request goes to `handle` whole, and is opened only there.
    const opened = new Set(text.match(/\brequest\.\w+/g) ?? []);
    expect([...opened].sort()).toEqual(
      file === "handle.ts" ? ["request.body", "request.headers", "request.method", "request.url"] : [],
    );
  });
});

describe.each(systems)("no address is read: what %s's worker does", async (system) => {
  const model = modelOfSystem(system);
  const worker = await generateWorker(model);
  afterAll(worker.remove);

  it("touches no other header, and nothing else of the request, though each would throw", async () => {
    const touched: string[] = [];
    const { host, counted } = collectingHost();
    const answer = await handle(trap(goodRequest(model, worker.contract), touched), worker.contract, host);
    expect(counted).not.toHaveProperty("failed");
    expect(answer.status).toBe(worker.contract.responses.accepted);
    expect([...new Set(touched)].sort()).toEqual(["body", "headers", ...named, "method", "url"].sort());
  });
});

describe("the emitted validators", () => {
  it.each(systems)("of %s hold no eval, no require, no import, and ESM bundles them alone", async (system) => {
    const worker = await generateWorker(modelOfSystem(system));
    const text = worker.text("worker/validators.js");
    // Why a value is refused is not kept.
    expect(text).not.toMatch(/\b(?:errors|_errs\d+|vErrors|instancePath|schemaPath)\b/);
    expect(text).not.toMatch(/\brequire\s*\(|\bimport\b|\beval\b|\bFunction\b|\bucs2length\b/);
    const { metafile } = await build({
      entryPoints: [join(worker.folder, "worker/validators.js")],
      bundle: true,
      write: false,
      format: "esm",
      metafile: true,
      logLevel: "silent",
    });
    expect(Object.keys(metafile.inputs)).toHaveLength(1);
    worker.remove();
  });
});

/** Everything that is not named throws. */
function trap(request: Request, touched: string[]): Request {
  const headers = new Proxy(request.headers, {
    get(target, property) {
      if (property !== "get") throw new Error(`headers.${String(property)} was touched`);
      return (name: string) => {
        if (!named.includes(name)) throw new Error(`the header ${name} was read`);
        touched.push(name);
        return target.get(name);
      };
    },
  });
  return new Proxy(request, {
    get(target, property) {
      if (property === "headers") touched.push("headers");
      if (property === "headers") return headers;
      if (property !== "method" && property !== "url" && property !== "body")
        throw new Error(`request.${String(property)} was touched`);
      touched.push(property);
      return target[property];
    },
  });
}

function goodRequest(model: Model, { path }: WorkerContract): Request {
  const [event] = model.events;
  const body =
    event === undefined ? model.metrics.map(goldenSample).join("\n") : JSON.stringify(goldenPayload(model, event));
  const type = event === undefined ? "text/plain" : "application/json";
  return new Request(`https://endpoint.example${path.replace("{package}", "python").replace("{version}", "1.0.0")}`, {
    method: "POST",
    headers: { "content-type": type, "cf-connecting-ip": "203.0.113.7", "x-forwarded-for": "203.0.113.7" },
    body,
  });
}

function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
