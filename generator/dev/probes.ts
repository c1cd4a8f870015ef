import { receive } from "../../templates/dev/receive.js";
import type { Model } from "../model/model.js";
import { type DevFiles, type Load, partsOf } from "./parts.js";
import { exampleOf } from "./server.js";

/** One request that a receiver is asked to judge and not to store, and what ours answers to it. */
export interface Probe {
  /** The probes, as `verify` says it. */
  readonly tries: Tried;
  readonly method: string;
  /** Path and query, with the mark. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: { readonly status: number; readonly body: string };
}

export type Tried =
  | "keeps of each event exactly what is listed"
  | "treats keys that are not listed as the contract says"
  | "treats values that are not allowed as the contract says"
  | "answers anything else as the contract says";

/** More would be a load, and prove nothing else. */
const most = 200;
/** Marked at the end of its query. */
function marked(target: string): string {
  return `${target}${target.includes("?") ? "&" : "?"}plainsight-probe`;
}

/** No client sends such a thing, and no contract that is worth its name lets it through. */
const foreign = "/home/plainsight-probe/secret";

/** The contract's examples: unchanged, with unknown keys, with wrong values, and requests that no client of it makes. */
export async function probesOf(model: Model, templates: string, load: Load): Promise<readonly Probe[]> {
  const parts = await partsOf(model, templates, load);
  const wanted = [...requests(parts), ...noRequests(parts)].slice(0, most);
  const probes: Probe[] = [];
  for (const { tries, method, target, headers, body } of wanted) {
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    const { status, body: text } = await receive(
      new Request(`http://localhost${target}`, init),
      parts.contract,
      parts.pages,
    );
    probes.push({
      tries,
      method,
      target,
      headers,
      ...(body === undefined ? {} : { body }),
      expected: { status, body: text },
    });
  }
  return probes;
}

type Wanted = Omit<Probe, "expected">;

function* requests(parts: DevFiles): Generator<Wanted> {
  const { examples } = parts.rules;
  const request = (tries: Tried, text: string): Wanted => {
    const { method, target, headers, body } = exampleOf(text, parts);
    return { tries, method, target: marked(target), headers, body: Buffer.from(body).toString() };
  };
  for (const { text } of examples) yield request("keeps of each event exactly what is listed", text);
  for (const { text } of examples)
    for (const changed of variants(text, withForeignKeys))
      yield request("treats keys that are not listed as the contract says", changed);
  for (const { text } of examples)
    for (const changed of variants(text, withForeignValues))
      yield request("treats values that are not allowed as the contract says", changed);
}

function noRequests(parts: DevFiles): readonly Wanted[] {
  const [example] = parts.rules.examples;
  if (example === undefined) return [];
  const good = exampleOf(example.text, parts);
  const { method, headers } = good;
  const body = Buffer.from(good.body).toString();
  const target = marked(good.target);
  const tries = "answers anything else as the contract says";
  return [
    { tries, method, target: marked(good.target.replace(/\/?(?=\?|$)/, "/elsewhere")), headers, body },
    { tries, method: "PUT", target, headers, body },
    { tries, method, target, headers: { ...headers, "content-type": "application/xml" }, body },
    { tries, method, target, headers: { ...headers, origin: "https://page.example" }, body },
    { tries, method, target, headers, body: "{" },
    { tries, method, target, headers, body: body.padEnd(parts.contract.limits.body + 1) },
  ];
}

/** Makes variants. Text that isn't JSON (Prometheus) stays as it is: its lines are tried as a whole. */
function variants(text: string, change: (value: unknown) => Iterable<unknown>): readonly string[] {
  try {
    return [...change(JSON.parse(text))].map((value) => JSON.stringify(value));
  } catch {
    return [];
  }
}

/** A foreign key in each object, one after the other. */
function* withForeignKeys(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const changed of withForeignKeys(item)) yield value.with(index, changed);
  } else if (typeof value === "object" && value !== null) {
    yield { ...value, plainsight_probe: foreign };
    for (const [key, item] of Object.entries(value))
      for (const changed of withForeignKeys(item)) yield { ...value, [key]: changed };
  }
}

/** A foreign text in the place of each value, one after the other. */
function* withForeignValues(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const changed of withForeignValues(item)) yield value.with(index, changed);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value))
      for (const changed of withForeignValues(item)) yield { ...value, [key]: changed };
  } else yield foreign;
}
