import { byPosition, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Model } from "../model/model.js";
import { buildModel } from "./build-model.js";
import { checkStructure } from "./check-structure.js";
import { withoutDescribed } from "./described.js";
import { type DiagnosticSink, diagnosticSink, type TextSpan } from "./diagnostic-sink.js";
import { metaSchema, REQUIRED } from "./meta-schema.js";
import type { KnownEvents } from "./parse-in-parts.js";
import { parseSpec } from "./parse-spec.js";
import { RULES } from "./rules/index.js";
import { withoutSilenced } from "./rules/silence.js";
import type { MapTree } from "./tree.js";

export interface ReadContract {
  /** Only when no finding is an error. */
  readonly model?: Model;
  /** Everything that was found, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a contract: the text of a spec becomes a model, or findings that say why not. Pure, and never throws. Each step goes on with
 * what the one before left whole, so that everything is told at once.
 * @param file the spec's path as shown to people, with forward slashes.
 * @param today `2026-06-12`: exceptions that ended before no longer hold. Absent: they all hold.
 * @param known what was made of events before.
 */
export function readContract(text: string, file: string, today?: string, known?: KnownEvents): ReadContract {
  const report = diagnosticSink(file);
  const parsed = parse(text, report, known);
  if (parsed === undefined) return { diagnostics: sorted(report.found) };
  const walk = validate(parsed, report);
  // What the product's own code sees to is printed, and for all the rest it isn't there.
  const { root, described } = withoutDescribed(parsed, walk.broken);
  const model = buildModel(root, walk, described);
  const diagnostics = sorted(lint(root, model, walk, today));
  return diagnostics.some(({ severity }) => severity === "error") ? { diagnostics } : { model, diagnostics };
}

/** The map that a spec is; undefined where there is nothing to go on with. */
function parse(text: string, report: DiagnosticSink, known: KnownEvents | undefined): MapTree | undefined {
  const tree = parseSpec(text, report, known);
  if (tree === undefined || tree.kind === "map") return tree;
  report.add("spec-not-a-map", tree, "A spec is a map of keys and values.", {
    hint: "Begin with `telemetry_spec: 1`, or let `plainsight init` write a first contract.",
  });
  return undefined;
}

/** Holds it against the language. What is not whole is remembered: nothing is derived from it. */
function validate(root: MapTree, report: DiagnosticSink) {
  const schema = metaSchema();
  const walk = { definitions: schema.definitions, report, broken: new Set<TextSpan>() };
  checkStructure(root, schema, "the spec", walk);
  return walk;
}

/** Returns what structure alone can't find, without what the spec itself silences. */
function lint(
  root: MapTree,
  model: Model,
  { report, broken }: ReturnType<typeof validate>,
  today: string | undefined,
): readonly Diagnostic[] {
  const whole = (...keys: readonly string[]) =>
    keys.every((key) => {
      const value = root.entries.get(key)?.value;
      return value === undefined ? !REQUIRED.has(key) : !broken.has(value);
    });
  for (const rule of RULES) rule({ model, root, whole, today }, report);
  return withoutSilenced(report.found, root, report, broken.size === 0, today);
}

function sorted(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...found].sort(byPosition);
}
