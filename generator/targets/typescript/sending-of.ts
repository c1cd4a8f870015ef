import { modeOf } from "../../model/delivery.js";
import type { Event, Model } from "../../model/model.js";

/** By what an event leaves: a queue, a request of its own, or one that the program makes anyway; and what its caller gets of it. */
export function sendingOf(model: Model, { evenWhenOff }: Event) {
  const { answer, debug } = model.delivery;
  const { rides, waits } = modeOf(model);
  if (rides)
    return {
      returns: "Promise<Carried>",
      twin: "{ headers: {} }",
      send: "carriedBy",
      record: "carriedBy",
      uses: { carried: ["type Carried", "carriedBy"] },
    };
  if (answer !== undefined)
    return {
      returns: "Promise<string | undefined>",
      twin: "undefined",
      send: "answered",
      record: "tellAnswer(answer)",
      uses: { answered: ["answered"] },
    };
  // What is sent although telemetry is off waits nowhere.
  const [file, name] =
    waits && evenWhenOff === undefined ? (["record", "queueEvent"] as const) : (["send-event", "sendEvent"] as const);
  const shown = debug?.sends === false || debug?.whenOff === true;
  const send = shown ? `shown(${name})` : name;
  return { returns: "void", send, record: send, uses: { [file]: [name], ...(shown ? { shown: ["shown"] } : {}) } };
}
