import { type Doc, group, indent, line } from "../../emit/layout.js";
import type { Event, Field, Metric } from "../../model/model.js";

/** Returns what parts of consent do to an emitter: nothing is even read where its own is off, and fields of others stay away. */
export function partsOf(one: Event | Metric, fields: readonly Field[]) {
  const own = fields.some((field) => (field.part ?? field.sinceEpoch) !== undefined);
  const gated = isGated(one);
  const of = `${one.codeName}Contract`;
  const used = [...(gated ? ["allows"] : []), ...(own ? ["withoutOff"] : [])];
  return {
    own,
    gated,
    of,
    open: (data: string) => (own ? `withoutOff(client, ${data})` : data),
    /** Prints a choice. Where something is returned: that, or what stands for nothing. */
    choose: (call: Doc, nothing = "undefined"): Doc =>
      gated ? group(`allows(client, ${of})`, indent(line, "? ", call, line, `: ${nothing}`)) : call,
    gate: (call: Doc): Doc => (gated ? group(`if (allows(client, ${of}))`, indent(line, call)) : call),
    uses: used.length === 0 ? {} : { part: used },
  };
}

/** Returns whether something else than all of consent decides about it. */
export function isGated({ part, sinceEpoch, onlyWhere }: Event | Metric): boolean {
  return part !== undefined || sinceEpoch !== undefined || onlyWhere !== undefined;
}

export type Uses = Readonly<Record<string, readonly string[]>>;

/** Joins the uses of the runtime's files, by all of these together. */
export function usedBy(...all: readonly (Uses | undefined)[]): Uses {
  const together: Record<string, string[]> = {};
  for (const uses of all)
    for (const [file, names] of Object.entries(uses ?? {})) together[file] = [...(together[file] ?? []), ...names];
  return Object.fromEntries(Object.entries(together).map(([file, names]) => [file, [...new Set(names)]]));
}
