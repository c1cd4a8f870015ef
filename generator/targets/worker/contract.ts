import { type Literal as Printed, literal as printed } from "../../emit/literal.js";
import { FORGET_PATH, forgettableFields } from "../../model/forget.js";
import type { Field, Model } from "../../model/model.js";
import { CONTRACT_PATH } from "../../model/published.js";
import { fieldTelling } from "../../model/told-by.js";
import { sunsetVersions, versionPlace } from "../../model/versions.js";
import type { Checks } from "../../validation/checks.js";
import { type Code, type Literal, literal } from "../../validation/js.js";
import type { Validation } from "../../validation/print-validation.js";
import { wireData } from "../../validation/wire-data.js";

/**
 * The factor for made-up identifiers: whoever floods can make up identifiers: all of them together get no more than so many times
 * the share of one.
 */
const CROWD = 10_000;

/** `contract.js`: everything that the contract says to its receiver, as data. */
export function printContract(model: Model, checks: Checks, judged: Validation["allowlists"], sink: Literal): string {
  const { destination, ingest } = model;
  const modules = judged.map(({ file, version }, index) => ({
    file,
    name: index === 0 ? "allowlist" : `allowlistV${version}`,
  }));
  const used = [...destination.urlFields, ...limitedField(model), ...forgettable(model)].map(({ type }) =>
    checks.of(type),
  );
  const contract = {
    product: model.product,
    path: pathOf(destination.url),
    pathFields: Object.fromEntries(
      destination.urlFields.map(({ wireName, type }) => [wireName, code(checks.of(type))]),
    ),
    contractPath: CONTRACT_PATH,
    method: destination.method,
    wire: code(printed(wireData(model) as Printed, "  ", "  wire: ".length)),
    unknownEvent: ingest.unknownEvent,
    unknownField: ingest.unknownField,
    invalidField: ingest.invalidField,
    limits: { ...ingest.limits },
    rateLimit: rateLimit(model, checks),
    derives: ingest.derives && Object.fromEntries(ingest.derives.map(({ name, from }) => [name, from])),
    acceptTimes: ingest.acceptTimes && { ...ingest.acceptTimes },
    responses: { ...ingest.responses },
    also: ingest.also?.map((_, index) => code(`also${index + 1}`)),
    allowlists: modules.map(({ name }) => code(name)),
    sunset: sunsetVersions(model),
    versionKey: versionKey(model),
    sink,
    forget: forgetPath(model, checks),
  };
  const imports = [
    ...(ingest.also ?? []).map(
      (system, index) =>
        `import { contract as also${index + 1} } from ${JSON.stringify(contractPath(model, system))};\n`,
    ),
    ...modules.map(
      ({ file, name }) => `import { ${name === "allowlist" ? name : `allowlist as ${name}`} } from "./${file}";\n`,
    ),
    used.length === 0 ? "" : `import { ${[...new Set(used)].sort().join(", ")} } from "./validators.js";\n`,
  ];
  return `${imports.join("")}\n/** Durations are in milliseconds, sizes in bytes. */\nexport const contract = ${literal(contract)};\n`;
}

/** Another contract's worker, as seen from this one's. */
function contractPath({ source }: Model, system: string): string {
  const up = /(?:^|\/)systems\/[^/]+\/[^/]+$/.test(source) ? "../.." : "../systems";
  return `${up}/${system}/worker/contract.js`;
}

function code(name: string): Code {
  return { code: name };
}

/** A URL parser would escape the placeholders. */
export function pathOf(url: string): string {
  return /^https:\/\/[^/]+(\/[^?#]*)/.exec(url)?.[1] ?? "/";
}

function rateLimit(model: Model, checks: Checks): Literal {
  const { rateLimit: limit } = model.ingest;
  const [field] = limitedField(model);
  if (limit === undefined || field === undefined) return undefined;
  const { requests, window } = limit;
  return { per: field.wireName, check: code(checks.of(field.type)), requests, total: requests * CROWD, window };
}

/** The field that holds the identifier that requests are counted by. */
function limitedField(model: Model) {
  const field = fieldTelling(model.ingest.rateLimit?.per, model);
  return field === undefined ? [] : [field];
}

/** Returns where somebody's command asks to have everything deleted, and by which identifiers: only what the client keeps is a credential. */
function forgetPath(model: Model, checks: Checks): Literal {
  const fields = forgettable(model);
  if (fields.length === 0) return undefined;
  return {
    path: FORGET_PATH,
    identifiers: Object.fromEntries(fields.map(({ type, wireName }) => [wireName, code(checks.of(type))])),
  };
}

/** Returns whether somebody's command can ask for that at all. */
export function forgetting(model: Model): boolean {
  return forgettable(model).length > 0;
}

function forgettable(model: Model): readonly Field[] {
  return model.consent.commands.forget === undefined ? [] : forgettableFields(model);
}

function versionKey(model: Model): Literal {
  const place = versionPlace(model);
  return place && { in: place.in, name: place.wireName };
}
