import { modeOf } from "../../model/delivery.js";
import type { Event, Model } from "../../model/model.js";

/** The way an event is sent: by a queue, its own request, or one that the program makes anyway; and its return value. */
export function sendingOf(model: Model, { evenWhenOff }: Event) {
  const { answer, debug } = model.delivery;
  const { rides, waits } = modeOf(model);
  // What is shown instead gives what an event gives that isn't sent.
  const isShown = debug?.sends === false || debug?.whenOff === true;
  const shown = (send: string, instead = "") => (isShown ? `shown(${send}${instead})` : send);
  const usesShown = isShown ? { shown: ["shown"] } : {};
  if (rides)
    return {
      returns: "Promise<Carried>",
      noop: "{ headers: {} }",
      send: shown("carriedBy", ", async () => ({ headers: {} })"),
      record: "carriedBy",
      uses: { carried: ["type Carried", "carriedBy"], ...usesShown },
    };
  if (answer !== undefined)
    return {
      returns: "Promise<string | undefined>",
      noop: "undefined",
      send: shown("answered", ", async () => undefined"),
      record: shown("tellAnswer(answer)"),
      uses: { answered: ["answered"], ...usesShown },
    };
  // What is sent although telemetry is off waits nowhere.
  const [file, name] =
    waits && evenWhenOff === undefined ? (["record", "queueEvent"] as const) : (["send-event", "sendEvent"] as const);
  const send = shown(name);
  return { returns: "void", send, record: send, uses: { [file]: [name], ...usesShown } };
}
