import type { ModeWord } from "./define.js";

export const carried: ModeWord = {
  describes: "`carried`: the emitter gives what a request that the product makes anyway is to carry",
  waits: false,
  sendsEach: false,
  rides: true,
  reports: false,
  uses: [],
  // What somebody else's request carries, nobody has to send or to wait for.
  controls: [],
  sender: ["carry", "carry"],
  clients: ["python", "go"],
  rhythm: () => [
    "Nothing is sent separately: it travels in requests that the program makes anyway. While telemetry is off, those go out without it.",
  ],
  requests: (_, { events }) => [events, "along with one request per event"],
};
