import type { PictureEntry, Wire } from "./wire.js";

/** An event's own values have a dollar in the model's address: `{$event}`, `{$fields.schema}`. A field of `common` has none. */
const PLACE = /\{\$([^{}]+)\}/g;

/** The address as the model has it: without the name of `common`, and with what is an event's own marked. */
export function addressAsKept(url: string): string {
  return url.replaceAll(/\{(?:common\.([^{}]+)|(event|fields\.[^{}]+))\}/g, (_, common?: string, own?: string) =>
    common === undefined ? `{$${own}}` : `{${common}}`,
  );
}

/** The address as it is written in the contract, but for the name of `common`. */
export function addressAsShown(url: string): string {
  return url.replaceAll(PLACE, "{$1}");
}

/** Returns what an event brings that stands in the address: `event`, `fields.schema`. */
export function placesInPath(url: string): readonly string[] {
  return [...url.matchAll(PLACE)].map(([, name = ""]) => name);
}

/**
 * The wire with what stands in the path, which is drawn as if it stood in the query under a name that nobody can write: so one
 * reading serves both. Whoever makes a request takes it from there into the path.
 */
export function withPath(wire: Wire, url: string): Wire {
  const places = [...new Set(placesInPath(url))];
  if (places.length === 0 || wire.format === "prometheus-text" || wire.each !== undefined) return wire;
  const entries = places.map(
    (name): PictureEntry => ({
      key: { kind: "constant", value: `{$${name}}` },
      value:
        name === "event" ? { kind: "event" } : { kind: "field", set: "fields", name: name.slice("fields.".length) },
    }),
  );
  const query = wire.query?.kind === "object" ? wire.query.entries : [];
  return { ...wire, query: { kind: "object", entries: [...query, ...entries] } };
}

/** A whole address, of which some stands in the path. @param query as keys and values. */
export function addressed(url: string, query: string): string {
  const drawn = new URLSearchParams(query);
  const path = url.replace(PLACE, (place) => {
    const value = drawn.get(place);
    drawn.delete(place);
    return value === null ? place : encodeURIComponent(value);
  });
  const rest = drawn.toString();
  return rest === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${rest}`;
}
