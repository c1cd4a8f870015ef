import { code, enumerate, type Inline, say } from "../emit/document.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Match } from "../model/model.js";

const day = 86_400_000;
const durations = [
  [day, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
] as const;

/** `1.5 seconds`, `15 minutes`, `30 days`. */
export function duration(milliseconds: number): string {
  const [size, unit] = durations.find(([size]) => milliseconds >= size && (milliseconds * 10) % size === 0) ?? [
    1,
    "millisecond",
  ];
  return counted(milliseconds / size, unit);
}

/** `64 KiB`, `500 bytes`. */
export function size(bytes: number): string {
  if (bytes >= 1_048_576 && bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} KiB` : counted(bytes, "byte");
}

/** `1 request`, `6 requests`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A spec may write `365d` where it can also write a sentence. */
export function period(text: string): string {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const sizes: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: day };
  return count === undefined || unit === undefined ? text : duration(Number(count) * (sizes[unit] ?? 1));
}

/** A value as it travels: text without quotes, unless it would be taken for something else. */
export function value(given: JsonValue): Inline {
  return code(typeof given === "string" ? plainOrQuoted(given) : compact(given));
}

function plainOrQuoted(text: string): string {
  const misleading = /^$|^\s|\s$|^(?:true|false|null)$|^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$|\p{Cc}/iu;
  return misleading.test(text) ? JSON.stringify(text) : text;
}

/** JSON on one line, with the spaces that people put in. */
function compact(given: JsonValue): string {
  if (Array.isArray(given)) return `[${given.map(compact).join(", ")}]`;
  if (typeof given !== "object" || given === null) return JSON.stringify(given);
  return `{ ${Object.entries(given)
    .map(([key, item]) => `${JSON.stringify(key)}: ${compact(item)}`)
    .join(", ")} }`;
}

export function values(given: readonly JsonValue[], last?: "and" | "or"): Inline {
  return enumerate(given.map(value), last);
}

const truthy = ["1", "true", "yes", "on"].map(code);
const falsy = ["0", "false", "no", "off"].map(code);

/** Which values count, in words. In the environment everything is text, so nothing needs quotes there. */
export function matching(match: Match, inEnvironment: boolean): Inline {
  switch (match.kind) {
    case "truthy":
      return say`${enumerate(truthy, "or")}, in any letter case`;
    case "falsy":
      return say`${enumerate(falsy, "or")}, in any letter case`;
    case "present":
      return "anything, even the empty text";
    case "non-empty":
      return "anything but the empty text";
    case "exactly":
      return enumerate(
        match.values.map((text) => shown(text, inEnvironment)),
        "or",
      );
    case "any-except":
      return say`anything but ${enumerate(
        match.values.map((text) => (text === "" ? "the empty text" : shown(text, inEnvironment))),
        "and",
      )}`;
  }
}

function shown(text: string | boolean, inEnvironment: boolean): Inline {
  return inEnvironment && text !== "" ? code(String(text)) : value(text);
}

/** One value that counts. */
export function example(match: Match): string | boolean {
  switch (match.kind) {
    case "falsy":
      return "0";
    case "exactly":
      return match.values[0] ?? "";
    case "any-except":
      return (
        ["1", "yes", "on"].find((text) => !match.values.includes(text)) ??
        match.values.map((text) => `${text}1`).join("")
      );
    default:
      return "1";
  }
}

/** What a contract leaves open is said, not left out. */
export const notStated = "not stated";

/** `docglow telemetry status` → `docglow telemetry`: it takes `show` and `reset` beside the words that the contract names. */
export function telemetryCommand(status: string): string {
  return status.replace(/\s+\S+$/, "");
}
