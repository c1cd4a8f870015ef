import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderText } from "../../generator/diagnostics/render-text.js";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";

const root = join(import.meta.dirname, "../..");

/** The project's five contracts, by product. */
export const FIVE = ["codegraph", "cocoindex", "cozystack", "docglow", "jina"] as const;

/** One of the five, read anew: what tests judge by must not depend on what was generated last. */
export function modelOfSystem(system: string): Model {
  const source = system === "codegraph" ? "spec/events.yaml" : `spec/systems/${system}/events.yaml`;
  return modelOf(readFileSync(join(root, source), "utf8"), source);
}

/** A contract out of its text. @throws with its findings, as the command prints them. */
export function modelOf(text: string, source = "spec/events.yaml"): Model {
  const { model, diagnostics } = readContract(text, source);
  if (model === undefined) throw new Error(renderText(diagnostics, new Map([[source, text]])));
  return model;
}
