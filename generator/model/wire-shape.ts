import type { Picture, Wire } from "./wire.js";

/**
 * The two forms that most contracts have: one flat object for each event, or common fields beside a list of events. A page says
 * them in one sentence.
 */
export type WireShape =
  /** Without a key: the name is not sent. */
  | { readonly kind: "flat"; readonly eventKey?: string }
  | {
      readonly kind: "batch";
      readonly eventsKey: string;
      readonly eventKey: string;
      readonly fieldsKey: string;
      readonly timeKey?: string;
    };

/** The form of a request, where it is one of the two. */
export function shapeOf(wire: Wire): WireShape | undefined {
  if (wire.format !== "json" || wire.query !== undefined || wire.body === undefined) return undefined;
  const body = wire.body.kind === "base64url" ? wire.body.of : wire.body;
  const outer = keysOf(body);
  if (outer === undefined) return undefined;
  if (wire.each === undefined) {
    const [[eventKey] = [], ...others] = outer.keys.filter(([, kind]) => kind === "event");
    if (
      others.length > 0 ||
      outer.sets.join() !== "common,fields" ||
      outer.keys.length > 1 ||
      (outer.keys.length === 1 && eventKey === undefined)
    )
      return undefined;
    return { kind: "flat", ...(eventKey === undefined ? {} : { eventKey }) };
  }
  const inner = keysOf(wire.each);
  const eventsKey = outer.keys.find(([, kind]) => kind === "each")?.[0];
  const key = (wanted: string) => inner?.keys.find(([, kind]) => kind === wanted)?.[0];
  const [eventKey, fieldsKey, timeKey] = [key("event"), key("fields"), key("rfc3339")];
  if (
    eventsKey === undefined ||
    eventKey === undefined ||
    fieldsKey === undefined ||
    outer.sets.join() !== "common" ||
    outer.keys.length > 1
  )
    return undefined;
  if (inner === undefined || inner.sets.length > 0 || inner.keys.length > (timeKey === undefined ? 2 : 3))
    return undefined;
  return { kind: "batch", eventsKey, eventKey, fieldsKey, ...(timeKey === undefined ? {} : { timeKey }) };
}

/** The constant keys of an object and what kind of thing stands behind each, and the sets that are spread in it. */
function keysOf(
  picture: Picture,
): { readonly keys: readonly (readonly [string, string])[]; readonly sets: readonly string[] } | undefined {
  if (picture.kind !== "object") return undefined;
  const keys: (readonly [string, string])[] = [];
  const sets: string[] = [];
  for (const entry of picture.entries) {
    if ("spread" in entry) {
      if (entry.spread.name !== undefined) return undefined;
      sets.push(entry.spread.of);
    } else if ("repeat" in entry || entry.key.kind !== "constant") return undefined;
    else keys.push([String(entry.key.value), kindOf(entry.value)]);
  }
  return { keys, sets };
}

function kindOf(picture: Picture): string {
  if (picture.kind === "time") return picture.form;
  if (picture.kind !== "object") return picture.kind;
  const [only, ...others] = picture.entries;
  return others.length === 0 && only !== undefined && "spread" in only && only.spread.name === undefined
    ? only.spread.of
    : "object";
}
