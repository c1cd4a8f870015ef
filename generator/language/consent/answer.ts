import { accepts } from "../../model/accepts.js";
import type { Consent, ConsentPart, ConsentStep, Match, Scalar } from "../../model/model.js";
import { example, namedIn } from "./matches/index.js";
import { consentOf } from "./parts.js";
import { schemaOf } from "./places/stored.js";
import { says } from "./step.js";

/** The state file's yes and no, and under which key. */
export type Answer = {
  readonly key: string;
  readonly yes?: Scalar;
  readonly no?: Scalar;
};

/**
 * Returns how an answer about one part is kept: under a key that is this part's alone. Where several read one setting, as levels do, nobody can
 * answer for one of them.
 */
export function answerOfPart({ consent }: { readonly consent: Consent }, part: ConsentPart): Answer | undefined {
  const others = [...consent.order, ...(consent.parts ?? []).flatMap((one) => (one === part ? [] : one.order))];
  const answer = answerOf({ consent: consentOf(consent, part) });
  const shared = others.some(({ place }) => place.kind === "stored" && place.key === answer?.key);
  return shared || answer?.yes === undefined || answer.no === undefined ? undefined : answer;
}

/** Returns how the state file says yes and no, where it is asked: a value that the first step that looks into it takes for just that. */
export function answerOf({ consent }: { readonly consent: Consent }): Answer | undefined {
  const step = answered(consent);
  if (step?.place.kind !== "stored") return undefined;
  const { key } = step.place;
  const schema = schemaOf(consent, key);
  const usual = [true, false, "yes", "no", "true", "false", "1", "0", 1, 0] as const;
  const first = (match: Match | undefined, said: "yes" | "no") => {
    const named: readonly Scalar[] = match === undefined ? [] : [...namedIn(match), example(match)];
    const all = [...named, ...usual, ...((schema.enum ?? []) as readonly Scalar[])];
    return all.find((value) => says(step, value) === said && accepts(schema, value));
  };
  const [yes, no] = [first(step.enableWhen, "yes"), first(step.disableWhen, "no")];
  return { key, ...(yes === undefined ? {} : { yes }), ...(no === undefined ? {} : { no }) };
}

/** The first step that looks into the state file for an answer; one that only asks whether something is there at all is about no answer. */
export function answered({ order }: Consent): ConsentStep | undefined {
  return order.find(
    ({ place, enableWhen, disableWhen }) =>
      place.kind === "stored" && (enableWhen !== undefined || disableWhen?.kind !== "absent"),
  );
}

/** Under which key it stands to which edition of the list somebody answered for a part. */
export function epochKey(part: string): string {
  return `consent_epoch:${part}`;
}
