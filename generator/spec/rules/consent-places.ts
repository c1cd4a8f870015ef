import { plainText } from "../../emit/document.js";
import { countsAbsent, matching, namedIn } from "../../language/consent/matches/index.js";
import { allSteps } from "../../language/consent/parts.js";
import { KNOWN_FACTS } from "../../language/consent/places/fact.js";
import { placeWord } from "../../language/consent/places/index.js";
import { decidingValue, samePlace, samplesOf, says } from "../../language/consent/step.js";
import type { ConsentStep, Match, Model, Scalar } from "../../model/model.js";
import { inputName, takesCommand, takesVersion } from "../../payload/call-shape.js";
import { isUnsettled } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf, type Tree, textOf } from "../tree.js";
import { enablingFlag } from "./enabling-flag.js";
import { otherForm, stateFileForm, unreadable, unreadableForm } from "./file-forms.js";
import { numberInQuotes } from "./number-in-quotes.js";
import { ordersIn } from "./parts.js";
import { allFields, type Judged } from "./rule.js";
import { unclearInSeveral } from "./several-files.js";

/**
 * Checks that the value a step waits for can be where it looks, that it agrees with its key's name, and that somebody reads the
 * place.
 */
export function consentPlaces({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "types", "identifiers")) return;
  const forms = new Map<string, string>();
  for (const { consent, part, steps } of ordersIn(model, root)) {
    consent.order.forEach((step, index) => {
      enablingFlag(step, part, report);
      const tree = steps[index];
      if (tree === undefined) return;
      numberInQuotes(step, tree, report);
      if (!unclearInSeveral(step, tree, report)) neverHolds(step, tree, { ...model, consent }, report);
      oppositeSense(step, tree, report);
      unreadableForm(step, tree, report);
      otherForm(step, tree, forms, report);
      behindAYes(step, consent.order.slice(0, index), tree, report);
    });
  }
  for (const place of itemsOf(at(root, "destination", "override", "order"))) {
    unreadable(at(place, "config"), report);
    addressOrMap(place, model, report);
  }
  stateFileForm({ root, model }, report);
  takenInSetup(model, report);
  const notice = at(root, "consent", "notice");
  if (model.consent.notice?.sendsFrom === "next-run" && !model.consent.notice.once)
    report.add(
      "exclusive-keys",
      at(notice, "sends_from") ?? notice ?? root,
      "If every run shows the notice, no run would ever send.",
      {
        hint: "Remove once: false, or sends_from.",
      },
    );
}

/** A key of a file is an answer, a text or a map: an address and an answer that need the same one are never understood together. */
function addressOrMap(tree: Tree, { consent }: Model, report: DiagnosticSink): void {
  const [file, key] = [textOf(at(tree, "config")), textOf(at(tree, "key"))];
  if (file === undefined || key === undefined) return;
  for (const { place } of allSteps(consent)) {
    if (place.kind !== "config" || place.config !== file) continue;
    const [outer = "", inner = ""] = [key, place.key].sort((a, b) => a.length - b.length);
    if (outer !== inner && !inner.startsWith(`${outer}.`)) continue;
    report.add(
      "exclusive-keys",
      at(tree, "key") ?? tree,
      outer === inner
        ? `${key} of ${file} would be an address and what consent is read from.`
        : `The address is under ${key} and consent under ${place.key}, and ${outer} can't be a text and a map.`,
      { hint: "Read the address from another key." },
    );
    return;
  }
}

/** Checks that names for consent in `setup` don't meet the program's own values. */
function takenInSetup(model: Model, report: DiagnosticSink): void {
  const taken = new Set<string | undefined>(allSteps(model.consent).map(({ place }) => placeWord(place).owedBySetup));
  for (const field of allFields(model)) {
    const { at: place, codeName, from, type } = field;
    if (from.kind !== "setup") continue;
    const name = inputName(field);
    const told = (name === "version" && takesVersion(model)) || (name === "command" && takesCommand(model));
    // A text may be both: what the program says it is.
    const instead = told && type.schema.type !== "string" ? `the program's own ${name}` : undefined;
    const what = taken.has(codeName) ? "consent" : instead;
    if (what !== undefined)
      report.add("code-name-taken", place, `setup takes "${name}" for ${what} already.`, {
        hint: "Add a code_name to the field.",
      });
  }
}

const sides = [
  ["enable_when", "enableWhen", "yes"],
  ["disable_when", "disableWhen", "no"],
] as const;

/** A switch that can't be thrown is worse than none: its page says that it turns telemetry off. */
function neverHolds(step: ConsentStep, tree: Tree, { consent }: Model, report: DiagnosticSink): void {
  const { place: where } = step;
  const stateKey = where.kind === "stored" ? consent.stateFile?.keys.find((one) => one.key === where.key) : undefined;
  // What is wrong is the key's type, and that is reported where it stands.
  if (stateKey !== undefined && isUnsettled(stateKey.type)) return;
  if (stateKey !== undefined && (stateKey.type.schema.type === "array" || stateKey.type.schema.type === "object")) {
    const message = `"${stateKey.key}" holds ${stateKey.type.rule}, and an answer is one value.`;
    report.add("match-never-holds", at(tree, "stored") ?? tree, message, {
      hint: "Give the key type: bool, or an enum.",
    });
    return;
  }
  const { name, refuses } = placeWord(step.place);
  for (const [key, side, decides] of sides) {
    const match: Match | undefined = step[side];
    if (match === undefined) continue;
    const place = at(tree, key) ?? tree;
    if (side === "enableWhen" && countsAbsent(match)) {
      report.add("absence-is-a-yes", place, `Nothing at all in ${name(step.place)} would turn reporting on.`, {
        hint: "Remove absent: silence is not a yes.",
      });
      continue;
    }
    const never = counted(match)
      .map((value) => [value, refuses(step.place, value, consent)] as const)
      .find(([, hint]) => hint !== undefined);
    if (never !== undefined) {
      const [value, hint] = never;
      const word = step.anyCase && valuesOf(step, consent).find((one) => String(one).toLowerCase() === value);
      report.add("match-never-holds", place, `${JSON.stringify(value)} can never be in ${name(step.place)}.`, {
        hint: word
          ? `Remove any_case, and write ${JSON.stringify(word)}: the state file holds no other spelling.`
          : hint,
      });
      continue;
    }
    if (isOutweighed(step, decides, consent)) {
      const before = consent.order.slice(0, consent.order.indexOf(step)).some((other) => samePlace(other, step));
      const what = `Whatever turns reporting ${side === "enableWhen" ? "on" : "off"} in ${name(step.place)}`;
      report.add(
        "match-never-holds",
        place,
        before ? `${what} here is decided by a step before it.` : `${what} turns it off, too.`,
        { hint: before ? "Write one step with both sides." : "Where both sides match, off wins." },
      );
      continue;
    }
    const usual: readonly Scalar[] = [true, false, 1, 0, ...samplesOf(step, consent), ...valuesOf(step, consent)];
    const possible = usual.filter((value) => refuses(step.place, value, consent) === undefined);
    // Of a text with a pattern nobody can list what it may be.
    if (
      counted(match).length > 0 ||
      countsAbsent(match) ||
      isOpen(step, consent) ||
      possible.some((value) =>
        says(
          { ...step, enableWhen: undefined, disableWhen: undefined, otherwise: undefined, [side]: match } as never,
          value,
        ),
      )
    )
      continue;
    report.add(
      "match-never-holds",
      place,
      `Nothing that can be in ${name(step.place)} is ${plainText(matching(match, false))}.`,
      { hint: refuses(step.place, "", consent) ?? "Write the values that count." },
    );
  }
}

/** Returns whether this side's values all say something else first: by the other side, or by a step before it on the same place. */
function isOutweighed(step: ConsentStep, decides: "yes" | "no", consent: Model["consent"]): boolean {
  if (decidingValue(step, decides, consent) !== undefined) return false;
  const [own, other] =
    decides === "yes" ? (["enableWhen", "disableWhen"] as const) : (["disableWhen", "enableWhen"] as const);
  const { [other]: _, otherwise: __, ...alone } = step;
  // By itself it would decide: what it lacks is not a value, but a turn. Absence decides without a value.
  return !countsAbsent(step[own]) && decidingValue(alone, decides, { ...consent, order: [alone] }) !== undefined;
}

/** The values that count. What a match leaves out may be what its place can't hold: that does no harm. */
function counted(match: Match): readonly Scalar[] {
  if (match.kind === "any-of") return match.of.flatMap(counted);
  return match.kind === "any-except" ? [] : namedIn(match);
}

function valuesOf({ place }: ConsentStep, { stateFile }: Model["consent"]): readonly Scalar[] {
  const type = place.kind === "stored" ? stateFile?.keys.find(({ key }) => key === place.key)?.type : undefined;
  return (type?.schema.enum ?? []) as readonly Scalar[];
}

function isOpen({ place }: ConsentStep, { stateFile }: Model["consent"]): boolean {
  const type = place.kind === "stored" ? stateFile?.keys.find(({ key }) => key === place.key)?.type : undefined;
  return (
    place.kind === "stored" && (type === undefined || (type.schema.type === "string" && type.schema.enum === undefined))
  );
}

const negative =
  /disabl|opt[-_. ]?out|(?:^|[-_. ])(?:no|not|off|deny|denied|never|skip|block|refuse|without)(?:[-_. ]|$)/;

/** `disable_telemetry: true` is a no; without words of its own a step would take it for a yes. */
function oppositeSense(step: ConsentStep, tree: Tree, report: DiagnosticSink): void {
  const { place } = step;
  const name = placeWord(place).sense(place);
  if (name === undefined || at(tree, "enable_when") !== undefined) return;
  const words = (name.split(".").at(-1) ?? "").replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  if (!negative.test(words) || says(step, true) === "no" || says(step, "true") === "no" || says(step, 1) === "no")
    return;
  report.add(
    "key-of-the-opposite-sense",
    at(tree, place.kind === "config" ? "key" : place.kind) ?? tree,
    `"${name}" sounds like a no, and true would turn reporting on.`,
    { hint: "Write both sides: disable_when: [true], enable_when: [false]." },
  );
}

/** Flags and facts are asked before everything that may say yes, so that nothing overrides them. */
function behindAYes(step: ConsentStep, before: readonly ConsentStep[], tree: Tree, report: DiagnosticSink): void {
  const { kind } = step.place;
  if ((kind !== "flag" && kind !== "fact") || step.enableWhen !== undefined) return;
  const yes = before.find(({ place, enableWhen }) => place.kind !== "env" && enableWhen !== undefined);
  if (yes !== undefined)
    report.add(
      "no-behind-a-yes",
      tree,
      `${placeWord(step.place).name(step.place)} comes after ${placeWord(yes.place).name(yes.place)}, whose yes would override it.`,
      {
        hint: "Flags and facts only say no: put them before config, stored and given.",
      },
    );
  if (step.place.kind === "fact" && step.place.means === undefined && !Object.hasOwn(KNOWN_FACTS, step.place.fact))
    report.add("fact-without-means", at(tree, "fact") ?? tree, `Nobody knows what "${step.place.fact}" is.`, {
      hint: `Add means: WHAT IT IS, or write one that is known: ${Object.keys(KNOWN_FACTS).join(", ")}.`,
    });
}
