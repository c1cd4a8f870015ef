import type { Model } from "../model/model.js";

/** A promise that a contract can make. */
interface GuaranteeWord {
  /** On the page; nothing where the first screen says it already. */
  readonly sentence: string | undefined;
  /** The same where events wait in a queue. */
  readonly queued?: string;
  /** Returns the contradiction between the spec and the promise, in words; nothing when it may be kept. */
  readonly contradicted?: (model: Model) => string | undefined;
}

/** Every promise, in the order of the reference page. To add one: an entry here, and its suite in `templates/tests/runtime/guarantees`. */
export const GUARANTEES = {
  "allowlist-only": { sentence: undefined },
  "off-is-off": {
    sentence: "Off means off: no connection is opened, no file written, no event put together.",
    contradicted: ({ consent, events }) => {
      if (consent.none !== undefined) return "consent is none, so there is no off";
      const spite = events.find(({ evenWhenOff }) => evenWhenOff !== undefined);
      return spite && `"${spite.wireName}" is sent even when it is off`;
    },
  },
  // What a flush waits for stands where its times stand.
  "never-blocks": { sentence: "Recording never makes the program wait." },
  "never-throws": { sentence: "Its errors never reach the program." },
  "exit-code-unaffected": { sentence: "The program's exit code is the same with it and without it." },
  "silent-on-failure": {
    sentence: "If it fails, it stays silent.",
    contradicted: ({ delivery }) => (delivery.onFailure === "log" ? "delivery.on_failure is log" : undefined),
  },
  "no-stdout": {
    sentence: "It never writes to stdout.",
    contradicted: ({ consent }) =>
      consent.notice?.stream === "stdout" ? "the notice is printed to stdout" : undefined,
  },
  "no-retry": {
    sentence: "A failed request is not repeated.",
    // What never reached anybody waits.
    queued: "A request that was answered is never repeated.",
    contradicted: ({ delivery, ingest }) =>
      delivery.attempts > 1
        ? `delivery.attempts is ${delivery.attempts}`
        : ingest.putsBack && "ingest.responses.puts_back has events sent once more",
  },
  "no-new-dependencies": { sentence: "It adds no dependency." },
  "not-in-debug-builds": {
    sentence: "Debug builds do not contain it.",
    contradicted: ({ consent }) =>
      consent.builds.some(({ kind }) => kind === "compiled-out")
        ? undefined
        : "no build under consent.builds is compiled-out",
  },
} satisfies Readonly<Record<string, GuaranteeWord>>;

export type Guarantee = keyof typeof GUARANTEES;

/** Returns what is known about a promise. */
export function guaranteeWord(name: Guarantee): GuaranteeWord {
  return GUARANTEES[name];
}
