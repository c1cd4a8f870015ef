import type { Model } from "../../model/model.js";
import { identifierFields } from "./schema-sql.js";
import { sinkOf } from "./sinks.js";
import type { Volume } from "./volume.js";

/** From the vendors' public price lists, in US dollars a month, without tax. To be checked before relying on them. */
export const pricesAsOf = "October 2026";

/** So much is in the plan; a million more costs so much. */
interface Metered {
  readonly what: string;
  readonly included: number;
  readonly perMillion: number;
}

const plan = 5;
const requests: Metered = { what: "Workers: requests", included: 10e6, perMillion: 0.3 };
const cpu: Metered = { what: "Workers: CPU, ms", included: 30e6, perMillion: 0.02 };
const queue: Metered = { what: "Queues: operations", included: 1e6, perMillion: 0.4 };
const rows: Metered = { what: "D1: rows written", included: 50e6, perMillion: 1 };
const points: Metered = { what: "Analytics Engine: points", included: 10e6, perMillion: 0.25 };

/** CPU that judging and handing on one request takes, in ms: an upper bound, measured requests take a fraction of it. */
const cpuPerRequest = 2;

/** Returns whether the backend's price is among the costs. */
export function isPriced(model: Model): boolean {
  return sinkOf(model).price !== undefined;
}

export interface CostLine {
  readonly what: string;
  /** For one number of machines: how much of it, and what that costs. */
  readonly at: readonly { readonly amount: number; readonly dollars: number }[];
}

/** Returns what a month costs with so many active machines. The last line is the sum. */
export function costsOf(model: Model, volume: Volume, machines: readonly number[]): readonly CostLine[] {
  const meters = metersOf(model, volume).map(({ meter, perMachine }) =>
    line(meter.what, machines, perMachine, (amount) => metered(meter, amount)),
  );
  const vendor = sinkOf(model).price;
  const backend = vendor === undefined ? [] : [line(vendor.what, machines, volume.events, vendor.of)];
  const fixed = { what: "Workers Paid plan", at: machines.map(() => ({ amount: 1, dollars: plan })) };
  const lines = [fixed, ...meters, ...backend];
  const sum = machines.map((_, index) => lines.reduce((total, { at }) => total + (at[index]?.dollars ?? 0), 0));
  return [...lines, { what: "Together", at: sum.map((dollars) => ({ amount: 0, dollars })) }];
}

function metersOf(model: Model, volume: Volume): readonly { readonly meter: Metered; readonly perMachine: number }[] {
  const { queued, binding } = sinkOf(model);
  return [
    { meter: requests, perMachine: volume.requests },
    { meter: cpu, perMachine: volume.requests * cpuPerRequest },
    // Written, read, deleted.
    ...(queued ? [{ meter: queue, perMachine: volume.requests * 3 }] : []),
    // The row, and one entry in each index.
    ...(binding === "DB" ? [{ meter: rows, perMachine: volume.events * (2 + identifierFields(model).length) }] : []),
    ...(binding === "ANALYTICS" ? [{ meter: points, perMachine: volume.events }] : []),
  ];
}

function line(
  what: string,
  machines: readonly number[],
  perMachine: number,
  price: (amount: number) => number,
): CostLine {
  return { what, at: machines.map((count) => ({ amount: count * perMachine, dollars: price(count * perMachine) })) };
}

function metered({ included, perMillion }: Metered, amount: number): number {
  return (Math.max(0, amount - included) / 1e6) * perMillion;
}
