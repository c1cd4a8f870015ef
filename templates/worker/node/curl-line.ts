import type { Wire } from "../runtime/contract.js";

/**
 * A command line that sends the example: the file's lines are the marker, the path, the content type, and the body. Its event
 * happens now, since what is older than the contract's `accept_times` would lose its time.
 */
export function curlLine(example: string, origin: string, wire: Wire, now: Date): string {
  const [, path = "/", type = "", ...lines] = example.trimEnd().split("\n");
  const body = atTime(lines.join("\n"), wire, now);
  return `curl -i ${quoted(origin + path)} -H ${quoted(`content-type: ${type}`)} --data-binary ${quoted(body)}`;
}

function atTime(body: string, wire: Wire, now: Date): string {
  if (wire.format !== "json-batch" || wire.timeKey === undefined) return body;
  const encoding = wire.encoding === "base64url" ? "base64url" : "utf8";
  const sent = JSON.parse(Buffer.from(body, encoding).toString()) as Record<string, Record<string, unknown>[]>;
  for (const event of sent[wire.eventsKey] ?? []) event[wire.timeKey] = now.toISOString();
  return Buffer.from(JSON.stringify(sent)).toString(encoding);
}

/** Nothing in it is special to a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
