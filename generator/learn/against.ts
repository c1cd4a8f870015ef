import type { Field, Model, Type } from "../model/model.js";
import { type Envelope, takeApart } from "./envelope.js";
import type { Sample } from "./sample.js";
import type { Shape } from "./shape.js";

/** Something that the running client sends and the contract, or a list of names, doesn't have. */
export interface Undeclared {
  /** `command_run.cwd`; an event alone where all of it is unknown. */
  readonly path: string;
  readonly is: "event" | "field";
  readonly times: number;
}

/** The declared fields, by event → its fields, with those of every event among them. */
export interface Declared {
  readonly events: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sent with every event, or beside the events. */
  readonly common: ReadonlySet<string>;
}

/** Names of a contract: the keys that travel, with those below objects as `outer.inner`. */
export function declaredBy({ common, events }: Model): Declared {
  return {
    common: new Set(common.flatMap((field) => pathsOf(field))),
    events: new Map(
      events.map(({ wireName, fields }) => [wireName, new Set(fields.flatMap((field) => pathsOf(field)))]),
    ),
  };
}

/** Names from an old page, one a line; other lines are skipped. Any event may have any of them. */
export function declaredIn(text: string): Declared {
  const names = text
    .split(/[\s,;|`"'()]+/)
    .map((word) => word.replace(/[.:!?]+$/, ""))
    .filter((word) => /^[\w$.@-]+$/.test(word));
  return { common: new Set(names), events: new Map() };
}

/** Returns what came and isn't declared. With a list of names alone, events are not looked at. */
export function undeclared(
  samples: readonly Sample[],
  declared: Declared,
  product: "contract" | "names",
): readonly Undeclared[] {
  const found: Undeclared[] = [];
  const { common, events } = takeApart(samples) satisfies Envelope;
  const outer = declared.common;
  for (const [path, times] of paths(common))
    if (!knows(path, outer)) found.push({ path: `common.${path}`, is: "field", times });
  for (const [name, { fields, times }] of events) {
    const event = declared.events.get(name);
    if (event === undefined && product === "contract") {
      found.push({ path: name, is: "event", times });
      continue;
    }
    const known = new Set([...outer, ...(event ?? [])]);
    for (const [path, count] of paths(fields))
      if (!knows(path, known)) found.push({ path: `${name}.${path}`, is: "field", times: count });
  }
  return found;
}

/** A name is known with its path, by itself, or because all of what holds it is a map or open. */
function knows(path: string, names: ReadonlySet<string>): boolean {
  const last = path.slice(path.lastIndexOf(".") + 1);
  const holders = path.split(".").map((_, index, all) => `${all.slice(0, index + 1).join(".")}.*`);
  return names.has(path) || names.has(last) || holders.some((holder) => names.has(holder));
}

function paths(shape: Shape, prefix = ""): readonly (readonly [string, number])[] {
  return [...shape.object.entries].flatMap(([key, one]) => {
    const path = `${prefix}${key}`;
    const inner = one.object.count > 0 ? one : one.list.items;
    const below = inner === undefined || inner.object.count === 0 ? [] : paths(inner, `${path}.`);
    return below.length > 0 ? below : [[path, one.seen] as const];
  });
}

function pathsOf({ wireName, type }: Field): readonly string[] {
  return below(type).map((path) => (path === "" ? wireName : `${wireName}.${path}`));
}

function below({ of, fields, kind, cases }: Type): readonly string[] {
  if (cases !== undefined) return [...new Set(cases.flatMap(({ type }) => below(type)))];
  if (kind === "map") return ["*"];
  if (fields !== undefined) return fields.flatMap((field) => pathsOf(field));
  return of === undefined ? [""] : below(of);
}
