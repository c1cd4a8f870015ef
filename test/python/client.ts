import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Model } from "../../generator/model/model.js";
import { readRuntime } from "../../generator/output/read-runtime.js";
import { pythonTarget } from "../../generator/targets/python/python.js";
import { read } from "../targets/five.js";

const root = join(import.meta.dirname, "../..");
export const templates = Object.fromEntries(
  readRuntime(join(root, "templates/python")).map(({ path, text }) => [path, text]),
);

/** One of the five with a client in Python. CodeGraph's asks for Node's version, which no Python program has: here its program gives it. */
export function inPython(product: string): Model {
  const path = product === "codegraph" ? "spec/events.yaml" : `spec/systems/${product}/events.yaml`;
  return withPython(read(readFileSync(join(root, path), "utf8").replace("from: node-major", "from: setup"), path));
}

/** The same contract with a client in Python, too. */
export function withPython(model: Model): Model {
  return { ...model, clients: { ...model.clients, python: { at: model.at } } };
}

/** Writes the client into a folder. @returns the package's own. */
export function writePython(model: Model, folder: string): string {
  for (const { path, text } of pythonTarget.generate(model, templates)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, "python", `${model.product.toLowerCase().replace(/[^a-z0-9]+/g, "_")}_telemetry`);
}
