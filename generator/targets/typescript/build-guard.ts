import { type Doc, group, indent, join, line } from "../../emit/layout.js";
import { quoted } from "../../emit/literal.js";
import type { Model } from "../../model/model.js";
import { constantCase } from "../../names.js";

/** Builds without telemetry, and those in which nothing can enable it: their code is absent. */
export function guardOf(model: Model): Doc | undefined {
  const absent = model.consent.builds.filter(({ kind }) => kind !== "normal").map(({ name }) => name);
  const name = buildName(model);
  if (absent.length === 0) return undefined;
  const these = join(
    [" ||", line],
    absent.map((one) => `${name} === ${quoted(one)}`),
  );
  return group(`typeof ${name} === "string" &&`, line, absent.length > 1 ? ["(", group(indent(these)), ")"] : these);
}

/** Returns what a bundler's define, or a property of `globalThis`, is called that says which build this is. */
export function buildName({ product }: Model): string {
  return `${constantCase(product)}_BUILD`;
}
