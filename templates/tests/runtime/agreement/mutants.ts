import type { Golden, Product } from "../product.js";
import { opened, type Places, placesIn } from "./places.js";

/** A golden payload with one thing wrong. */
export interface Mutant {
  readonly name: string;
  readonly payload: Golden["payload"];
  /** A text that may not be in anything stored. */
  readonly secret: string;
  /** The contract strips what is wrong and keeps the rest. */
  readonly survives: boolean;
}

const secret = "/home/ada/secret-project";

/** One key more; each field with a value that it can't have; each required field left out. */
export function mutantsOf(product: Product, golden: Golden): readonly Mutant[] {
  const { payload } = golden;
  if (typeof payload !== "string") return objectMutants(product, golden, payload);
  return product.worker.wire.format === "prometheus-text" ? lineMutants(golden.required, payload) : [];
}

function objectMutants(
  { worker }: Product,
  { required }: Golden,
  payload: Readonly<Record<string, unknown>>,
): readonly Mutant[] {
  const strips = worker.unknownField === "strip";
  const { fields, objects } = placesIn(worker.wire, opened(worker.wire, structuredClone(payload)));
  /** A copy, changed where the original has something: what stands in a text of its own can't be changed so. */
  const changed = (edit: (places: Places) => void): Record<string, unknown> | undefined => {
    const copy = structuredClone(payload) as Record<string, unknown>;
    const before = JSON.stringify(copy);
    edit(placesIn(worker.wire, copy));
    return JSON.stringify(copy) === before ? undefined : copy;
  };
  const mutant = (name: string, survives: boolean, edit: (places: Places) => void): readonly Mutant[] => {
    const copy = changed(edit);
    return copy === undefined ? [] : [{ name, payload: copy, secret, survives }];
  };
  return [
    ...(objects.length === 0
      ? []
      : mutant("one key more", strips, (places) => void Object.assign(places.objects[0] ?? {}, { unlisted: secret }))),
    ...fields.flatMap(({ name }, at) =>
      mutant(
        `${name} with a value that it can't have`,
        worker.invalidField === "strip" && !required.includes(name),
        (places) => {
          const place = places.fields[at];
          if (place !== undefined) place.holder[place.key] = isObject(place.holder[place.key]) ? secret : { secret };
        },
      ),
    ),
    ...fields.flatMap(({ name }, at) =>
      required.includes(name)
        ? mutant(`${name} left out`, false, (places) => {
            const place = places.fields[at];
            if (place !== undefined) delete place.holder[place.key];
          })
        : [],
    ),
  ];
}

function lineMutants(required: readonly string[], line: string): readonly Mutant[] {
  const [, name = "", labels = "", value = ""] = /^([^{ ]+)(?:\{(.*)\})? (.+)$/.exec(line) ?? [];
  const more = labels === "" ? "" : `${labels},`;
  const parts = [...labels.matchAll(/([a-zA-Z0-9_]+)="((?:[^"\\]|\\.)*)"/g)];
  return [
    { name: "one label more", payload: `${name}{${more}unlisted="${secret}"} ${value}`, secret, survives: false },
    {
      name: "a value that it can't have",
      payload: `${line.slice(0, line.length - value.length)}-1.5`,
      secret,
      survives: false,
    },
    ...parts.flatMap(([part, label]) => [
      {
        name: `${label} with a value that it can't have`,
        payload: line.replace(part, `${label}="${secret}\\n"`),
        secret,
        survives: false,
      },
    ]),
    ...parts
      .filter(([, label = ""]) => required.includes(label))
      .map(([part, label]) => ({
        name: `${label} left out`,
        payload: line.replace(part, "").replace(/,,|\{,|,\}/g, (found) => found.replace(/,(?=.)|,$/, "")),
        secret,
        survives: false,
      })),
  ];
}

/** Another object in the place of one may lose what is wrong with it, and stay. */
function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
