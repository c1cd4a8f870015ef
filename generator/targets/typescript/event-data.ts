import { callsIn, type Literal, literal, Printed, PureCall } from "../../emit/literal.js";
import { factCall } from "../../language/consent/places/fact.js";
import { fragmentOf } from "../../model/fragments.js";
import { givenIdentifiers } from "../../model/given-identifiers.js";
import type { Event, Model } from "../../model/model.js";
import { isPlain, rollupParts } from "../../model/rollup.js";
import { planEvent } from "../../plan/emitters.js";
import { lineData } from "./combine-data.js";
import { eventFieldsData, fieldData, isLaterIn } from "./field-data.js";

/**
 * An event as the runtime is told about it.
 * @param recorded where it is recorded, beside the client; elsewhere nothing is found, since all is there already.
 */
export function eventData(
  model: Model,
  { evenWhenOff, fields, sample, schedule, wireName, part, sinceEpoch, onlyWhere }: Event,
  recorded = true,
): { readonly [key: string]: Literal } {
  return {
    name: wireName,
    part,
    since: sinceEpoch,
    only: onlyWhere && factCall(onlyWhere),
    fields: eventFieldsData(model, fields, recorded),
    schedule: recorded && schedule !== undefined ? { ...schedule } : undefined,
    despite: evenWhenOff && new PureCall("despite", [[...givenIdentifiers(model)], ...evenWhenOff.despite]),
    drawn: sample?.by === undefined ? undefined : new PureCall("drawnBy", [sample.oneIn, sample.by]),
  };
}

/**
 * All events, for whoever sends what waits: each line is held to its event again. They stand apart from the emitters, which a
 * bundler leaves out where nobody calls them, and are loaded with what sends.
 */
export function queuedEvents(model: Model): Literal {
  const [, second] = model.events;
  const data = (event: Event) => queuedEvent(model, event);
  // One alone may stand on the line that it is named on.
  if (second === undefined) return model.events.map(data);
  const all = model.events.map((event): { readonly text: string; readonly uses: readonly string[] } => {
    const print = () => {
      const value = data(event);
      return { text: literal(value, INSIDE), uses: [...callsIn(value)] };
    };
    // What a rollup's emitters are called depends on other events.
    return event.rollup === undefined
      ? JSON.parse(fragmentOf(event, "queued", () => JSON.stringify(print())))
      : print();
  });
  const uses = new Set(all.flatMap((one) => one.uses));
  return new Printed(`[\n${all.map(({ text }) => `${INSIDE}${text},\n`).join("")}  ]`, [...uses]);
}

const INSIDE = "    ";

function queuedEvent(model: Model, event: Event): { readonly [key: string]: Literal } {
  const planned = planEvent(model, event);
  if (planned.kind === "event") return eventData(model, event, false);
  return {
    name: event.wireName,
    part: event.part,
    since: event.sinceEpoch,
    only: event.onlyWhere && factCall(event.onlyWhere),
    by: planned.by.map((group) => fieldData(group, undefined, isLaterIn(model))),
    ...countersData(event),
  };
}

function countersData(event: Event): { readonly [key: string]: Literal } {
  const { rollup } = event;
  if (rollup === undefined || isPlain(rollup))
    return { counters: rollup?.counters.map(({ wireName }) => wireName) ?? [] };
  const { counting, given } = rollupParts(rollup);
  return {
    counters: counting,
    period: rollup.per,
    combining:
      given.length === 0
        ? undefined
        : new PureCall(
            "combinedLines",
            given.map((one) => lineData(event, one)),
          ),
  };
}
