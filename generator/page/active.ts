import { type Block, code, type Inline, list, paragraph, prose, type Section, say, strong } from "../emit/document.js";
import { countsAbsent, matching } from "../language/consent/matches/index.js";
import { KNOWN_FACTS, meaning } from "../language/consent/places/fact.js";
import { placeWord } from "../language/consent/places/index.js";
import type { Consent, ConsentStep, Match, Model } from "../model/model.js";
import { asked, noticed } from "./asked.js";
import { stateFile } from "./state-file.js";
import { switchBlocks } from "./switches.js";

/** When telemetry is active: who decides, in which order, with which values; how it is switched, asked for and announced. */
export function active(model: Model): Section {
  const { consent } = model;
  const onByDefault = consent.model === "opt-out";
  return {
    title: "When it is active",
    blocks: [
      paragraph(
        say`Telemetry is ${strong(onByDefault ? "on" : "off")} unless one of these says otherwise. The first that matches decides:`,
      ),
      list(steps(consent)),
      paragraph(rules(consent, model.wire.format === "prometheus-text" ? "report" : "event")),
      ...killSwitch(consent),
      ...never(consent),
      ...builds(consent),
      ...oldAnswers(model),
      ...switchBlocks(model, "disable"),
      ...switchBlocks(model, "enable"),
      ...(consent.order.length > 1 ? [paragraph("Earlier steps still come first.")] : []),
    ],
    sections: [...asked(consent), ...noticed(model), ...stateFile(model)],
  };
}

/** One line per step, in the order in which they are asked. */
function steps(consent: Consent): readonly Inline[] {
  const announced = consent.model === "opt-out" && consent.notice !== undefined;
  const last = say`none of these: ${strong(consent.model === "opt-out" ? "on" : "off")}${announced ? ", announced by the notice below" : ""}`;
  return [...consent.order.map((step) => stepLine(step, consent)), last].map(
    (line, index) => say`${strong(`${index + 1}.`)} ${line}`,
  );
}

/** Off stands first: where both match, off wins. */
function stepLine(step: ConsentStep, consent: Consent): Inline {
  const { disableWhen, enableWhen, place } = step;
  const { looked, textsOnly } = placeWord(place);
  const only = textsOnly(place);
  const where = looked(place, consent);
  if (place.kind === "fact" || (place.kind === "flag" && !place.valued)) return say`${where}: ${strong("off")}`;
  const when = (match: Match) => say`${matching(match, only)}${spelled(step, match)}`;
  const sides: readonly Inline[] = [
    ...(disableWhen === undefined
      ? []
      : [say`${strong("off")} if ${when(disableWhen)}${step.otherwise ? ", or anything not named here" : ""}`]),
    ...(enableWhen === undefined ? [] : [say`${strong("on")} if ${when(enableWhen)}`]),
  ];
  return sides.reduce<Inline>((line, side, at) => say`${line}${at === 0 ? ": " : "; "}${side}`, where);
}

function spelled({ anyCase, trimmed }: ConsentStep, match: Match): string {
  const usual = (one: Match): boolean =>
    one.kind === "truthy" || one.kind === "falsy" || (one.kind === "any-of" && one.of.some(usual));
  return `${anyCase && !usual(match) ? ", in any letter case" : ""}${trimmed ? ", with or without spaces around it" : ""}`;
}

function rules({ order, evaluated }: Consent, sent: string): Inline {
  const both = order.some(({ enableWhen, disableWhen }) => enableWhen !== undefined && disableWhen !== undefined);
  const when = {
    "at-start": "This is read once, when the program starts; a later change counts from the next start.",
    "every-event": `This is read for every ${sent}, so a change counts at once.`,
  };
  const absence = order.some((step) => countsAbsent(step.disableWhen));
  const unset = absence
    ? "Unset counts only where the list says so; other values are ignored."
    : "Unset or other values are ignored.";
  return [unset, both ? "If both match, off wins." : "", when[evaluated]]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** A first step that can only say no, before others that can say yes. */
function killSwitch({ order: [first, ...rest] }: Consent): readonly Block[] {
  if (first?.place.kind !== "env" || first.enableWhen !== undefined) return [];
  if (!rest.some(({ enableWhen }) => enableWhen !== undefined)) return [];
  return [paragraph(say`${code(first.place.env)} is the master kill switch: it overrides everything below it.`)];
}

/** Where nothing is sent whatever anybody says, and how the client knows. */
function never({ order }: Consent): readonly Block[] {
  const facts = order.flatMap(({ place }) => (place.kind === "fact" ? [place] : []));
  if (facts.length === 0) return [];
  const reads = ({ fact }: (typeof facts)[number]) => {
    const known = KNOWN_FACTS[fact];
    return known === undefined
      ? "The program says so; where it doesn't say, nothing is sent."
      : say`The client reads ${prose(known.reads)}.`;
  };
  return [
    paragraph("Nothing is ever sent where:"),
    list(facts.map((one) => say`${strong(meaning(one))}. ${reads(one)}`)),
  ];
}

/** What an answer to an earlier edition of the list is worth. */
function oldAnswers({ consent, consentEpoch }: Model): readonly Block[] {
  if (consentEpoch === 1 || !consent.order.some(({ place }) => place.kind === "stored")) return [];
  const yes =
    consent.model === "opt-in"
      ? "A yes to an earlier edition of this list no longer counts"
      : consent.notice?.once === true
        ? "More is collected than an earlier edition of this list said, so the notice below is shown again to those who were told less"
        : "An answer to an earlier edition of this list still counts";
  return [paragraph(`${yes}. A no never expires.`)];
}

const kinds = {
  normal: "decided as above.",
  "compiled-out": "always off. The code is not in it.",
  "locked-off": "always off. Nothing can turn it on.",
} as const;

function builds({ builds }: Consent): readonly Block[] {
  if (builds.length === 0) return [];
  return [
    paragraph("The build comes before all of this:"),
    list(builds.map(({ name, kind }) => say`${strong(code(name))}: ${kinds[kind]}`)),
  ];
}
