import { code, enumerate, type Inline, list, paragraph, type Section, say } from "../emit/document.js";
import { FORMATS } from "../language/wire/formats/index.js";
import type { Field, Model, Type } from "../model/model.js";
import { platformLimit } from "../model/platform-limit.js";
import { contentType, isBatch, isCommonBeside, namesEvents } from "../model/wire.js";
import { withInner } from "../payload/call-shape.js";
import { counted, duration, size } from "./words.js";

/** Returns what happens to anything unlisted, in the same words for the page's list and for its check of a payload. */
export function consequences({
  ingest,
  wire,
}: Model): Readonly<Record<"event" | "field" | "value" | "missing", string>> {
  const { event, field, value, missing } = outcomes({ ingest, wire });
  return { event: sentence(event), field: sentence(field), value: sentence(value), missing: sentence(missing) };
}

function sentence(outcome: string): string {
  return outcome.startsWith("removed")
    ? `It is ${outcome}.`
    : `${outcome.slice(0, 1).toUpperCase()}${outcome.slice(1)}.`;
}

function outcomes({ ingest, wire }: Pick<Model, "ingest" | "wire">) {
  const dropped = `the ${FORMATS[wire.format].terms.whole} is dropped`;
  const rejected = "the whole request is refused";
  const unknown = { strip: "removed, the rest is kept", drop: dropped, reject: rejected } as const;
  return {
    event: { drop: dropped, reject: rejected }[ingest.unknownEvent],
    field: unknown[ingest.unknownField],
    value: unknown[ingest.invalidField],
    missing: { strip: dropped, drop: dropped, reject: rejected }[ingest.invalidField],
  };
}

/** Returns what the receiver does with whatever this page does not list. */
export function receiver(model: Model): Section {
  return {
    title: "What the receiver accepts",
    blocks: [
      paragraph(who(model, model.destination.operator.party === "third")),
      ...(model.ingest.also === undefined
        ? []
        : [
            paragraph(
              say`Older clients that follow another contract (${enumerate(model.ingest.also.map(code), "and")}) are accepted here, too, on their own path and by their own rules.`,
            ),
          ]),
      list(accepted(model).map(([what = "", happens = "", answer = ""]) => say`${what}: ${happens} (${answer})`)),
      paragraph(say`Refused: ${apart(refused(model))}. No body is ever logged.`),
    ],
  };
}

function apart(all: readonly Refused[]): Inline {
  return all.flatMap(([what, answer], at) => [...(at === 0 ? [] : ["; "]), what, ` (${answer})`]);
}

/** Returns what is taken at least in part. A wrong value costs what can't be without it. */
function accepted(model: Model): readonly (readonly Inline[])[] {
  const { ingest, wire, common } = model;
  const { acceptTimes, limits, responses } = ingest;
  const { entry: item, field, whole } = FORMATS[wire.format].terms;
  const happens = outcomes(model);
  const answer = (policy: string) => String(policy === "reject" ? responses.malformed : responses.accepted);
  const optional = hasOptional(model);
  const stripped = ingest.invalidField === "strip";
  const beside = isCommonBeside(wire) && common.length > 0 && ingest.invalidField !== "reject";
  return [
    ["what this page lists", model.retired === undefined ? "accepted" : "discarded", String(responses.accepted)],
    ...(namesEvents(wire) ? [[`an unlisted ${item}`, happens.event, answer(ingest.unknownEvent)]] : []),
    [`an unlisted ${field}`, happens.field, answer(ingest.unknownField)],
    ...(stripped && optional
      ? [
          [`a wrong value in an optional ${field}`, happens.value, answer("strip")],
          [`any other wrong value, or a missing ${field}`, happens.missing, answer("strip")],
        ]
      : [[`a wrong value, or a missing ${field}`, happens.missing, answer(ingest.invalidField)]]),
    ...(stripped ? inside(model) : []).map(([what, outcome]) => [what, outcome, answer("strip")]),
    ...(beside
      ? [["what drops an event, in a field of every request", "all its events are dropped", answer("drop")]]
      : []),
    ...(acceptTimes === undefined
      ? []
      : [[`a time ${times(acceptTimes)}`, `removed, the ${whole} is kept`, String(responses.accepted)]]),
    ...(isBatch(wire)
      ? [[`over ${counted(limits.events, "event")} in one request`, "the rest is ignored", answer("drop")]]
      : []),
  ];
}

/** Returns what is lost where a wrong value stands inside another value: as little as possible. */
function inside(model: Model): readonly (readonly [what: string, outcome: string])[] {
  const held = new Set(allFields(model).flatMap(({ type }) => holdersIn(type)));
  const holders = (["an object", "an item of a list"] as const).filter((one) => held.has(one));
  return [
    ...(holders.length === 0
      ? []
      : ([[`a wrong value inside ${holders.join(" or ")}`, "removed, and with it what can't be without it"]] as const)),
    ...(held.has("a map") ? ([["a wrong key or value in a map", "its entry is removed"]] as const) : []),
  ];
}

type Holder = "an object" | "an item of a list" | "a map";

/** @param isItem the list around it tells of its fields. */
function holdersIn({ cases, fields, keys, of }: Type, isItem = false): readonly Holder[] {
  const own: readonly Holder[] =
    keys !== undefined
      ? ["a map"]
      : of?.fields !== undefined
        ? ["an item of a list"]
        : fields !== undefined && !isItem
          ? ["an object"]
          : [];
  return [
    ...own,
    ...(of === undefined ? [] : holdersIn(of, keys === undefined)),
    ...[...(fields ?? []), ...(cases ?? [])].flatMap(({ type }) => holdersIn(type)),
  ];
}

function allFields({ common, events, metrics }: Model): readonly Field[] {
  return [...common, ...events.flatMap((event) => event.fields), ...metrics.flatMap(({ labels }) => labels)];
}

/** Returns whether there is a field that a receiver does without. */
function hasOptional(model: Model): boolean {
  return allFields(model)
    .flatMap(withInner)
    .some((field) => field.optional || field.legacy);
}

type Refused = readonly [what: Inline, answer: number | string];

function refused({ common, destination, ingest, wire }: Model): readonly Refused[] {
  const { limits, rateLimit, responses } = ingest;
  const bodiless = destination.method === "GET" || destination.method === "HEAD";
  const hasHeaders = wire.headers.some(({ kind }) => kind === "picture");
  const sender = isCommonBeside(wire)
    ? common.filter(({ type }) => type.identifier !== undefined).map(({ wireName }) => code(wireName))
    : [];
  return [
    ...(sender.length > 0 ? [[say`no valid ${enumerate(sender, "and")}`, responses.malformed] satisfies Refused] : []),
    [`a malformed ${bodiless ? "address" : "body"}${hasHeaders ? " or header" : ""}`, responses.malformed],
    ...(bodiless ? [] : [[say`compressed, or not ${code(contentType(wire))}`, 415] satisfies Refused]),
    ["from a web page in a browser", 403],
    ...(bodiless ? [] : [[`over ${size(limits.body)}`, responses.too_large] satisfies Refused]),
    ...(rateLimit === undefined
      ? []
      : [
          [
            say`over ${String(rateLimit.requests)} in ${duration(rateLimit.window)} with one ${code(rateLimit.per)}${onCloudflare(rateLimit)}`,
            responses.rate_limited,
          ] satisfies Refused,
        ]),
    ["a wrong path", responses.wrong_path],
    [`any method but ${destination.method ?? "POST"}`, responses.wrong_method],
    ...(responses.unavailable === undefined
      ? []
      : [["when there is no room left", responses.unavailable] satisfies Refused]),
  ];
}

/** Returns in which other window Cloudflare counts. */
function onCloudflare(rateLimit: NonNullable<Model["ingest"]["rateLimit"]>): string {
  const { period, requests } = platformLimit(rateLimit);
  const window = period * 1000;
  return window === rateLimit.window ? "" : `, or on Cloudflare over ${requests} in ${duration(window)}`;
}

function who({ ingest }: Model, third: boolean): Inline {
  const source = ingest.worker === undefined ? "" : say` Its code is in ${code(ingest.worker)}.`;
  const operator = ingest.operatedBy === undefined ? "" : ` It is operated by ${ingest.operatedBy}.`;
  const foreign = third
    ? " The makers can't force a third party's receiver to follow these rules; one that does is generated with this page."
    : "";
  return say`The receiver enforces the same list.${operator}${source}${foreign}`;
}

function times({ future, past }: { readonly past?: number; readonly future?: number }): string {
  const bounds = [
    past === undefined ? "" : `over ${duration(past)} ago`,
    future === undefined ? "" : `${past === undefined ? "over " : ""}${duration(future)} ahead`,
  ];
  return bounds.filter((bound) => bound !== "").join(" or ");
}
