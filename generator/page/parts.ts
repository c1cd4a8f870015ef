import {
  type Block,
  code,
  enumerate,
  type Inline,
  list,
  numbered,
  paragraph,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import { answerOfPart, epochKey } from "../language/consent/answer.js";
import { CONSENT_MODELS } from "../language/consent/models.js";
import { consentOf, isOnByDefault } from "../language/consent/parts.js";
import type { Consent, ConsentPart, Model } from "../model/model.js";
import { steps } from "./active.js";
import { asked } from "./asked.js";
import { offSwitches, onSwitches } from "./switches.js";
import { clause } from "./words.js";

/** Returns what is decided by itself: what each part is, what comes before it, its own table, switch and question. */
export function partSections(model: Model): readonly Section[] {
  return (model.consent.parts ?? []).map((part) => {
    const partConsent = ownConsent(model, part);
    const alone = { ...model, consent: partConsent };
    return {
      title: say`The part ${code(part.name)}`,
      blocks: [
        paragraph(
          say`${about(part)} It is ${strong(CONSENT_MODELS[part.model].usual)} unless one of these decides otherwise, and always off when telemetry is off${needed(part)}.`,
        ),
        numbered(steps(partConsent, true)),
        ...offSwitches(alone, "To turn it off"),
        ...onSwitches(alone),
        ...byHand(model, part),
      ],
      sections: asked(partConsent),
    };
  });
}

function about({ what, name }: ConsentPart): Inline {
  return what === undefined ? say`${code(name)} is decided separately.` : say`This is about ${clause(what)}.`;
}

function needed({ needs }: ConsentPart): Inline {
  return needs.length === 0 ? "" : say`, or when ${enumerate(needs.map(code), "or")} is`;
}

/** The part with the command that answers for it, where there is one: the contract's own, and the part's name behind it. */
function ownConsent({ consent }: Model, part: ConsentPart): Consent {
  const { enable, disable } = consent.commands;
  const answered = answerOfPart({ consent }, part) !== undefined;
  const behind = (command: typeof enable) => command && { ...command, run: `${command.run} ${part.name}` };
  const commands = answered
    ? {
        ...(enable && { enable: { ...enable, ...behind(enable) } }),
        ...(disable && { disable: { ...disable, ...behind(disable) } }),
      }
    : {};
  return { ...consentOf(consent, part), commands };
}

/** Describes the key in the state file for a part that no command answers for. */
function byHand({ consent }: Model, part: ConsentPart): readonly Block[] {
  const answer = answerOfPart({ consent }, part);
  const file = consent.stateFile?.path;
  if (answer === undefined || file === undefined || consent.commands.disable !== undefined) return [];
  return [
    paragraph(
      say`What you choose is kept as ${code(answer.key)} in ${code(file)}: ${code(JSON.stringify(answer.yes))} or ${code(JSON.stringify(answer.no))}.`,
    ),
  ];
}

/** Returns whether anything is sent by default. */
export function isAnythingOn({ consent, events, metrics }: Model): boolean {
  return [...events, ...metrics].some(({ part }) => isOnByDefault(consent, part));
}

/** For the head of the page: what is decided by itself, and what holds for it until then. */
export function partList({ consent }: Model): readonly Block[] {
  const { parts = [] } = consent;
  if (parts.length === 0) return [];
  const items = parts.map((part): Inline => {
    const subject = part.what === undefined ? "" : say` (${clause(part.what)})`;
    return say`${strong(code(part.name))}${subject}: ${isOnByDefault(consent, part.name) ? "on" : "off until you turn it on"}`;
  });
  return [
    paragraph("Some of it can be turned on and off separately. Turning telemetry off turns off all of it:"),
    list(items),
  ];
}

/** Returns what the client keeps about parts beside the contract's keys. */
export function partRows({ consent, consentEpoch }: Model): readonly Inline[] {
  if (consentEpoch === 1) return [];
  return (consent.parts ?? [])
    .filter((part) => answerOfPart({ consent }, part) !== undefined)
    .map(({ name }) => say`${code(epochKey(name))} (which edition you answered to for ${code(name)}; never sent)`);
}
