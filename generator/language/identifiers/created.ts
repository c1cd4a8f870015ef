/** A moment at which an identifier is made. */
interface CreatedWord {
  /** On the page. */
  readonly says: string;
  /** The next run of the program has the same one. */
  readonly outlives: boolean;
  /** The share of a machine's life that it links: the earlier it is created, and the longer it is kept, the more. */
  readonly joins: number;
}

/** Every moment, in the order of the reference page. To add one: an entry here, and what the clients make of it. */
export const CREATED = {
  "first-run": { says: "at the first run", outlives: true, joins: 4 },
  "first-send": { says: "right before the first send", outlives: true, joins: 3 },
  "opt-in": { says: "when you turn telemetry on, not before", outlives: true, joins: 2 },
  "process-start": { says: "each time the program starts", outlives: false, joins: 1 },
  "each-event": {
    says: "anew for each event: it tells events apart, and not who or what sends them",
    outlives: false,
    joins: 0,
  },
  platform: { says: "by the platform, not by this program", outlives: true, joins: 5 },
} as const satisfies Readonly<Record<string, CreatedWord>>;

export type Created = keyof typeof CREATED;
export const CREATED_NAMES = Object.keys(CREATED) as readonly Created[];

/** The share of a machine's life that an identifier links. For an unknown word, as a released version may have: less than any. */
export function joinedBy(created: string): number {
  return Object.hasOwn(CREATED, created) ? CREATED[created as Created].joins : -1;
}

/** Returns whether the next run of the program has the same identifier. A word that isn't one has its finding already. */
export function outlives(created: string | undefined): boolean {
  return !Object.hasOwn(CREATED, created ?? "") || CREATED[created as Created].outlives;
}
