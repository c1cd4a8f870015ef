import { allSteps, consentOf, factsBeside, withNeeded } from "../../language/consent/parts.js";
import { KNOWN_FACTS } from "../../language/consent/places/fact.js";
import { stepsFor } from "../../language/consent/read-step.js";
import { valueFor } from "../../language/consent/step.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Consent, ConsentPart, Field, Model } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import type { DiagnosticSink, TextSpan } from "../diagnostic-sink.js";
import { at, itemsOf, type MapTree, type Tree, toJson } from "../tree.js";
import type { Judged } from "./rule.js";

/** The head and each part: its steps, and where they are written. */
export function ordersIn(
  { consent }: Pick<Model, "consent">,
  root: MapTree,
): readonly { readonly consent: Consent; readonly part?: ConsentPart; readonly steps: readonly Tree[] }[] {
  return [
    { consent, steps: stepTrees(at(root, "consent", "order")) },
    ...(consent.parts ?? []).map((part) => ({
      consent: consentOf(consent, part),
      part,
      steps: ofPart(at(root, "consent", "parts", part.name, "order")),
    })),
  ];
}

/** Flags that say yes are asked last. */
function ofPart(order: Tree | undefined): readonly Tree[] {
  const trees = stepTrees(order);
  const last = (tree: Tree) => at(tree, "flag") !== undefined && at(tree, "enable_when") !== undefined;
  return [...trees.filter((tree) => !last(tree)), ...trees.filter(last)];
}

/** Returns the place of each step: one about several files stands for several. */
function stepTrees(order: Tree | undefined): readonly Tree[] {
  return itemsOf(order).flatMap((tree) => {
    const written = tree.kind === "map" ? (toJson(tree) as Readonly<Record<string, JsonValue>>) : {};
    return stepsFor(written).map(() => tree);
  });
}

/** Every part that is named is there, is about something, and can be reached. */
export function parts(judged: Judged, report: DiagnosticSink): void {
  const { model, whole } = judged;
  if (!whole("consent")) return;
  needed(judged, report);
  if (!whole("events", "metrics", "common")) return;
  knownFacts(judged, report);
  const things = [...model.events, ...model.metrics];
  const fields = [...model.common, ...things.flatMap(fieldsOf)].flatMap(withInner);
  belonging(model, [...things, ...fields], report);
  asked(model, report);
}

/** Checks that what parts need is there, that none needs itself, and that each can be turned on and off. */
function needed({ model, root }: Judged, report: DiagnosticSink): void {
  const { consent } = model;
  const known = consent.parts ?? [];
  for (const one of known) {
    const tree = at(root, "consent", "parts", one.name) ?? root;
    const place = at(tree, "needs") ?? tree;
    const unknown = one.needs.find((need) => !known.some(({ name }) => name === need));
    if (unknown !== undefined) notThere(known, unknown, place, report);
    else if (one.needs.some((need) => withNeeded(consent, need).includes(one)))
      report.add("part-in-a-circle", place, `The part "${one.name}" needs itself.`, {
        hint: "Remove one of the needs.",
      });
    ways(consent, one, tree, report);
  }
}

function knownFacts({ model, root }: Judged, report: DiagnosticSink): void {
  const { consent, events, metrics } = model;
  const steps = allSteps(consent).flatMap(({ place }) => (place.kind === "fact" ? [place] : []));
  for (const { fact, means } of factsBeside(consent, [...events, ...metrics]))
    if (
      means === undefined &&
      !Object.hasOwn(KNOWN_FACTS, fact) &&
      !steps.some((step) => step.fact === fact && step.means)
    )
      report.add("fact-without-means", at(root, "consent") ?? root, `The contract doesn't say what "${fact}" is.`, {
        hint: `Write only_where: { fact: ${fact}, means: WHAT IT IS }, or one that is known: ${Object.keys(KNOWN_FACTS).join(", ")}.`,
      });
}

type Belongs = Pick<Field, "at" | "part" | "sinceEpoch">;

/** Checks that parts and editions that things name are there, and that something belongs to each part. */
function belonging(model: Model, used: readonly Belongs[], report: DiagnosticSink): void {
  const { consent, consentEpoch } = model;
  const known = consent.parts ?? [];
  for (const { part, at: span } of used)
    if (part !== undefined && !known.some(({ name }) => name === part)) notThere(known, part, span, report);
  for (const { sinceEpoch, at: span } of [...used, ...known])
    if (sinceEpoch !== undefined && sinceEpoch > consentEpoch)
      report.add(
        "out-of-range",
        span,
        `There is no edition ${sinceEpoch} of the list: consent_epoch is ${consentEpoch}.`,
        {
          hint: `Write an edition of at most consent_epoch: ${consentEpoch}.`,
        },
      );
  for (const { rollup, fields: own, wireName } of model.events)
    for (const field of own.flatMap(withInner))
      if (rollup !== undefined && (field.part ?? field.sinceEpoch) !== undefined)
        report.add(
          "part-in-a-rollup",
          field.at,
          `"${field.wireName}" of "${wireName}" can't have a part or edition of its own.`,
          { hint: "Write it on the event: a total can't be split." },
        );
  // In a consent that several contracts share, a part may be another one's.
  const shared = consent.use !== undefined || model.programmes !== undefined;
  for (const { name, at: span } of shared ? [] : known)
    if (!used.some(({ part }) => part === name) && !known.some(({ needs }) => needs.includes(name)))
      report.add("part-of-nothing", span, `Nothing belongs to the part "${name}".`, {
        hint: `Write part: ${name} on an event, a metric or a field, or remove it.`,
      });
}

function asked({ consent }: Model, report: DiagnosticSink): void {
  const asks = [consent, ...(consent.parts ?? [])].flatMap(({ ask }) => ask);
  for (const [index, { where, at: span }] of asks.entries())
    if (asks.findIndex((one) => one.where === where) !== index)
      report.add("asked-twice", span, `Two questions have the name "${where}".`, {
        hint: "A program asks by this name: give each question a different one.",
      });
}

function notThere(known: readonly ConsentPart[], name: string, place: TextSpan, report: DiagnosticSink): void {
  report.add("part-unknown", place, `There is no part "${name}".`, {
    hint:
      known.length === 0 ? "Add it to consent.parts." : `There is ${known.map((one) => `"${one.name}"`).join(", ")}.`,
  });
}

function ways(consent: Consent, part: ConsentPart, tree: Tree, report: DiagnosticSink): void {
  const partConsent = consentOf(consent, part);
  const can = (said: "yes" | "no") => partConsent.order.some((step) => valueFor(step, said, partConsent) !== undefined);
  const place = at(tree, "model") ?? tree;
  if (part.model === "opt-in" && !can("yes"))
    report.add("no-way-to-enable", place, `The part "${part.name}" is off, and no step turns it on.`, {
      hint: "Add a step that can say yes, for example { stored: KEY }.",
    });
  // What it needs turns it off, too.
  if (part.model === "opt-out" && part.needs.length === 0 && !can("no"))
    report.add("no-way-to-disable", place, `The part "${part.name}" is on, and no step turns it off.`, {
      hint: "Add a step with disable_when; or leave the part out: what belongs to no part depends on the rest of consent alone.",
    });
}

function fieldsOf(one: Model["events"][number] | Model["metrics"][number]) {
  return "labels" in one ? one.labels : one.fields;
}
