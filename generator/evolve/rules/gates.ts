import { same } from "../../language/types/contains.js";
import type { FrozenEvent, FrozenMetric } from "../../model/frozen.js";
import { factInWords, listed } from "../words.js";

/** The change of when something is sent. */
export interface Occasion {
  readonly widened: boolean;
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
  readonly words?: string;
}

/** Sent only where a fact holds: without it, or with another one, is more. */
export function gate(was: FrozenEvent | FrozenMetric, is: FrozenEvent | FrozenMetric): readonly Occasion[] {
  if (same(was.onlyWhere, is.onlyWhere)) return [];
  const said = ({ onlyWhere }: typeof was) =>
    onlyWhere === undefined ? "wherever it happens" : `only where ${factInWords(onlyWhere)}`;
  return [
    {
      widened: was.onlyWhere !== undefined,
      sentence: `"${is.wireName}" is sent ${said(is)}; it was sent ${said(was)}.`,
      before: said(was),
      after: said(is),
    },
  ];
}

/** Sent although telemetry is off: in spite of more noes is more. */
export function spite(was: FrozenEvent, is: FrozenEvent): readonly Occasion[] {
  const [old, now] = [was.evenWhenOff, is.evenWhenOff];
  const said = (one: typeof old) =>
    one === undefined
      ? "only while telemetry is on"
      : `also while telemetry is off, despite ${listed(one.despite)}${one.on === undefined ? "" : ", once, when it is turned off"}`;
  if (said(old) === said(now)) return [];
  const fewer =
    now === undefined ||
    (old !== undefined &&
      now.despite.every((place) => old.despite.includes(place)) &&
      (old.on === undefined || now.on !== undefined));
  return [
    {
      widened: !fewer,
      sentence: `"${is.wireName}" is sent ${said(now)}; it was sent ${said(old)}.`,
      before: said(old),
      after: said(now),
    },
  ];
}
