import { type Inline, prose, say, strong } from "../emit/document.js";
import { RHYTHM } from "../language/delivery/index.js";
import type { Owned } from "../model/model.js";
import { labelled } from "./words.js";

/** The facts on who answers for it, what kind of data it is, what it is for, and when it ends. */
export function ownedFacts({ owner, class: kind, purpose, expires }: Owned): readonly Inline[] {
  return [
    ...(purpose === undefined ? [] : [labelled(["Purpose", prose(purpose)])]),
    ...(kind === undefined ? [] : [labelled(["Kind of data", prose(kind)])]),
    ...(owner === undefined ? [] : [labelled(["Owner", prose(owner)])]),
    ...(expires === undefined ? [] : [say`${strong(RHYTHM.expires.title)} ${RHYTHM.expires.sentence(expires)}`]),
  ];
}

/** The same behind what a field is for. */
export function ownedSentences({ owner, class: kind, purpose, expires }: Owned): readonly Inline[] {
  return [
    ...(purpose === undefined ? [] : [say`Purpose: ${sentence(purpose)}`]),
    ...(kind === undefined ? [] : [say`Kind of data: ${sentence(kind)}`]),
    ...(owner === undefined ? [] : [say`Owner: ${sentence(owner)}`]),
    ...(expires === undefined ? [] : [`Not recorded from ${expires} on.`]),
  ];
}

/** With one full stop, also where its author wrote that. */
function sentence(text: string): Inline {
  return say`${prose(text)}${/[.!?]$/.test(text) ? "" : "."}`;
}
