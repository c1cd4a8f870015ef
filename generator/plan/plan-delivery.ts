import type { Delivery } from "../model/model.js";
import type { Plain } from "./plan.js";

export interface PlanDelivery {
  readonly mode: Delivery["mode"];
  /** The number of bytes of the receiver's answer that the program uses. */
  readonly answer?: number;
  readonly timeout: number;
  /** The number of tries of a request that can't be handed over. */
  readonly attempts: number;
  /** Answers after which a queue keeps its events for the next time. Absent: any answer is final. */
  readonly putsBack?: readonly number[];
  readonly onFailure: Delivery["onFailure"];
  readonly logLevel: Delivery["logLevel"];
  readonly queue?: Plain<NonNullable<Delivery["queue"]>>;
  readonly debug?: Plain<NonNullable<Delivery["debug"]>>;
  /** The folder for marks of once-only events, and the prefix of their names. */
  readonly marks?: { readonly beside: string; readonly prefix: string };
  /** The limits of the receiver. */
  readonly limits: { readonly body: number; readonly events: number };
}
