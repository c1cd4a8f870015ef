/** The default for people who haven't decided. */
interface ConsentModelWord {
  /** On the page: how it is for them. */
  readonly usual: "on" | "off";
  /** Half a sentence about when that ends. */
  readonly until: string;
  /** The people about whom something is sent. */
  readonly reports: string;
  /** In a record of processing. */
  readonly basis: string;
  /** The answer that changes something. */
  readonly counts: "yes" | "no";
}

/** Both, in the order of the reference page. */
export const CONSENT_MODELS = {
  "opt-in": {
    usual: "off",
    until: "Off until somebody says yes",
    reports: "who has turned telemetry on",
    basis: "Nothing is sent before somebody said yes.",
    counts: "yes",
  },
  "opt-out": {
    usual: "on",
    until: "On until somebody says no",
    reports: "who has not turned telemetry off",
    basis: "It is sent until somebody says no.",
    counts: "no",
  },
} as const satisfies Readonly<Record<string, ConsentModelWord>>;

export type ConsentModel = keyof typeof CONSENT_MODELS;
export const CONSENT_MODEL_NAMES = Object.keys(CONSENT_MODELS) as readonly ConsentModel[];
