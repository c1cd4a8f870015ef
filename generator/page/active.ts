import { type Block, code, type Inline, list, paragraph, type Section, say, strong, table } from "../emit/document.js";
import type { Consent, ConsentStep, Model } from "../model/model.js";
import { asked, noticed } from "./asked.js";
import { stateFile } from "./state-file.js";
import { switchBlocks } from "./switches.js";
import { matching } from "./words.js";

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
      ...builds(consent),
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
  const inEnvironment = place.kind === "env";
  return [
    ...(disableWhen === undefined
      ? []
      : [[order, placeOf(step, consent), matching(disableWhen, inEnvironment), strong("off")]]),
    ...(enableWhen === undefined
      ? []
      : [[order, placeOf(step, consent), matching(enableWhen, inEnvironment), strong("on")]]),
  ];
}

function placeOf({ place }: ConsentStep, { stateFile }: Consent): Inline {
  switch (place.kind) {
    case "env":
      return say`environment variable ${code(place.env)}`;
    case "config":
      return say`${code(place.key)} in ${code(place.config)}`;
    case "stored":
      return say`${code(place.key)} in ${code(stateFile?.path ?? "the state file")}`;
  }
}

function rules({ order, evaluated }: Consent, sent: string): Inline {
  const both = order.some(({ enableWhen, disableWhen }) => enableWhen !== undefined && disableWhen !== undefined);
  const when = {
    "at-start": "This is read once, when the program starts; a later change counts from the next start on.",
    "every-event": `This is looked at again for every ${sent}, so a change counts at once.`,
  };
  const unset = "What is not set, or has another value, decides nothing.";
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
