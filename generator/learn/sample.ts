import type { JsonValue } from "../model/json-schema.js";

/** What one request or file carried, in a form that can be looked at. */
export interface Sample {
  readonly payload: JsonValue;
  /** The form in which it travelled. */
  readonly form: Form;
  /** Of a request: what stood in its address after the path. */
  readonly query?: Readonly<Record<string, string>>;
  /** Of a request: `POST /v1/events`. */
  readonly target?: string;
}

export type Form = "json" | "json-base64url" | "form" | "prometheus-text" | "otlp";

/** A body or file that is none of the forms that are known. */
export interface Unreadable {
  readonly problem: string;
}

type ReadResult = readonly Sample[] | Unreadable;

/**
 * Reads a body or file: JSON, JSON lines, a form, Prometheus text. Never throws.
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
  if (isExposition(lines)) return [{ payload: metricsOf(lines), form: "prometheus-text" }];
  if (/x-www-form-urlencoded/.test(type) || /^[\w.%+[\]-]+=[^\s]*(&[\w.%+[\]-]+=[^\s]*)*$/.test(text))
    return [formOf(text)];
  return { problem: "it is neither JSON, JSON lines, a form nor Prometheus text" };
}

function json(text: string): JsonValue | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function base64(text: string): JsonValue | undefined {
  return /^[\w+/=-]{8,}$/.test(text) ? json(Buffer.from(text, "base64url").toString("utf8")) : undefined;
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
