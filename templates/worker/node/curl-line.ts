import type { Example } from "../runtime/contract.js";
import type { DrawnWire, Picture, Wire } from "../runtime/read/picture.js";

/** A command line that sends the example. Its event happens now: what is older than the contract's `accept_times` would lose its time. */
export function curlLine(
  { path, headers, body }: Example,
  origin: string,
  wire: Wire,
  now: Date,
  method?: "PUT" | "GET" | "HEAD",
): string {
  // Without a body there is nothing to have a type.
  const bare = method === "GET" || method === "HEAD";
  const given = Object.entries(headers)
    .filter(([name]) => !bare || name !== "content-type")
    .map(([name, text]) => ` -H ${quoted(`${name}: ${text}`)}`)
    .join("");
  if (bare) return `curl -i${method === "HEAD" ? " -I" : ""} ${quoted(origin + path)}${given}`;
  const sent = quoted(atTime(body, wire, now));
  return `curl -i${method === undefined ? "" : ` -X ${method}`} ${quoted(origin + path)}${given} --data-binary ${sent}`;
}

/** The example with its time set to now, wherever the wire has it. */
export function atTime(body: string, wire: Wire, now: Date): string {
  if (wire.format === "prometheus-text" || !JSON.stringify(wire).includes('"kind":"time"')) return body;
  if (wire.format === "json" || (wire.format === "form" && wire.body?.kind !== "object"))
    return textAt(wire.body ?? { kind: "constant", value: null }, body, wire, now);
  const picture = wire.format === "query" ? wire.each : wire.body;
  const values = Object.fromEntries(new URLSearchParams(body));
  return picture?.kind === "object"
    ? new URLSearchParams(valueAt(picture, values, wire, now) as Record<string, string>).toString()
    : body;
}

/** A text that holds JSON, perhaps encoded. */
function textAt(picture: Picture, text: string, wire: DrawnWire, now: Date): string {
  if (picture.kind === "base64" || picture.kind === "base64url") {
    const inner = textAt(picture.of, Buffer.from(text, picture.kind).toString(), wire, now);
    return Buffer.from(inner).toString(picture.kind);
  }
  const value = JSON.parse(text) as unknown;
  return JSON.stringify(valueAt(picture.kind === "json" ? picture.of : picture, value, wire, now));
}

function valueAt(picture: Picture, value: unknown, wire: DrawnWire, now: Date): unknown {
  if (value === undefined) return undefined;
  if (picture.kind === "time") {
    if (picture.form === "rfc3339") return now.toISOString();
    return picture.form === "unix-ms" ? now.getTime() : Math.floor(now.getTime() / 1000);
  }
  if (picture.kind === "each" && wire.each !== undefined && Array.isArray(value))
    return value.map((one) => valueAt(wire.each as Picture, one, wire, now));
  if (picture.kind === "json" || picture.kind === "base64" || picture.kind === "base64url")
    return textAt(picture.kind === "json" ? picture.of : picture, String(value), wire, now);
  if (picture.kind !== "object" || typeof value !== "object" || value === null) return value;
  const drawn = picture.entries.flatMap((entry) =>
    "key" in entry && !("repeat" in entry) && entry.key.kind === "constant"
      ? [[String(entry.key.value), entry.value] as const]
      : [],
  );
  const byName = picture.entries.find((entry) => "key" in entry && entry.key.kind === "event");
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const known =
        drawn.find(([name]) => name === key)?.[1] ?? (byName && "value" in byName ? byName.value : undefined);
      return [key, known === undefined ? inner : valueAt(known, inner, wire, now)];
    }),
  );
}

/** Nothing in it is special to a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
