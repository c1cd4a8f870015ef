import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { vectorsTarget } from "../../generator/targets/vectors/vectors.js";
import type { Case, VectorFile } from "./drive.js";

const contracts = join(import.meta.dirname, "../contracts");

/** The contracts of other products: the name of each contract, and its path. */
export const KNOWN: readonly (readonly [name: string, path: string])[] = readdirSync(contracts, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .flatMap(({ name }) => {
    const spec = join(contracts, name, "spec");
    const systems = join(spec, "systems");
    const further = existsSync(systems) ? readdirSync(systems).map((one) => join(systems, one, "events.yaml")) : [];
    return [join(spec, "events.yaml"), ...further].filter(existsSync);
  })
  .map((path) => {
    const below = path.slice(contracts.length + 1);
    return [below.replace(/\/?(spec|events\.yaml)\/?/g, " ").trim(), path];
  });

const NAMES = { python: "Python", go: "Go", rust: "Rust" } as const;

/** The contract as if it asked for a client in this language; or why there can be none. */
export function asked(path: string, language: keyof typeof NAMES): Model | string {
  const text = readFileSync(path, "utf8")
    .replaceAll("from: node-major", "from: setup")
    .replace(/\nclients: .*\n/, "\n");
  const said = `The ${NAMES[language]} client can't`;
  // Whether it loads at all is another test's.
  if (readContract(text, path).model === undefined) return `${said} be made of what doesn't load.`;
  const { model, diagnostics } = readContract(`${text}\nclients: { ${language}: {} }\n`, path);
  const refused = diagnostics.filter(({ code }) => code === "client-cannot").map(({ message }) => message);
  if (refused.length > 0) return refused.join(" ");
  if (model === undefined) throw new Error(`${path}: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return model;
}

/** All that a contract's clients are asked, with the world of each. */
export function casesOf(model: Model): readonly Case[] {
  return vectorsTarget.generate(model).flatMap(({ path, text }) => {
    const { world, cases } = JSON.parse(text) as VectorFile;
    return cases.map((one) => ({ ...one, id: `${path} ${one.id}`, given: { ...world, ...one.given } }));
  });
}
