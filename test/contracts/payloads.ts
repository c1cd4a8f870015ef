import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { drawnValues } from "../../generator/model/apart.js";
import { asText, fillPicture } from "../../generator/model/fill-picture.js";
import { goldenAround } from "../../generator/model/golden.js";
import type { JsonValue } from "../../generator/model/json-schema.js";
import type { DrawnWire, Model } from "../../generator/model/model.js";
import { apartIn, placedByName, placesIn } from "../../generator/model/wire.js";
import type { Accepted, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { judgeText } from "../../templates/worker/runtime/judge/judge-text.js";
import { printSample } from "../../templates/worker/runtime/read/exposition.js";
import type { Generated } from "./check-contract.js";

/** Returns why none of the contracts keeps a payload whole; nothing, where one does. */
export async function payloadDeviations(
  contracts: readonly Generated[],
  file: string,
  text: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const contract of contracts) {
    const reason = await notWhole(contract, text.trimEnd());
    if (reason === undefined) return [];
    found.push(`payloads/${file}: ${reason}`);
  }
  return found;
}

/**
 * Returns why a file is not whole. The parts around a body are not in the file: it is as around the golden payload of one of the
 * events.
 */
async function notWhole({ model, folder }: Generated, text: string): Promise<string | undefined> {
  const url = pathToFileURL(join(folder, "worker/contract.js")).href;
  const { contract } = (await import(url)) as { contract: WorkerContract };
  const [first, ...others] = model.events.length === 0 ? [undefined] : model.events;
  const reason = notWholeAs(first, model, contract, text);
  return others.some((event) => notWholeAs(event, model, contract, text) === undefined) ? undefined : reason;
}

function notWholeAs(
  event: Model["events"][number] | undefined,
  model: Model,
  contract: WorkerContract,
  text: string,
): string | undefined {
  const { query, headers } = goldenAround(model, event);
  const drawn = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const around = { query, header: (name: string) => drawn.get(name.toLowerCase()) ?? null };
  const { outcome, accepted, dropped } = judgeText(text, contract, momentIn(text), around);
  if (outcome !== "accepted") return `refused as ${outcome}`;
  if (dropped.length > 0) return `dropped: ${dropped.map(({ reason, times }) => `${times} ${reason}`).join(", ")}`;
  if (accepted.length === 0) return "nothing of it is an event";
  return differs(text, accepted, model);
}

/** The receiver's clock: when the payload's first event happened, so that none is too old. */
function momentIn(text: string): number {
  const found = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/.exec(text)?.[0];
  return found === undefined ? Date.parse("2026-06-12T12:00:00Z") : Date.parse(found);
}

/** Returns how an accepted event, drawn again, differs from what was sent. */
function differs(text: string, accepted: readonly Accepted[], model: Model): string | undefined {
  const { wire } = model;
  if (wire.format === "prometheus-text") {
    const lines = text.split("\n").filter((line) => !/^\s*(#|$)/.test(line));
    // What goes with all of them stands in headers, and not in the lines.
    const common = new Set(model.common.map(({ wireName }) => wireName));
    const kept = accepted.map((one) => {
      const own = Object.entries(one.fields).filter(([name]) => !common.has(name));
      return printSample({ ...one, fields: Object.fromEntries(own) });
    });
    return isDeepStrictEqual([...lines].sort(), [...kept].sort()) ? undefined : `kept ${kept.join(" | ")}`;
  }
  const again = decoded(drawnAgain(text, accepted, wire, model), wire);
  const sent = decoded(readable(text, wire), wire);
  return isDeepStrictEqual(normal(again), normal(sent)) ? undefined : `kept only ${JSON.stringify(again)}`;
}

function drawnAgain(text: string, accepted: readonly Accepted[], wire: DrawnWire, model: Model): unknown {
  const common = new Set(model.common.map(({ wireName }) => wireName));
  const placed = placedByName(wire);
  const filling = (one: Accepted | undefined) => {
    const entries = Object.entries(one?.fields ?? {}) as [string, JsonValue][];
    return {
      event: one?.event ?? "",
      time: one?.time ?? "",
      sent: sentIn(text, wire),
      common: drawnValues(Object.fromEntries(entries.filter(([name]) => common.has(name))), apartIn(wire, "common")),
      fields: drawnValues(Object.fromEntries(entries.filter(([name]) => !common.has(name))), apartIn(wire, "fields")),
      placed,
      ...(wire.bools === undefined ? {} : { bools: wire.bools }),
    };
  };
  const each =
    wire.each === undefined
      ? []
      : accepted.map((one) => fillPicture(wire.each as NonNullable<DrawnWire["each"]>, filling(one)) ?? null);
  if (wire.format === "query") return each.map((one) => texts(one, wire));
  const body = wire.body ?? { kind: "object", entries: [] };
  const whole = fillPicture(body, { ...filling(accepted[0]), each });
  return wire.format === "form" ? texts(whole, wire) : whole;
}

/** Values as they travel where all is text. */
function texts(values: JsonValue | undefined, { bools }: DrawnWire): unknown {
  if (typeof values !== "object" || values === null) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asText(value as JsonValue, bools)]));
}

/** Reads the payload as sent; the time of the request is no field: nothing of it is kept. */
function sentIn(text: string, { body }: DrawnWire): string {
  const place = body && placesIn(body).find(({ at }) => "kind" in at && at.kind === "sent");
  if (place === undefined) return "";
  let here: unknown = JSON.parse(text);
  for (const key of place.path) here = (here as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof here === "number" ? new Date(here < 1e11 ? here * 1000 : here).toISOString() : String(here);
}

/** Decodes base64, so that its content is compared. */
function decoded(value: unknown, { body }: DrawnWire): unknown {
  const isEncoded = body?.kind === "base64" || body?.kind === "base64url";
  return isEncoded && typeof value === "string" ? Buffer.from(value, "base64url").toString("utf8") : value;
}

function readable(text: string, { format, body }: DrawnWire): unknown {
  const fromQuery = (line: string) => Object.fromEntries(new URLSearchParams(line));
  if (format === "query") return text.split("\n").map(fromQuery);
  if (body !== undefined && ["base64", "base64url", "json", "joined", "line"].includes(body.kind)) return text;
  return format === "form" ? fromQuery(text) : JSON.parse(text);
}

/** Texts that hold JSON are compared as what they hold. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, normal(item)]),
    );
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return normal(JSON.parse(value));
  } catch {
    return value;
  }
}
