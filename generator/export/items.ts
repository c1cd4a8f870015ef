import type { Event, Field, Metric, Model } from "../model/model.js";

/** An event or a metric with everything that is sent with it, its own fields last. */
export interface Item {
  readonly name: string;
  readonly when: string;
  readonly why: string;
  readonly fields: readonly Field[];
  readonly metric?: Metric;
}

/** The items to export. Fields that only old clients send are left out. */
export function itemsOf(model: Model): readonly Item[] {
  const sent = (fields: readonly Field[]) => fields.filter(({ legacy }) => !legacy);
  const events = model.events.map(({ wireName, when, why, fields }: Event) => ({
    name: wireName,
    when,
    why,
    fields: sent([...model.common, ...fields]),
  }));
  const metrics = model.metrics.map((metric) => ({
    name: metric.wireName,
    when: metric.when,
    why: metric.why,
    fields: sent([...model.common, ...metric.labels]),
    metric,
  }));
  return [...events, ...metrics];
}

/** Returns what stands in the address of a request alone: it is sent, and the receiver keeps nothing of it. */
export function inAddress({ destination }: Model): readonly { readonly where: string; readonly what: string }[] {
  return destination.urlFields.map(({ wireName }) => ({
    where: wireName,
    what: "it is in the address of the request, and not in here",
  }));
}

/** A value that anybody could have written: no closed set, no number, no identifier. */
export function isOpenText({ type }: Field): boolean {
  return type.values === undefined && type.identifier === undefined && (type.kind === "text" || type.kind === "string");
}
