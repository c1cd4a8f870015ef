import {
  type Block,
  code,
  enumerate,
  type Inline,
  list,
  numbered,
  paragraph,
  prose,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import { OR_EXACTLY } from "../language/consent/matches/define.js";
import { countsAbsent, matching, namedIn } from "../language/consent/matches/index.js";
import { CONSENT_MODELS } from "../language/consent/models.js";
import { allSteps, factsBeside } from "../language/consent/parts.js";
import { isMarker } from "../language/consent/places/config.js";
import { KNOWN_FACTS, meaning } from "../language/consent/places/fact.js";
import { placeWord } from "../language/consent/places/index.js";
import { FORMATS } from "../language/wire/formats/index.js";
import { holdsFrom } from "../model/epochs.js";
import type { Consent, ConsentStep, Fact, Match, Model } from "../model/model.js";
import { adopted } from "./adopted.js";
import { asked, noticed } from "./asked.js";
import { partSections } from "./parts.js";
import { stateFile } from "./state-file.js";
import { onSwitches } from "./switches.js";
import { flat } from "./words.js";

/**
 * The section on when telemetry is active: who decides, in which order, with which values; how it is switched, asked for and
 * announced.
 */
export function active(model: Model): Section {
  const { consent } = model;
  return {
    title: "When it is active",
    blocks: [...decided(model), ...never(consent), ...builds(consent), ...oldAnswers(model), ...onSwitches(model)],
    sections: [...partSections(model), ...asked(consent), ...noticed(model), ...adopted(model), ...stateFile(model)],
  };
}

function decided({ consent, wire }: Model): readonly Block[] {
  if (consent.none !== undefined) return [paragraph("Always: nobody is asked, and nothing turns it off.")];
  return [
    ...(consent.order.length === 0
      ? [paragraph("There is no switch for all of it: each part is decided separately, below.")]
      : [paragraph("The first match decides:"), numbered(steps(consent))]),
    paragraph(rules(consent, FORMATS[wire.format].terms.sent)),
  ];
}

/** One line per step, in the order in which they are asked. @param part a part's own: whatever they say, the rest goes on. */
export function steps(consent: Consent, part = false): readonly Inline[] {
  const announced = consent.model === "opt-out" && consent.notice !== undefined;
  const last = say`none of these: ${strong(CONSENT_MODELS[consent.model].usual)}${announced ? ", announced by the notice below" : ""}`;
  return [...consent.order.map((step) => stepLine(step, !part && isKillSwitch(step, consent), consent)), last];
}

/** Off stands first: where both match, off wins. */
function stepLine(step: ConsentStep, kills: boolean, consent: Consent): Inline {
  const { disableWhen, enableWhen, place } = step;
  const { looked, textsOnly } = placeWord(place);
  const only = textsOnly(place);
  const so = step.onlyWhere === undefined ? "" : say`, only where ${meaning(step.onlyWhere)}`;
  const where = say`${looked(place, consent)}${kills ? ", the master kill switch" : ""}${so}`;
  if (place.kind === "fact") return say`where ${meaning(place)}${so}: ${strong("off")}`;
  if (place.kind === "flag" && !place.valued) return say`${where}: ${strong(disableWhen === undefined ? "on" : "off")}`;
  if (place.kind === "config" && isMarker(place)) return say`${where}: ${enumerate(marked(step), "and")}`;
  const when = (match: Match) => say`${matching(match, only, step.anyCase)}${spelled(step, match)}`;
  const sides: readonly Inline[] = [
    ...(disableWhen === undefined
      ? []
      : [say`${strong("off")} if ${when(disableWhen)}${step.otherwise ? ", or anything not named here" : ""}`]),
    ...(enableWhen === undefined ? [] : [say`${strong("on")} if ${when(enableWhen)}`]),
  ];
  const line = sides.reduce<Inline>((line, side, at) => say`${line}${at === 0 ? ": " : "; "}${side}`, where);
  return onceAtTheEnd(line);
}

/** A file that says something by being there. */
function marked({ disableWhen, enableWhen }: ConsentStep): readonly Inline[] {
  const there = (match: Match) => (countsAbsent(match) ? "if there is none" : "if there is one");
  return [
    ...(disableWhen === undefined ? [] : [say`${strong("off")} ${there(disableWhen)}`]),
    ...(enableWhen === undefined ? [] : [say`${strong("on")} ${there(enableWhen)}`]),
  ];
}

const anyCaseWords = ", in any letter case";

/** Returns what holds for both sides. */
function onceAtTheEnd(line: Inline): Inline {
  const parts = flat(line);
  const rest = parts.filter((part) => part !== anyCaseWords);
  if (parts.length - rest.length < 2 || parts.includes(OR_EXACTLY)) return line;
  return [...rest, "; in any letter case"];
}

function spelled({ anyCase, trimmed }: ConsentStep, match: Match): string {
  const usual = (one: Match): boolean =>
    one.kind === "truthy" || one.kind === "falsy" || (one.kind === "any-of" && one.of.some(usual));
  const letters = namedIn(match).some((value) => /\p{L}/u.test(String(value)));
  return `${anyCase && letters && !usual(match) ? ", in any letter case" : ""}${trimmed ? ", with or without spaces around it" : ""}`;
}

function rules({ order, evaluated }: Consent, sent: string): Inline {
  const both = order.some(({ enableWhen, disableWhen }) => enableWhen !== undefined && disableWhen !== undefined);
  const when = {
    "at-start": "It is checked once, when the program starts; a later change takes effect at the next start.",
    "every-event": `It is checked for every ${sent}: a change takes effect at once.`,
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
function isKillSwitch(step: ConsentStep, { order: [first, ...rest] }: Consent): boolean {
  return (
    step === first &&
    step.place.kind === "env" &&
    step.enableWhen === undefined &&
    step.onlyWhere === undefined &&
    rest.some(({ enableWhen }) => enableWhen !== undefined)
  );
}

/** Returns where nothing is ever sent, and how the client knows. */
function never(consent: Consent): readonly Block[] {
  const facts = consent.order.flatMap(({ place }) => (place.kind === "fact" ? [place] : []));
  const beside = factsBeside(consent).filter(({ fact }) => !facts.some((one) => one.fact === fact));
  const ofSteps = new Set(allSteps(consent).flatMap(({ onlyWhere }) => onlyWhere?.fact ?? []));
  const known = (which: readonly Fact[], how: string, untold = ""): readonly Block[] =>
    which.length === 0
      ? []
      : [paragraph(how), list(which.map((one) => say`${strong(meaning(one))}. ${reads(one, untold)}`))];
  return [
    ...known(facts, "Nothing is ever sent if:", "; if it doesn't, nothing is sent"),
    ...known(
      beside.filter(({ fact }) => ofSteps.has(fact)),
      "How the client knows whether a step counts; if that is unknown, the step can say no, but not yes:",
    ),
    ...known(
      beside.filter(({ fact }) => !ofSteps.has(fact)),
      "How the client knows where something is asked or shown; if that is unknown, a notice is shown, and a question isn't asked:",
    ),
  ];
}

/** Returns what the client goes by. @param untold what happens if the program doesn't say. */
function reads({ fact }: Fact, untold: string): Inline {
  const known = KNOWN_FACTS[fact];
  return known === undefined
    ? `The program says whether this is so${untold}.`
    : say`The client reads ${prose(known.reads)}.`;
}

/** Returns what an answer to an earlier edition of the list is worth. */
function oldAnswers(model: Model): readonly Block[] {
  const { consent, consentEpoch } = model;
  const oldest = holdsFrom(model);
  if (consentEpoch === 1 || !allSteps(consent).some(({ place }) => place.kind === "stored")) return [];
  const byOlder: readonly Block[] =
    consent.epochFrom === undefined
      ? []
      : [
          paragraph(
            say`${code(consent.epochFrom.key)} in the state file says which edition an older version's answer was given to: ${enumerate(
              consent.epochFrom.epochs.map(({ epoch, from }) => `edition ${epoch} from ${from} on`),
              "and",
            )}; before that, the first.`,
          ),
        ];
  const rest = `A yes to edition ${oldest} of this list or a later one still counts. What was added later is marked above, and is not sent on such a yes`;
  const gone = oldest > 1 ? ". An older yes no longer counts" : "";
  if (oldest < consentEpoch) return [paragraph(`${rest}${gone}. A no never expires.`), ...byOlder];
  const yes =
    consent.model === "opt-in"
      ? "A yes to an earlier edition of this list no longer counts"
      : consent.notice?.once === true
        ? "More is collected than an earlier edition of this list said, so the notice below is shown again to those who were told less"
        : "An answer to an earlier edition of this list still counts";
  return [paragraph(`${yes}. A no never expires.`), ...byOlder];
}

const kinds = {
  normal: "decided as above.",
  "compiled-out": "always off. Such a build doesn't contain the code.",
  "locked-off": "always off. Nothing can turn it on.",
} as const;

function builds({ builds }: Consent): readonly Block[] {
  if (builds.length === 0) return [];
  return [
    paragraph("The build comes first:"),
    list(builds.map(({ name, kind }) => say`${strong(code(name))}: ${kinds[kind]}`)),
  ];
}
