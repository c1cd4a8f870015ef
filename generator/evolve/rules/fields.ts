import { lookAlike } from "../../emit/look-alikes.js";
import { holds, namedIn } from "../../language/consent/matches/index.js";
import type { FrozenField } from "../../model/frozen.js";
import type { Wire } from "../../model/model.js";
import { timePlace } from "../../model/wire.js";
import type { RuleFinding } from "../finding.js";
import type { FieldPair, Pair } from "../pair.js";
import { fieldInWords } from "../words.js";
import { fieldRule, type Rule } from "./define-rule.js";

/** 0: unknown, 1: let in from old clients, 2: sent. */
function presence(field: FrozenField | undefined): 0 | 1 | 2 {
  if (field === undefined) return 0;
  return field.legacy ? 1 : 2;
}

const states = ["not collected", "accepted, never sent"] as const;
const state = (field: FrozenField | undefined) =>
  field === undefined || field.legacy ? states[presence(field) as 0 | 1] : fieldInWords(field);

const added: readonly Rule[] = [
  fieldRule("field-added", ({ owner, name, before, after }, { fields }) => {
    if (after !== undefined && before?.droppedAtEdge === true && after.droppedAtEdge !== true) {
      return {
        sentence: `${name} of ${owner} is stored from now on; it was accepted and dropped.`,
        before: "dropped on arrival",
        after: "stored",
      };
    }
    if (after === undefined || presence(after) <= presence(before)) return undefined;
    const does = after.legacy ? "also accepts" : "will also send";
    const siblings = fields.flatMap((field) =>
      field.owner === owner && field.after !== undefined ? [field.name] : [],
    );
    const taken = lookAlike(name, siblings);
    const alike = taken === undefined ? "" : ` It looks like ${taken}, and is not.`;
    return {
      sentence: `${owner} ${does} ${fieldInWords(after, name)}.${alike}`,
      before: state(before),
      after: state(after),
    };
  }),
  fieldRule("field-removed", ({ owner, name, before, after }) =>
    before === undefined || presence(after) >= presence(before)
      ? undefined
      : {
          sentence: `${owner} no longer ${before.legacy ? "accepts" : "sends"} ${name}.`,
          before: state(before),
          after: state(after),
        },
  ),
];

/** The event's own time is no field, but it is sent. */
function timeChange({ before, after }: Pair, gained: boolean): readonly RuleFinding[] {
  const key = ({ wire }: Pair["before"]) => timePlace(wire as Wire)?.at(-1);
  const [was, is] = [key(before), key(after)];
  if ((was === undefined) === (is === undefined) || (is !== undefined) !== gained) return [];
  const does = gained
    ? `will also send the time at which it happened (${is})`
    : `no longer sends the time at which it happened (${was})`;
  return [{ sentence: `every event ${does}.`, before: was ?? "not sent", after: is ?? "not sent", near: after }];
}

/** A header that holds what stands in a variable is no field, but it is sent. */
function secretChange({ before, after }: Pair, gained: boolean): readonly RuleFinding[] {
  const secrets = ({ wire }: Pair["before"]) =>
    wire.headers.flatMap((header) => (header.kind === "secret" ? [`${header.name}: what ${header.env} holds`] : []));
  const [was, is] = [secrets(before), secrets(after)];
  const changed = gained ? is.filter((one) => !was.includes(one)) : was.filter((one) => !is.includes(one));
  return changed.map((one) => ({
    sentence: `A header of every request ${gained ? "will also send" : "no longer sends"} ${one}.`,
    before: gained ? "not sent" : one,
    after: gained ? one : "not sent",
    near: after.destination,
  }));
}

const requirement = (id: "now-required" | "now-optional"): Rule =>
  fieldRule(id, ({ owner, name, before, after }) => {
    if (presence(before) !== 2 || presence(after) !== 2 || before?.optional === after?.optional) return undefined;
    const required = after?.optional === false;
    if (required !== (id === "now-required")) return undefined;
    return required
      ? {
          sentence: `${owner} always sends ${name}; it could be left out.`,
          before: "may be left out",
          after: "always sent",
        }
      : { sentence: `${owner} may leave ${name} out.`, before: "always sent", after: "may be left out" };
  });

const droppedAtEdge = fieldRule("dropped-at-edge", ({ owner, name, before, after }) =>
  after?.droppedAtEdge === true && before !== undefined && before.droppedAtEdge !== true
    ? {
        sentence: `${name} of ${owner} is accepted and dropped before anything is stored.`,
        before: "stored",
        after: "dropped on arrival",
      }
    : undefined,
);

const renamed: Rule = {
  id: "renamed",
  find: (pair) => [
    ...pair.events.flatMap(({ before, after }) =>
      before === undefined || after === undefined || before.wireName === after.wireName
        ? []
        : [
            {
              sentence: `"${after.wireName}" was called "${before.wireName}".`,
              before: before.wireName,
              after: after.wireName,
              event: after.wireName,
              near: after,
            },
          ],
    ),
    ...fieldRule("renamed", ({ owner, before, after }) =>
      before === undefined || after === undefined || before.wireName === after.wireName
        ? undefined
        : {
            sentence: `${after.wireName} of ${owner} was called ${before.wireName}.`,
            before: before.wireName,
            after: after.wireName,
          },
    ).find(pair),
  ],
};

/** Returns whether both sides are filled in by the client itself, without anybody's say: then another source is another meaning. */
export function filledIn(before: FrozenField, after: FrozenField): boolean {
  if (isNarrower(before.from, after.from)) return false;
  return [before, after].every(({ from }) => from.kind !== "call" && from.kind !== "setup");
}

type Source = FrozenField["from"];

/** Returns whether the same variable only says yes to fewer values than before. */
function isNarrower(before: Source, after: Source): boolean {
  if (before.kind !== "env" || after.kind !== "env" || before.env !== after.env) return false;
  const [was, is] = [before.is, after.is];
  if (was === undefined || is === undefined) return false;
  const named = [was, is].flatMap(namedIn);
  const values = ["1", "true", "yes", "on", "0", "false", "no", "off", "", "anything else", ...named];
  return values.every((value) => !holds(is, value) || holds(was, value));
}

/** Returns whether code that names another field of the same event would fill in this one from now on. */
export function takesAnothersName({ after, before, owner }: FieldPair, { fields }: Pair): boolean {
  return (
    after !== undefined &&
    before?.codeName !== after.codeName &&
    fields.some(
      (other) =>
        other.owner === owner &&
        other.before?.codeName === after.codeName &&
        other.before?.wireName !== before?.wireName,
    )
  );
}

export const fieldRules: readonly Rule[] = [
  ...added.map((rule) => ({
    ...rule,
    find: (pair: Pair) => {
      const gained = rule.id === "field-added";
      return [...rule.find(pair), ...timeChange(pair, gained), ...secretChange(pair, gained)];
    },
  })),
  requirement("now-required"),
  requirement("now-optional"),
  droppedAtEdge,
  renamed,
];
