import type { ModeWord } from "./define.js";

/** As the client's runtime has it (`send/send-event.ts`). */
const mostAtOnce = 64;

export const immediate: ModeWord = {
  describes: "One background request per event",
  waits: false,
  sendsEach: true,
  rides: false,
  reports: false,
  uses: ["leave"],
  controls: ["settle"],
  sender: ["deliver", "deliver"],
  clients: ["python", "go", "rust"],
  rhythm: ({ events }) => {
    const byTheClock = events.filter(({ schedule }) => schedule !== undefined).length;
    return [
      `Each event is sent in the background, ${occasions(byTheClock, events.length)}, in its own request.`,
      `At most ${mostAtOnce} requests run at once; further events are not sent.`,
    ];
  },
  requests: (_, { events }) => [events, "one request per event"],
};

function occasions(byTheClock: number, all: number): string {
  if (byTheClock === 0) return "at once";
  return byTheClock === all ? "on its schedule" : "as soon as it happens, or on its schedule";
}
