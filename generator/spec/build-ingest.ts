import { compareText } from "../diagnostics/diagnostic.js";
import type { JsonValue } from "../model/json-schema.js";
import type { Ingest, ResponseName } from "../model/model.js";
import { present } from "./build-destination.js";
import { type Scope, spanOf } from "./scope.js";
import { at, entriesOf, itemsOf, numberOf, type Tree, textOf, textsOf, toJson } from "./tree.js";
import { bytes, milliseconds } from "./units.js";

const RESPONSES: Readonly<Record<ResponseName, number>> = {
  accepted: 204,
  malformed: 400,
  too_large: 413,
  rate_limited: 429,
  wrong_path: 404,
  wrong_method: 405,
};

/**
 * @param metrics a sample without one of its labels would be another sample, so there a bad or unknown label drops it.
 * @param place where the model points to when the spec leaves `ingest` out.
 */
export function buildIngest(tree: Tree | undefined, metrics: boolean, place: Tree, scope: Scope): Ingest {
  const text = (...path: string[]) => textOf(at(tree, ...path));
  const policy = metrics ? "drop" : "strip";
  const rate = at(tree, "rate_limit");
  const times = at(tree, "accept_times");
  const forward = at(tree, "forward_to");
  // 5 stands for every status that begins with it.
  const all = text("responses", "puts_back") === undefined ? [] : [5];
  const putsBack = [
    ...all,
    ...itemsOf(at(tree, "responses", "puts_back")).flatMap((item) => numberOf(item) ?? []),
  ].toSorted((a, b) => a - b);
  const derives = entriesOf(at(tree, "derives"))
    .map(([name, { value }]) => ({ name, from: (textOf(at(value, "from")) ?? "now") as "client-ip" | "now" }))
    .toSorted((a, b) => compareText(a.name, b.name));
  const past = textOf(at(times, "past"));
  const future = textOf(at(times, "future"));
  return {
    at: spanOf(scope, tree ?? place),
    ...present("worker", text("worker")),
    ...present("operatedBy", text("operated_by")),
    ...present("also", at(tree, "also") === undefined ? undefined : textsOf(at(tree, "also")).toSorted(compareText)),
    unknownEvent: (text("unknown_event") ?? "drop") as Ingest["unknownEvent"],
    unknownField: (text("unknown_field") ?? policy) as Ingest["unknownField"],
    invalidField: (text("invalid_field") ?? policy) as Ingest["invalidField"],
    ...present("supportedFrom", numberOf(at(tree, "supported", "from"))),
    limits: { body: bytes(text("limits", "body") ?? "64KiB"), events: numberOf(at(tree, "limits", "events")) ?? 100 },
    ...(rate === undefined
      ? {}
      : {
          rateLimit: {
            per: textOf(at(rate, "per")) ?? "",
            requests: numberOf(at(rate, "requests")) ?? 1,
            window: milliseconds(textOf(at(rate, "window")) ?? ""),
          },
        }),
    ...(times === undefined
      ? {}
      : {
          acceptTimes: {
            ...present("past", past === undefined ? undefined : milliseconds(past)),
            ...present("future", future === undefined ? undefined : milliseconds(future)),
          },
        }),
    responses: {
      ...(Object.fromEntries(
        Object.entries(RESPONSES).map(([name, status]) => [name, numberOf(at(tree, "responses", name)) ?? status]),
      ) as Record<ResponseName, number>),
      ...present("unavailable", numberOf(at(tree, "responses", "unavailable"))),
    },
    ...(derives.length === 0 ? {} : { derives }),
    ...(putsBack.length === 0 ? {} : { putsBack }),
    ...(forward === undefined ? {} : { forwardTo: buildForward(forward) }),
  };
}

function buildForward(tree: Tree): NonNullable<Ingest["forwardTo"]> {
  const text = (key: string) => textOf(at(tree, key));
  const add: [string, JsonValue][] = entriesOf(at(tree, "add")).map(([key, { value }]) => [key, toJson(value)]);
  return {
    sink: text("sink") ?? "",
    ...present("url", text("url")),
    ...present("secret", text("secret")),
    ...present("distinctId", text("distinct_id")),
    ...present("region", text("region")),
    add: Object.fromEntries(add.toSorted(([a], [b]) => compareText(a, b))),
    backendSettings: textsOf(at(tree, "backend_settings")),
  };
}
