import { namedIn } from "../../language/consent/matches/index.js";
import { CONSENT_MODELS, type ConsentModel } from "../../language/consent/models.js";
import { says } from "../../language/consent/step.js";
import type { FrozenContract } from "../../model/frozen.js";
import type { Match } from "../../model/model.js";
import { ownPath } from "../../model/state-path.js";
import type { RuleFinding } from "../finding.js";
import type { Pair } from "../pair.js";
import type { Rule } from "./define-rule.js";

type Adoption = NonNullable<FrozenContract["consent"]["adopts"]>[number];

const usual = [true, false, 1, 0, "true", "false", "yes", "no", "on", "off", "1", "0", "anything", ""] as const;

/** True if the value is a yes. Anything that isn't understood is a no. */
const isYes = (one: Adoption, value: string | boolean | number) => says(one, value) === "yes";

function lost({ before, after }: Pair): readonly RuleFinding[] {
  const near = after.consent;
  const named = [before, after].flatMap(({ consent }) =>
    (consent.adopts ?? []).flatMap(({ enableWhen, disableWhen }) =>
      [enableWhen, disableWhen].flatMap((match: Match | undefined) => (match === undefined ? [] : namedIn(match))),
    ),
  );
  const places = (contract: FrozenContract) =>
    (contract.consent.adopts ?? []).flatMap((one) => one.files.map((file) => [ownPath(file, contract), one] as const));
  return places(before).flatMap(([file, was]): readonly RuleFinding[] => {
    const is = places(after).filter(([other, one]) => other === file && one.key === was.key);
    const what = `${was.key} in ${file}`;
    if (is.length === 0)
      return [
        {
          sentence: `A no that an older client left as ${what} is no longer taken over.`,
          before: what,
          after: "not read",
          near,
        },
      ];
    const value = [...named, ...usual].find((one) => !isYes(was, one) && is.some(([, now]) => isYes(now, one)));
    return value === undefined
      ? []
      : [
          {
            sentence: `${JSON.stringify(value)} as ${what} is taken over as a yes; it was a no.`,
            before: "no",
            after: "yes",
            near,
          },
        ];
  });
}

/** Finds answers of older clients that were not read before: one more no, or a yes that turns on what is off by default. */
const found =
  (model: ConsentModel) =>
  ({ before, after }: Pair): readonly RuleFinding[] =>
    after.consent.model !== model
      ? []
      : (after.consent.adopts ?? []).flatMap(({ files, key }) =>
          files
            .filter((file) => !(before.consent.adopts ?? []).some((one) => one.files.includes(file) && one.key === key))
            .map((file) => {
              const what = `${key} in ${ownPath(file, after)}`;
              return {
                sentence: `A ${CONSENT_MODELS[model].counts} that an older client left as ${what} is taken over.`,
                before: "not read",
                after: what,
                near: after.consent,
              };
            }),
        );

/** The rules about what older clients left. */
export const adoptRules: readonly Rule[] = [
  { id: "adoption-lost", find: lost },
  { id: "default-on", find: found("opt-in") },
  { id: "off-switch-added", find: found("opt-out") },
];
