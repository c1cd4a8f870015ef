import type { Consent, Match } from "../model/model.js";
import type { Plain, PlanValue } from "./plan.js";

export interface PlanConsent {
  readonly model: Consent["model"];
  readonly evaluated: Consent["evaluated"];
  /** An answer that can't be read counts even where it is off anyway. */
  readonly heedsUnread?: true;
  /** The queues of the other contracts that share it: a no deletes what waits there, too. */
  readonly queues?: readonly string[];
  /** First match wins; when a step says both, it says no. Builds come before everything. */
  readonly order: readonly PlanStep[];
  /** The parts of consent: on only where what it needs is, too. */
  readonly parts?: readonly {
    readonly name: string;
    readonly model: Consent["model"];
    readonly needs: readonly string[];
    /** A yes to an earlier edition of the list isn't enough to send it. */
    readonly sinceEpoch?: number;
    readonly order: readonly PlanStep[];
    readonly answer?: NonNullable<PlanConsent["answer"]>;
    readonly ask: PlanConsent["ask"];
  }[];
  /** Data that older clients left: read behind the first stored step, and taken over once. */
  readonly adopts?: Plain<NonNullable<Consent["adopts"]>>;
  /** To which edition of the list an older version's yes in the state file was given, where our own note of it is missing. */
  readonly epochFrom?: Plain<NonNullable<Consent["epochFrom"]>>;
  /** The oldest edition of the list to which a stored yes still holds; where nobody has to say yes, the first. */
  readonly holdsFrom: number;
  readonly builds: Plain<Consent["builds"]>;
  /** The edition of the list. */
  readonly epoch: number;
  /** The state file's yes and no. Absent: no answer is kept. */
  readonly answer?: {
    readonly key: string;
    readonly yes?: string | boolean | number;
    readonly no?: string | boolean | number;
  };
  /** The variables that can say no, each with such a value: `DO_NOT_TRACK=1`. */
  readonly offVariables: readonly string[];
  readonly ask: readonly (Omit<Plain<Consent["ask"][number]>, "stores"> & { readonly stores: PlanStores })[];
  readonly notice?: Omit<Plain<NonNullable<Consent["notice"]>>, "stores"> & { readonly stores: PlanStores };
  /** The path that deletes everything of this machine, and identifier → the name that it has there. */
  readonly forget?: { readonly path: string; readonly names: Readonly<Record<string, string>> };
  readonly commands: Readonly<Partial<Record<keyof Consent["commands"], PlanCommand>>>;
  /** The name of the product's own telemetry command: `docglow telemetry`. Absent: the commands have nothing in common. */
  readonly called?: string;
}

export type PlanStores = Readonly<Record<string, string | boolean | number>>;

export interface PlanCommand {
  readonly run: string;
  readonly prints: readonly string[];
  readonly stores: PlanStores;
}

export interface PlanStep {
  /** The name shown as the decider: the variable's name, or the kind of place. */
  readonly by: string;
  readonly place: Plain<Consent["order"][number]["place"]>;
  /** `stored`: what the key may hold. */
  readonly value?: PlanValue;
  readonly enable?: Plain<Match>;
  readonly disable?: Plain<Match>;
  /** Capital and small letters are the same; the texts of the matches are small. */
  readonly anyCase?: true;
  /** Spaces around the value don't count. */
  readonly trimmed?: true;
  /** Values that no side names are a no. */
  readonly otherwise?: "disable";
  /** Asked only where this is so; where nobody tells, it can still say no. */
  readonly onlyWhere?: Plain<NonNullable<Consent["order"][number]["onlyWhere"]>>;
  /** A yes that was given to an edition of the list before this one doesn't hold. */
  readonly sinceEpoch?: number;
}
