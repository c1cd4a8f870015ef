import type { Inline } from "../../../emit/document.js";
import type { OtherLanguage } from "../../../model/clients.js";
import type { Model } from "../../../model/model.js";

/** A way in which a client sends: everything that rules, page, plan, clients and the receiver's volume know about it. */
export interface ModeWord {
  /** For editors and the reference page, as half a sentence. */
  readonly describes: string;
  /** Events wait in a file until they are sent. */
  readonly waits: boolean;
  /** Each event is sent when it happens. */
  readonly sendsEach: boolean;
  /** It travels in requests that the program makes anyway. */
  readonly rides: boolean;
  /** Nothing happens but that a clock runs: metrics are reported. */
  readonly reports: boolean;
  /** Keys elsewhere in a contract that have a use only in modes that name them here. */
  readonly uses: readonly ("puts_back" | "queue" | "flush" | "batch" | "leave" | "rollup")[];
  /** The functions that a program calls beside the emitters: to wait for what is under way, to send what waits, to report. */
  readonly controls: readonly ("settle" | "flush" | "reports")[];
  /** The sender that the TypeScript client loads: the runtime's file, and its function. */
  readonly sender: readonly [file: string, name: string];
  /** Clients in other languages than TypeScript that send so; the others refuse it. */
  readonly clients: readonly OtherLanguage[];
  /** On the page: when what is sent. */
  readonly rhythm: (model: Model) => readonly Inline[];
  /** Returns the number of requests that one machine makes in a month, and why. */
  readonly requests: (model: Model, month: Month) => readonly [requests: number, because: string];
}

/** The facts and assumptions about a month on one machine. */
export interface Month {
  /** Events that are sent in it. */
  readonly events: number;
  readonly reportsPerDay: number;
  readonly days: number;
  readonly activeDays: number;
  readonly timesPerDay: number;
}
