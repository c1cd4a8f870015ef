import { Document, isScalar, type Scalar, visit } from "yaml";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { fc } from "../support/property.js";
import { draw } from "./draw.js";
import { everyPoint, focusOf, schema } from "./grammar.js";
import { JUSTIFICATION, nothingTold, type Spec } from "./meanings.js";
import { everyPath, withoutFound, withoutPath } from "./mend.js";
import { plainWire } from "./pictures.js";
import { type Random, randomOf, some } from "./random.js";

/** A contract that loads without an error, and what was found in it before it did. */
export interface Contract {
  readonly spec: Spec;
  readonly text: string;
  readonly model: Model;
  readonly warnings: readonly Diagnostic[];
  /** The findings of `gen` about the contract as it was drawn. */
  readonly refused: readonly Diagnostic[];
  readonly [fc.toStringMethod]: () => string;
}

export const SOURCE = "spec/events.yaml";

/** A contract as a person writes it. What could be read in two ways stands in quotes. */
export function print(spec: unknown): string {
  const document = new Document(spec, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string") (node as Scalar).type = isPlain(node.value) ? "PLAIN" : "QUOTE_DOUBLE";
    },
    Map: (_, node, path) => {
      if (path.length > 9) node.flow = true;
    },
  });
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key)) key.value = String(key.value);
    },
  });
  return document.toString({ lineWidth: 0 });
}

function isPlain(text: string): boolean {
  return /^[a-z][a-z0-9_-]*$/i.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
}

const POINTS = [...everyPoint()];

/**
 * Draws a contract, and takes out of it what `gen` refuses until it loads. Undefined where hardly anything would be left.
 * @param point of the language that it is likely to have; half of all have some.
 * @param isWorth whether what was drawn is to be loaded, which takes ten times as long.
 */
export function drawContract(
  random: Random,
  point = random.chance(0.5) ? random.pick(POINTS) : undefined,
  isWorth: (drawn: unknown) => boolean = () => true,
): Contract | undefined {
  const inParts = random.chance(point !== undefined && /part|since_epoch/.test(point) ? 0.9 : 0.15);
  const parts = inParts ? some(random, ["usage", "crashes"]) : [];
  const told = nothingTold(parts, point === undefined ? undefined : focusOf(point));
  const whole = draw(schema, "", told, random) as Record<string, unknown>;
  const justified = whole["consent"] === "none" ? { ...whole, justification: JUSTIFICATION } : whole;
  const drawn = useIdentifiers(justified, random);
  if (!isWorth(drawn)) return undefined;
  const contract = loaded(drawn, 40);
  return contract === undefined || random.chance(0.5) ? contract : (loaded(silenced(contract, random)) ?? contract);
}

/** The mends for refusals, as a person makes them who wants to keep the rest. By default it goes. */
const MENDS: Readonly<Record<string, (spec: Spec) => Spec>> = {
  "client-cannot": ({ clients: _, ...rest }) => rest,
  "no-way-to-enable": (spec) => withStep(spec, { env: "TOOL_SWITCH", enable_when: "truthy" }),
  "no-way-to-disable": (spec) => withStep(spec, { env: "TOOL_SWITCH", disable_when: "falsy" }),
};

/** Refusals of what an event brings to its address: the events stay, and the address becomes a fixed one. */
const OF_ADDRESS =
  /its address is about one|^The address is the program's own|in the address, (?:and may|which holds)|may be empty or|^Where one ends|^Nothing fills \{(?:event|fields\.)/;

function withAddress(spec: Spec, url: string): Spec {
  return { ...spec, destination: { ...(spec["destination"] as Spec), url } };
}

function withStep(spec: Spec, step: Spec): Spec {
  const { consent } = spec as { readonly consent: Spec };
  return { ...spec, consent: { ...consent, order: [...((consent["order"] ?? []) as readonly Spec[]), step] } };
}

/** Without what is refused; a request that can't be drawn so becomes a plain one, and an order without a step gets one. */
function mended(spec: unknown, text: string, found: Diagnostic): unknown {
  const mend = found.message.startsWith("Whatever") ? undefined : MENDS[found.code];
  if (mend !== undefined) return mend(spec as Spec);
  if (OF_ADDRESS.test(found.message)) return withAddress(spec as Spec, "https://t.example/in");
  const less = withoutFound(spec, text, found) as Spec | undefined;
  const before = (spec ?? {}) as Spec;
  if (less === undefined) return less;
  if (found.message.startsWith("wire has neither")) return withoutPath(spec, ["destination", "method"]);
  const { consent, identifiers } = less as { readonly consent?: Spec; readonly identifiers?: Spec | string };
  if (identifiers === undefined || Object.keys(identifiers).length === 0) return { ...less, identifiers: "none" };
  if (consent !== undefined && ((consent["order"] ?? []) as readonly Spec[]).length === 0)
    return withStep(
      less,
      consent["model"] === "opt-in"
        ? { env: "TOOL_SWITCH", enable_when: "truthy" }
        : { env: "TOOL_SWITCH", disable_when: "falsy" },
    );
  if (JSON.stringify(before["wire"]) === JSON.stringify(less["wire"])) return less;
  return { ...before, wire: plainWire(before["metrics"] !== undefined) };
}

/** Some of the warnings are right as they are. */
function silenced({ spec, warnings }: Contract, random: Random): Spec {
  const codes = some(random, [...new Set(warnings.map(({ code }) => code))]);
  const all = codes.map((warning) => ({
    warning,
    reason: "It is right as it is, for this test.",
    ...(random.chance(0.3) ? { until: "2099-12-31" } : {}),
  }));
  const { history, ...rest } = spec;
  return all.length === 0 ? spec : { ...rest, silence: all, history };
}

export function loaded(drawn: unknown, tries = 0): Contract | undefined {
  let spec = drawn;
  let refused: readonly Diagnostic[] = [];
  for (let left = tries; ; left--) {
    const text = print(spec);
    const { model, diagnostics } = readContract(text, SOURCE);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (left === tries) refused = errors;
    if (model !== undefined) {
      // Where fast-check names a counterexample, it is the YAML.
      const shown = {
        [fc.toStringMethod]: () => `
${text}`,
      };
      return { spec: spec as Spec, text, model, refused, warnings: diagnostics, ...shown };
    }
    const [first] = errors;
    const less = left <= 0 || first === undefined ? undefined : mended(spec, text, first);
    if (less === undefined) return undefined;
    spec = less;
  }
}

/** Returns the head of a contract that is kept as a case: by which values it failed, and what `gen` says of it. */
export function headOf({ warnings }: Contract, values: number): string {
  const codes = [...new Set(warnings.map(({ code }) => code))].sort();
  return `# values: ${values}\n${codes.length === 0 ? "" : `# found: ${codes.join(", ")}\n`}`;
}

/** Uses every declared identifier: one that is nowhere goes with every event. */
function useIdentifiers(spec: Record<string, unknown>, random: Random): Record<string, unknown> {
  const names = typeof spec["identifiers"] === "object" ? Object.keys(spec["identifiers"] as object) : [];
  const where = JSON.stringify([spec["common"], spec["events"], spec["metrics"], spec["consent"]]);
  const unused = names.filter((name) => !where.includes(`"${name}":{`));
  if (unused.length === 0) return spec;
  const field = () => ({ type: "identifier", why: "Counts." });
  const all = Object.fromEntries(unused.map((name) => [name, field()]));
  if (spec["metrics"] !== undefined) {
    const metrics = Object.entries(spec["metrics"] as Record<string, Spec>);
    return {
      ...spec,
      metrics: Object.fromEntries(
        metrics.map(([name, one]) => [name, { ...one, labels: { ...(one["labels"] as object), ...all } }]),
      ),
    };
  }
  if (random.chance(0.6)) return { ...spec, common: { ...(spec["common"] as object | undefined), ...all } };
  const events = Object.entries(spec["events"] as Record<string, Spec>);
  return {
    ...spec,
    events: Object.fromEntries(
      events.map(([name, one], at) =>
        at > 0 ? [name, one] : [name, { ...one, fields: { ...(one["fields"] as object | undefined), ...all } }],
      ),
    ),
  };
}

/** Contracts of the whole language. A failing one is made smaller key by key, for as long as it loads. */
export class Contracts extends fc.Arbitrary<Contract> {
  override generate(source: fc.Random): fc.Value<Contract> {
    const random = randomOf(source);
    for (;;) {
      const contract = drawContract(random);
      if (contract !== undefined) return new fc.Value(contract, undefined);
    }
  }
  override canShrinkWithoutContext(_value: unknown): _value is Contract {
    return false;
  }
  override shrink(value: Contract): fc.Stream<fc.Value<Contract>> {
    return new fc.Stream(smaller(value));
  }
}

function* smaller({ spec }: Contract): IterableIterator<fc.Value<Contract>> {
  for (const path of everyPath(spec)) {
    const less = loaded(withoutPath(spec, path));
    if (less !== undefined) yield new fc.Value(less, undefined);
  }
}
