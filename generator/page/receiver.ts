import { code, enumerate, type Inline, paragraph, type Section, say, table } from "../emit/document.js";
import type { Model } from "../model/model.js";
import { isBatch, isCommonBeside, namesEvents } from "../model/wire.js";
import { counted, duration, size } from "./words.js";

const contentTypes = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  query: "text/plain",
  "prometheus-text": "text/plain",
} as const;

/** What happens to what is not on the list: the same words for the page's table and for its judgement of a payload. */
export function consequences({
  ingest,
  wire,
}: Model): Readonly<Record<"event" | "field" | "value" | "missing", string>> {
  const whole = wire.format === "prometheus-text" ? "sample" : "event";
  const rejected = "The whole request is refused.";
  const unknown = {
    strip: "It is removed, the rest is kept.",
    drop: `The ${whole} is dropped.`,
    reject: rejected,
  } as const;
  return {
    event: ingest.unknownEvent === "reject" ? rejected : `The ${whole} is dropped.`,
    field: unknown[ingest.unknownField],
    value: unknown[ingest.invalidField],
    missing: ingest.invalidField === "reject" ? rejected : `The ${whole} is dropped.`,
  };
}

/** What the receiver does with whatever this page does not list. */
export function receiver(model: Model): Section {
  const { destination, ingest, wire } = model;
  const { acceptTimes, limits, rateLimit, responses } = ingest;
  const [event, field] = wire.format === "prometheus-text" ? ["metric", "label"] : ["event", "field"];
  const whole = wire.format === "prometheus-text" ? "sample" : "event";
  const named = namesEvents(wire);
  const sender = isCommonBeside(wire)
    ? model.common.filter(({ type }) => type.identifier !== undefined).map(({ wireName }) => code(wireName))
    : [];
  const contentType = contentTypes[wire.format];
  const happens = consequences(model);
  const answer = (policy: string) => String(policy === "reject" ? responses.malformed : responses.accepted);
  const rows: readonly (readonly Inline[])[] = [
    ["what this page lists", "It is accepted.", String(responses.accepted)],
    ...(named
      ? [[`a ${event} that is not listed`.replace("a event", "an event"), happens.event, answer(ingest.unknownEvent)]]
      : []),
    [`a ${field} that is not listed`, happens.field, answer(ingest.unknownField)],
    [`a value that is not allowed`, happens.value, answer(ingest.invalidField)],
    [`a ${field} that is missing`, happens.missing, answer(ingest.invalidField)],
    ...(acceptTimes === undefined
      ? []
      : [[`a time ${times(acceptTimes)}`, `The time is removed, the ${whole} is kept.`, String(responses.accepted)]]),
    ...(sender.length > 0
      ? [[say`a request without a valid ${enumerate(sender, "and")}`, "It is refused.", String(responses.malformed)]]
      : []),
    ...(isBatch(wire)
      ? [
          [
            `more than ${counted(limits.events, "event")} in one request`,
            "The rest is ignored.",
            String(responses.accepted),
          ],
        ]
      : []),
    ["something that can't be read as such a request", "It is refused.", String(responses.malformed)],
    [say`another content type than ${code(contentType)}, or a compressed body`, "It is refused.", "415"],
    ["a request from a web page in a browser", "It is refused.", "403"],
    [`more than ${size(limits.body)}`, "It is refused.", String(responses.too_large)],
    ...(rateLimit === undefined
      ? []
      : [
          [
            say`more than ${counted(rateLimit.requests, "request")} in ${duration(rateLimit.window)} with one ${code(rateLimit.per)}`,
            "It is refused.",
            String(responses.rate_limited),
          ],
        ]),
    ["another path", "It is refused.", String(responses.wrong_path)],
    [`another method than ${destination.method ?? "POST"}`, "It is refused.", String(responses.wrong_method)],
    ...(responses.unavailable === undefined
      ? []
      : [["anything, while there is no room to keep it", "It is refused.", String(responses.unavailable)]]),
  ];
  return {
    title: "What the receiver does with anything else",
    blocks: [
      paragraph(who(model, destination.operator.party === "third")),
      table(["What arrives", "What happens", "Answer"], rows),
      paragraph("The body of a request is never logged."),
    ],
  };
}

function who({ ingest }: Model, third: boolean): Inline {
  const source = ingest.worker === undefined ? "" : say` Its code is in ${code(ingest.worker)}.`;
  const operator = ingest.operatedBy === undefined ? "" : ` It is operated by ${ingest.operatedBy}.`;
  const foreign = third
    ? " Whether a third party's receiver holds to them is not in the makers' hands; a receiver that does is generated with this page."
    : "";
  return say`The receiver goes by the same list.${operator}${source} These are its rules.${foreign}`;
}

function times({ future, past }: { readonly past?: number; readonly future?: number }): string {
  const bounds = [
    past === undefined ? "" : `more than ${duration(past)} ago`,
    future === undefined ? "" : `more than ${duration(future)} ahead`,
  ];
  return bounds.filter((bound) => bound !== "").join(" or ");
}
