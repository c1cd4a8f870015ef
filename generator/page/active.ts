import {
  type Block,
  code,
  type Inline,
  list,
  paragraph,
  prose,
  type Section,
  say,
  strong,
  table,
} from "../emit/document.js";
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
        say`Telemetry is ${strong(onByDefault ? "on" : "off")} unless one of these decides otherwise. The first that matches decides:`,
      ),
      table(["Step", "What is looked at", "Value", "Telemetry is"], rows(consent)),
      paragraph(rules(consent, model.wire.format === "prometheus-text" ? "report" : "event")),
      ...killSwitch(consent),
      ...never(consent),
      ...builds(consent),
      ...oldAnswers(model),
      ...switchBlocks(model, "disable"),
      ...switchBlocks(model, "enable"),
      ...(consent.order.length > 1
        ? [paragraph("A step that stands earlier in the table still decides before these do.")]
        : []),
    ],
    sections: [...asked(consent), ...noticed(model), ...stateFile(model)],
  };
}

function rows(consent: Consent): readonly (readonly Inline[])[] {
  const steps = consent.order.flatMap((step, index) => stepRows(step, String(index + 1), consent));
  const last = consent.order.length + 1;
  const announced = consent.model === "opt-out" && consent.notice !== undefined;
  return [
    ...steps,
    [
      String(last),
      "none of these",
      "",
      say`${strong(consent.model === "opt-out" ? "on" : "off")}${announced ? ", announced by the notice below" : ""}`,
    ],
  ];
}

/** Off stands first: where both match, off wins. */
function stepRows(step: ConsentStep, order: string, consent: Consent): readonly (readonly Inline[])[] {
  const { disableWhen, enableWhen, place } = step;
  const { looked, textsOnly } = placeWord(place);
  const only = textsOnly(place);
  if (place.kind === "fact") return [[order, looked(place, consent), "it is so", strong("off")]];
  if (place.kind === "flag" && !place.valued) return [[order, looked(place, consent), "", strong("off")]];
  const also = (match: Match) => spelled(step, match);
  return [
    ...(disableWhen === undefined
      ? []
      : [
          [
            order,
            looked(place, consent),
            say`${matching(disableWhen, only)}${also(disableWhen)}${step.otherwise ? ", or anything that isn't named here" : ""}`,
            strong("off"),
          ],
        ]),
    ...(enableWhen === undefined
      ? []
      : [[order, looked(place, consent), say`${matching(enableWhen, only)}${also(enableWhen)}`, strong("on")]]),
  ];
}

function spelled({ anyCase, trimmed }: ConsentStep, match: Match): string {
  const usual = (one: Match): boolean =>
    one.kind === "truthy" || one.kind === "falsy" || (one.kind === "any-of" && one.of.some(usual));
  return `${anyCase && !usual(match) ? ", in any letter case" : ""}${trimmed ? ", with or without spaces around it" : ""}`;
}

function rules({ order, evaluated }: Consent, sent: string): Inline {
  const both = order.some(({ enableWhen, disableWhen }) => enableWhen !== undefined && disableWhen !== undefined);
  const when = {
    "at-start": "This is read once, when the program starts; a later change counts from the next start on.",
    "every-event": `This is looked at again for every ${sent}, so a change counts at once.`,
  };
  const absence = order.some((step) => countsAbsent(step.disableWhen));
  const unset = absence
    ? "Where nothing at all is named above, what is not set decides, too; what has another value decides nothing."
    : "What is not set, or has another value, decides nothing.";
  return [unset, both ? "Where on and off both match, off wins." : "", when[evaluated]]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** A first step that can only say no, before others that can say yes. */
function killSwitch({ order: [first, ...rest] }: Consent): readonly Block[] {
  if (first?.place.kind !== "env" || first.enableWhen !== undefined) return [];
  if (!rest.some(({ enableWhen }) => enableWhen !== undefined)) return [];
  return [
    paragraph(say`${code(first.place.env)} is the master kill switch: it overrides everything that stands below it.`),
  ];
}

/** Where nothing is sent whatever anybody says, and how the client knows. */
function never({ order }: Consent): readonly Block[] {
  const facts = order.flatMap(({ place }) => (place.kind === "fact" ? [place] : []));
  if (facts.length === 0) return [];
  const reads = ({ fact }: (typeof facts)[number]) => {
    const known = KNOWN_FACTS[fact];
    return known === undefined
      ? "The program tells that; where it doesn't, nothing is sent."
      : say`The client reads ${prose(known.reads)}.`;
  };
  return [
    paragraph("Nothing is ever sent where"),
    list(facts.map((one) => say`${strong(meaning(one))}. ${reads(one)}`)),
  ];
}

/** What an answer to an earlier edition of the list is worth. */
function oldAnswers({ consent, consentEpoch }: Model): readonly Block[] {
  if (consentEpoch === 1 || !consent.order.some(({ place }) => place.kind === "stored")) return [];
  const yes =
    consent.model === "opt-in"
      ? "A yes that was given to an earlier edition of this list doesn't count any more"
      : consent.notice?.once === true
        ? "More is collected than an earlier edition of this list said; the notice below is shown again to whoever was told less"
        : "An answer that was given to an earlier edition of this list still counts";
  return [paragraph(`${yes}. A no holds for ever.`)];
}

const kinds = {
  normal: "decided as above.",
  "compiled-out": "always off. The code is not in it, so nothing can turn it on.",
  "locked-off": "always off. Nothing can turn it on: no variable, setting, command or answer.",
} as const;

function builds({ builds }: Consent): readonly Block[] {
  if (builds.length === 0) return [];
  return [
    paragraph("Which build it is comes before all of this:"),
    list(builds.map(({ name, kind }) => say`${strong(code(name))}: ${kinds[kind]}`)),
  ];
}
