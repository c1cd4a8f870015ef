import { Call, type Literal } from "../../emit/literal.js";
import type { Event, Model } from "../../model/model.js";
import { planEvent } from "../../plan/emitters.js";
import { fieldData, fieldsData } from "./field-data.js";

/** An event as the runtime is told about it. */
export function eventData(model: Model, { fields, sample, wireName }: Event): { readonly [key: string]: Literal } {
  return {
    name: wireName,
    fields: fieldsData(model, fields),
    drawn: sample?.by === undefined ? undefined : new Call("drawnBy", [sample.oneIn, sample.by]),
  };
}

/**
 * All events, for whoever sends what waits: each line is held to its event again. They stand apart from the emitters, which a
 * bundler leaves out where nobody calls them, and are loaded with what sends.
 */
export function queuedEvents(model: Model): Literal {
  return model.events.map((event) => {
    const planned = planEvent(model, event);
    return planned.kind === "event"
      ? eventData(model, event)
      : {
          name: event.wireName,
          by: planned.by.map((group) => fieldData(group)),
          counters: planned.counters.map(({ name }) => name),
        };
  });
}
