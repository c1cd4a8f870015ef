import type { JsonValue } from "../model/json-schema.js";

/** The content of one request or file, in a form that can be looked at. */
export interface Sample {
  readonly payload: JsonValue;
  /** The form in which it travelled. */
  readonly form: Form;
  /** Of a request: what stood in its address after the path. */
  readonly query?: Readonly<Record<string, string>>;
  /** Of a request: `POST /v1/events`. */
  readonly target?: string;
}

export type Form = "json" | "json-base64url" | "form" | "prometheus-text" | "otlp" | "line-protocol";

/** A body or file in no known form. */
export interface Unreadable {
  readonly problem: string;
}

type ReadResult = readonly Sample[] | Unreadable;

/**
 * Reads a body or file: JSON, JSON lines, a form, Prometheus text, InfluxDB's lines. Never throws.
 * @param type the content type, where there is one; what the body looks like counts more.
 */
export function readSample(body: string, type = ""): ReadResult {
  const text = body.replace(/^\uFEFF/, "").trim();
  if (text === "") return { problem: "it is empty" };
  const whole = json(text);
  if (whole !== undefined) return [sampleOf(whole)];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const each = lines.map(json);
  if (lines.length > 1 && each.every((one) => one !== undefined)) return each.map((one) => sampleOf(one as JsonValue));
  const encoded = base64(text);
  if (encoded !== undefined) return [{ payload: encoded, form: "json-base64url" }];
  // No expression is tried on a line without end: it would take more room than there is.
  if (lines.some((line) => line.length > LONGEST)) return { problem: "a line of it is longer than a mebibyte" };
  if (isExposition(lines)) return [{ payload: metricsOf(lines), form: "prometheus-text" }];
  if (/x-www-form-urlencoded/.test(type) || /^[\w.%+[\]-]+=\S*$/.test(text)) return [formOf(text)];
  const points = lines.filter((line) => !line.startsWith("#")).map(pointOf);
  if (points.length > 0 && points.every((one) => one !== undefined))
    return points.map((payload) => ({ payload: payload as JsonValue, form: "line-protocol" }));
  return { problem: "it is neither JSON, JSON lines, a form, Prometheus text nor InfluxDB's line protocol" };
}

const LONGEST = 1 << 20;

function json(text: string): JsonValue | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return isWithin(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing that is sent nests deeper, and what looks at it goes down by recursion. */
const DEEPEST = 100;

function isWithin(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((one) => isWithin(one, levels - 1));
}

function base64(text: string): JsonValue | undefined {
  return text.length >= 8 && !/[^\w+/=-]/.test(text)
    ? json(Buffer.from(text, "base64url").toString("utf8"))
    : undefined;
}

function sampleOf(payload: JsonValue): Sample {
  const otlp = isRecord(payload) && ["resourceLogs", "resourceMetrics", "resourceSpans"].some((key) => key in payload);
  return otlp ? { payload: flatOtlp(payload), form: "otlp" } : { payload, form: "json" };
}

/** A form with one field that holds JSON carries that; else its fields are texts. */
function formOf(text: string): Sample {
  const fields = Object.fromEntries(new URLSearchParams(text));
  const values = Object.values(fields);
  const only = values.length === 1 ? values[0] : undefined;
  const inner = only === undefined ? undefined : (json(only) ?? base64(only));
  return { payload: inner ?? fields, form: "form" };
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+([-+]?(?:\d[\d.eE+-]*|NaN|Inf))(?:\s+\d+)?$/;

function isExposition(lines: readonly string[]): boolean {
  const samples = lines.filter((line) => !line.startsWith("#"));
  return samples.length > 0 && samples.every((line) => sampleLine.test(line));
}

function metricsOf(lines: readonly string[]): JsonValue {
  return lines
    .filter((line) => !line.startsWith("#"))
    .map((line) => {
      const [, name = "", labels = "", value = ""] = sampleLine.exec(line) ?? [];
      const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(
        ([, key = "", text = ""]) =>
          [key, text.replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one))] as const,
      );
      return { metric: name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

const part = (until: string) => `(?:\\\\.|[^\\\\${until}])+`;
const quotedText = '"(?:\\\\.|[^"\\\\])*"';
/** What begins with a quote is read in one way only: in two it would take twice as long for each pair. */
const pair = `${part(",= ")}=(?:${quotedText}|(?!")${part(", ")})`;
/** `measurement,tag=text field="text",count=3i 1755873600`. */
const pointLine = new RegExp(`^(${part(", ")})((?:,${pair})*) (${pair}(?:,${pair})*)(?: (-?\\d{10,19}))?$`);

/** A line of InfluxDB's own form; its name and its tags are texts, its fields are what they are written as. */
function pointOf(line: string): JsonValue | undefined {
  const [, name, tags = "", fields = "", time] = pointLine.exec(line) ?? [];
  if (name === undefined) return undefined;
  return {
    event: plainText(name),
    ...Object.fromEntries(pairsIn(tags.slice(1)).map(([key, text]) => [key, plainText(text)])),
    ...Object.fromEntries(pairsIn(fields).map(([key, text]) => [key, fieldOf(text)])),
    ...(time === undefined ? {} : { time: Number(time.slice(0, 10)) }),
  };
}

function pairsIn(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(new RegExp(pair, "g"))].map(([one]) => {
    const at = one.indexOf("=");
    return [plainText(one.slice(0, at)), one.slice(at + 1)] as const;
  });
}

function fieldOf(text: string): JsonValue {
  if (text.startsWith('"')) return plainText(text.slice(1, -1));
  if (/^(?:t|T|true|True|TRUE)$/.test(text)) return true;
  if (/^(?:f|F|false|False|FALSE)$/.test(text)) return false;
  return Number(text.replace(/[iu]$/, ""));
}

function plainText(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

/** OTLP's lists of `{ key, value: { stringValue } }` as objects; numbers that it writes as texts as numbers. */
function flatOtlp(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const pairs = value.map((one) =>
      isRecord(one) && typeof one["key"] === "string" && "value" in one ? one : undefined,
    );
    if (value.length > 0 && pairs.every((one) => one !== undefined))
      return Object.fromEntries(pairs.map((one) => [String(one?.["key"]), flatOtlp(one?.["value"] ?? null)]));
    return value.map(flatOtlp);
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [key, only] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (key === "intValue") return Number(only);
  if (key === "stringValue" || key === "boolValue" || key === "doubleValue") return only ?? null;
  if (key === "kvlistValue" || key === "arrayValue") return isRecord(only) ? flatOtlp(only["values"] ?? []) : null;
  return Object.fromEntries(entries.map(([name, one]) => [name, flatOtlp(one)]));
}

export function isRecord(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
