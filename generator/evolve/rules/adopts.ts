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
    const keyInFile = `${was.key} in ${file}`;
    if (is.length === 0)
      return [
        {
          sentence: `A no that an older client left as ${keyInFile} is no longer taken over.`,
          before: keyInFile,
          after: "not read",
          near,
        },
      ];
    const value = [...named, ...usual].find((one) => !isYes(was, one) && is.some(([, now]) => isYes(now, one)));
    return value === undefined
      ? []
      : [
          {
            sentence: `${JSON.stringify(value)} as ${keyInFile} is taken over as a yes; it was a no.`,
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
              const keyInFile = `${key} in ${ownPath(file, after)}`;
              return {
                sentence: `A ${CONSENT_MODELS[model].counts} that an older client left as ${keyInFile} is taken over.`,
                before: "not read",
                after: keyInFile,
                near: after.consent,
              };
            }),
        );

/** Identifiers of older clients that go on, each as a sentence without its end. */
function goingOn(contract: FrozenContract): readonly string[] {
  return (contract.consent.adopts ?? []).flatMap(({ files, identifiers }) =>
    files.flatMap((file) => identifiers.map(({ name, key }) => `${name} from ${key} in ${ownPath(file, contract)}`)),
  );
}

/** An identifier that goes on links what is sent with all that was sent before. */
const kept =
  (longer: boolean) =>
  ({ before, after }: Pair): readonly RuleFinding[] => {
    const [from, to] = longer ? [before, after] : [after, before];
    return goingOn(to)
      .filter((one) => !goingOn(from).includes(one))
      .map((one) => ({
        sentence: `An older client's identifier ${longer ? "goes on" : "no longer goes on"}: ${one}.`,
        before: longer ? "not read" : one,
        after: longer ? one : "not read",
        near: after.consent,
      }));
  };

/** The older queues whose events are sent, and how they are read. */
function queues(contract: FrozenContract): ReadonlyMap<string, string> {
  return new Map(
    (contract.consent.adopts ?? []).flatMap(({ queue }) =>
      queue === undefined
        ? []
        : [
            [
              ownPath(queue.file, contract),
              `the name from ${queue.event}, the time from ${queue.time}, the fields from ${queue.fields}`,
            ] as const,
          ],
    ),
  );
}

/** Events in an older queue were recorded by another client: reading them, or reading them differently, means sending more. */
const waiting =
  (more: boolean) =>
  ({ before, after }: Pair): readonly RuleFinding[] => {
    const [was, is] = [queues(before), queues(after)];
    const near = after.consent;
    return more
      ? [...is].flatMap(([file, how]) =>
          was.get(file) === how
            ? []
            : [
                {
                  sentence: `What waits in ${file}, an older client's queue, is sent: ${how}.`,
                  before: was.get(file) ?? "not read",
                  after: how,
                  near,
                },
              ],
        )
      : [...was].flatMap(([file, how]) =>
          is.has(file)
            ? []
            : [
                {
                  sentence: `What waits in ${file}, an older client's queue, is no longer sent.`,
                  before: how,
                  after: "not read",
                  near,
                },
              ],
        );
  };

/** The rules about what older clients left. */
export const adoptRules: readonly Rule[] = [
  { id: "adoption-lost", find: lost },
  { id: "default-on", find: found("opt-in") },
  { id: "off-switch-added", find: found("opt-out") },
  { id: "rotation-lengthened", find: kept(true) },
  { id: "rotation-shortened", find: kept(false) },
  { id: "trigger-widened", find: waiting(true) },
  { id: "trigger-narrowed", find: waiting(false) },
];
