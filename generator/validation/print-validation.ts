import type { Model } from "../model/model.js";
import { type AcceptedVersion, acceptedVersions } from "../model/versions.js";
import { printAllowlist } from "./allowlist.js";
import { type Checks, collectChecks, type Typed } from "./checks.js";
import { casesOf, isDeep } from "./mend.js";
import { printValidators } from "./validators.js";

/** The code that judges a contract's events: pure text, for the worker and for whoever else has to decide as it does. */
export interface Validation {
  readonly checks: Checks;
  /** One per version whose clients are heard, newest first. Each exports `allowlist`. */
  readonly allowlists: readonly { readonly version: number; readonly file: string; readonly text: string }[];
  /** The imports of the allowlists from `./validators.js`. */
  readonly validators: string;
}

/** The worker and the page both need it: it is made once for a model. */
export function printValidation(model: Model): Validation {
  const known = printed.get(model) ?? print(model);
  printed.set(model, known);
  return known;
}

const printed = new WeakMap<Model, Validation>();

function print(model: Model): Validation {
  const versions = acceptedVersions(model);
  const checks = collectChecks(typed(model, versions));
  return {
    checks,
    allowlists: versions.map((version, index) => ({
      version: version.version,
      file: index === 0 ? "allowlist.js" : `allowlist-v${version.version}.js`,
      text: printAllowlist(model, version, checks),
    })),
    validators: printValidators(checks.all),
  };
}

/** Everything that has a type, common fields first: a type is called after the first that has it. */
function typed(model: Model, versions: readonly AcceptedVersion[]): readonly Typed[] {
  const events = versions.flatMap((version) => version.events);
  const metrics = versions.flatMap((version) => version.metrics);
  return [
    ...model.destination.urlFields,
    ...versions.flatMap(({ common }) => common).flatMap(inside),
    ...events.flatMap((event) =>
      event.fields.map((field) => ({ ...field, event: event.wireName, of: event })).flatMap(inside),
    ),
    ...metrics.flatMap(({ wireName: event, labels, value }) => [
      ...labels.map((label) => ({ ...label, event })),
      { wireName: "value", type: value.type, event },
    ]),
  ];
}

/** Returns the type with those inside it, since what is left of a value is made up of what passes. */
function inside<One extends Typed>(one: One): readonly One[] {
  if (one.type.cases !== undefined) return [one, ...casesOf(one.type).flatMap((type) => inside({ ...one, type }))];
  if (!isDeep(one.type)) return [one];
  const fields = (one.type.fields ?? []).flatMap(({ wireName, type }) => inside({ ...one, wireName, type }));
  const items = one.type.of === undefined ? [] : inside({ ...one, type: one.type.of });
  const keys =
    one.type.keys === undefined ? [] : inside({ ...one, wireName: `${one.wireName}_key`, type: one.type.keys });
  return [one, ...fields, ...items, ...keys];
}
