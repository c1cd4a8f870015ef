import { type Inline, prose, say, strong } from "../emit/document.js";
import { RHYTHM } from "../language/delivery/index.js";
import type { Owned } from "../model/model.js";

/** The facts on who answers for it, what kind of data it is, what it is for, and when it ends. */
export function ownedFacts({ owner, class: kind, purpose, expires }: Owned): readonly Inline[] {
  return [
    ...(purpose === undefined ? [] : [say`${strong("Purpose:")} ${prose(purpose)}`]),
    ...(kind === undefined ? [] : [say`${strong("Kind of data:")} ${prose(kind)}`]),
    ...(owner === undefined ? [] : [say`${strong("Owner:")} ${prose(owner)}`]),
    ...(expires === undefined ? [] : [say`${strong(RHYTHM.expires.title)} ${RHYTHM.expires.sentence(expires)}`]),
  ];
}

/** The same behind what a field is for. */
export function ownedSentences({ owner, class: kind, purpose, expires }: Owned): readonly Inline[] {
  return [
    ...(purpose === undefined ? [] : [say`Purpose: ${prose(purpose)}.`]),
    ...(kind === undefined ? [] : [say`Kind of data: ${prose(kind)}.`]),
    ...(owner === undefined ? [] : [say`Owner: ${prose(owner)}.`]),
    ...(expires === undefined ? [] : [`Not recorded from ${expires} on.`]),
  ];
}
