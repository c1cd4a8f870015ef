import type { Wire } from "../worker/runtime/read/picture.js";

/** The page's knowledge of its contract: data that the generator prints, and the validators that the receiver uses, too. */
export interface Rules {
  readonly wire: Wire;
  /** The place where a payload says which version it was written for, if it does. */
  readonly versionKey?: { readonly in: "common" | "event"; readonly wireName: string };
  readonly version: number;
  readonly versions: Readonly<Record<string, VersionRules>>;
  /** The treatment of anything unlisted, in words. */
  readonly consequences: Readonly<Record<"event" | "field" | "value" | "missing", string>>;
  /** Payloads to begin with, by what they are. */
  readonly examples: readonly { readonly name: string; readonly text: string }[];
}

export interface VersionRules {
  readonly common: readonly FieldRule[];
  readonly events: Readonly<Record<string, EventRule>>;
}

export interface EventRule {
  readonly fields: readonly FieldRule[];
  /** A metric's number. */
  readonly value?: Pick<FieldRule, "check" | "may">;
  /** Retired: answered with success, and discarded. */
  readonly discarded?: true;
}

export interface FieldRule {
  readonly name: string;
  /** Its validator. */
  readonly check: string;
  /** Its rule, in words. */
  readonly may: string;
  readonly needed: boolean;
  readonly nullable?: true;
  readonly onlyWhen?: readonly {
    readonly wireName: string;
    readonly values: readonly unknown[];
    readonly except?: true;
  }[];
  /** Something to be said although it is allowed. */
  readonly note?: string;
}

/** The validators by name. */
export type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

/** The finding about one value. */
export interface Finding {
  /** Its place: `events[0].props.kind`. */
  readonly place: string;
  /** As it was sent; empty where something is missing. */
  readonly sent: string;
  readonly verdict: "allowed" | "not on the list" | "not allowed" | "missing";
  /** The allowed values, or what happens. */
  readonly about: string;
}

/** `problem`: it could not be read as a payload at all. */
export type PayloadReport = { readonly problem: string } | { readonly findings: readonly Finding[] };
