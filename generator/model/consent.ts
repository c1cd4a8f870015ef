import type { ConsentModel } from "../language/consent/models.js";
import type { ConsentPlace } from "../language/consent/places/index.js";
import type { StateForm } from "../language/file-forms.js";
import type { Created } from "../language/identifiers/created.js";
import type { DrawnHash, Type } from "./fields.js";
import type { Node } from "./node.js";

export type { ConsentPlace };

/** A value that can stand in a place and be read. */
export type Scalar = string | boolean | number;

/** The condition under which a value counts. What each word means is in `generator/language/consent/matches`. */
export type Match =
  | { readonly kind: "exactly"; readonly values: readonly Scalar[] }
  | { readonly kind: "truthy" }
  | { readonly kind: "falsy" }
  | { readonly kind: "present" }
  | { readonly kind: "non-empty" }
  | { readonly kind: "any-except"; readonly values: readonly string[] }
  | { readonly kind: "absent" }
  | { readonly kind: "at-least"; readonly value: string | number }
  | { readonly kind: "any-of"; readonly of: readonly Match[] };

export type BuildKind = "normal" | "compiled-out" | "locked-off";

export interface Consent extends Node {
  /** Another contract's: what turns that off turns this off, too. */
  readonly use?: string;
  /** There is no switch at all, and this is why. */
  readonly none?: string;
  readonly model: ConsentModel;
  readonly evaluated: "every-event" | "at-start";
  /** Something is sent as long as nobody has said anything: then an answer that can't be read counts even if it is off anyway. */
  readonly heedsUnread?: true;
  /** The queues of the other contracts that share it: a no deletes what waits there, too. */
  readonly queues?: readonly string[];
  readonly order: readonly ConsentStep[];
  /** Build name → kind, by name. Empty: every build is normal. */
  readonly builds: readonly { readonly name: string; readonly kind: BuildKind }[];
  /** The menu where people turn it off in the product itself: `Settings → Privacy`. */
  readonly menu?: string;
  readonly ask: readonly Ask[];
  readonly notice?: Notice;
  readonly commands: {
    readonly status?: Command;
    readonly enable?: Command;
    readonly disable?: Command;
    /** Has the receiver delete all that is stored of this machine. */
    readonly forget?: Command;
  };
  readonly stateFile?: StateFile;
  /** The parts that decide for themselves below the rest, whose no holds for all of it. By name. */
  readonly parts?: readonly ConsentPart[];
  /** To which edition of the list an older yes in the state file was given. */
  readonly epochFrom?: EpochFrom;
  readonly adopts?: readonly Adoption[];
}

/** By a date, or by a number: from which on it holds for later editions of the list. */
export interface EpochFrom {
  readonly key: string;
  readonly epochs: readonly { readonly epoch: number; readonly from: string | number }[];
}

/** Data that an older client left on the machine, read until it was taken over. */
export interface Adoption extends Node {
  /** A no in any of them counts; a yes of the first that is there. May begin with `~/` or `{app_dir}/`. */
  readonly files: readonly string[];
  readonly key: string;
  readonly enableWhen?: Match;
  readonly disableWhen?: Match;
  /** Identifiers that go on: ours → its key there. */
  readonly identifiers: readonly { readonly name: string; readonly key: string }[];
  /** The time of an older yes: from which dates on it holds for later editions of the list. */
  readonly epochFrom?: EpochFrom;
  /** The older queue: where the name, the time and the fields of an event stand in each line. */
  readonly queue?: { readonly file: string; readonly event: string; readonly time: string; readonly fields: string };
}

/** Some of what is sent, with a consent of its own. It is on where the head, all that it needs, and it itself are. */
export interface ConsentPart extends Node {
  readonly name: string;
  readonly model: Consent["model"];
  /** Its subject: `crash reports`. */
  readonly what?: string;
  /** If one of these parts is off, this part is off, too. */
  readonly needs: readonly string[];
  /** None of it is sent on a yes to an edition of the list before this one. */
  readonly sinceEpoch?: number;
  readonly order: readonly ConsentStep[];
  readonly ask: readonly Ask[];
}

export interface ConsentStep extends Node {
  readonly place: ConsentPlace;
  readonly enableWhen?: Match;
  readonly disableWhen?: Match;
  /** Capital and small letters are the same; the texts of its matches are small. */
  readonly anyCase?: true;
  /** Spaces around the value don't count. */
  readonly trimmed?: true;
  /** Values that no side names are a no. */
  readonly otherwise?: "disable";
  /** It is asked only where this is so. Where nobody tells, it can still say no, and never yes. */
  readonly onlyWhere?: Fact;
}

/** Something that is so where the program runs, or isn't. */
export interface Fact {
  readonly fact: string;
  readonly means?: string;
}

export type Stores = readonly { readonly key: string; readonly value: Scalar }[];

export interface Ask extends Node {
  readonly where: string;
  readonly needs: readonly ("terminal" | "not-ci" | "stdin-not-redirected")[];
  readonly question: string;
  readonly preselected: "accept" | "decline";
  readonly whenSkipped: "undecided" | "decline";
  readonly stores: Stores;
  readonly askAgain: "never" | "every-time";
  /** The people whom it concerns: it is put only where this is so. */
  readonly onlyWhere?: Fact;
}

export interface Notice extends Node {
  /** The run that shows the notice sends nothing yet. */
  readonly sendsFrom?: "next-run";
  /** The people whom it concerns. Where nobody tells, it is shown. */
  readonly onlyWhere?: Fact;
  readonly text: string;
  readonly when: "before-first-send" | "first-run";
  readonly stream: "stderr" | "stdout";
  readonly once: boolean;
  readonly stores: Stores;
}

export interface Command extends Node {
  readonly run: string;
  readonly prints: readonly string[];
  readonly stores: Stores;
}

export interface StateFile extends Node {
  /** May begin with `~/` or `{app_dir}/`. */
  readonly path: string;
  /** Another form than JSON. */
  readonly form?: Exclude<StateForm, "json">;
  readonly mode: string;
  readonly deletingIt?: string;
  readonly keys: readonly { readonly key: string; readonly type: Type }[];
}

export interface Identifier extends Node {
  readonly name: string;
  readonly identifies:
    | "user"
    | "machine"
    | "session"
    | "cluster"
    | "workload"
    | "project"
    | "organisation"
    | "account"
    | "environment"
    | "server"
    | "other";
  /** `given`: where the program has it from. `other`: what one value stands for. */
  readonly what?: string;
  /** The sources that it can be traced back to. */
  readonly derivedFrom?: readonly ("hardware" | "name" | "account" | "address")[];
  readonly madeFrom: "random" | "hash" | "given";
  /** Of a number that is drawn once and kept, or anew each time the program starts. */
  readonly hash?: DrawnHash & { readonly of: "machine" | "session"; readonly algorithm: "sha256" };
  readonly format: Type;
  /** The making of a random one, piece by piece, so many of these characters; absent: a number, a UUID, or hexadecimal digits. */
  readonly drawn?: readonly { readonly of: string; readonly times: number }[];
  readonly created: Created;
  /** The text that is sent where programs are built and tested: one text for all, or nothing. */
  readonly inCi?: { readonly text?: string };
  readonly resetBy?: string;
  readonly deletionBy?: string;
  /** The reason why it is sent although it can be traced back to somebody, or linked with another contract's reports. */
  readonly justification?: string;
  /** The contract whose identifier this is, by its path from this one: the same value in both. */
  readonly use?: string;
  /** The other contracts that use this one. */
  readonly sharedWith?: readonly string[];
}
