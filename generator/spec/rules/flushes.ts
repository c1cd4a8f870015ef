import type { Delivery } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf } from "../tree.js";
import type { Judged } from "./rule.js";

type Flush = Delivery["flush"][number];

/** The points at which a key does something. */
const KEYS = {
  wait: ["command-end", "process-exit"],
  commands: ["command-start", "command-end"],
  every: ["interval"],
} as const satisfies Record<string, readonly Flush["at"][]>;

/** Why nothing is sent in the background at an end. */
const ALWAYS_LOST = { "process-exit": "The program is over before anything is sent in the background." };
const LOST: Partial<Readonly<Record<Flush["at"], string>>> = {
  ...ALWAYS_LOST,
  "command-end":
    "Nothing is ever sent by a program that ends with its command: nothing keeps it alive for what is sent in the background.",
};

/** `delivery.flush`: each point stands there once, with keys that do something at it, and what is recorded leaves at one of them. */
export function flushes({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("delivery")) return;
  const { flush } = model.delivery;
  const leaves = flush.some((one) => one.wait || LOST[one.at] === undefined);
  for (const [index, tree] of itemsOf(at(root, "delivery", "flush")).entries()) {
    const one = flush[index];
    if (one === undefined) continue;
    const refuse = (place: typeof tree, message: string, hint: string) =>
      report.add("flush-unusable", place, message, { hint });
    if (flush.findIndex((other) => other.at === one.at) < index) {
      refuse(
        tree,
        `${one.at} stands there twice, and only the first would count.`,
        "Write one, with the commands of both.",
      );
      continue;
    }
    for (const [key, points] of Object.entries(KEYS)) {
      const value = at(tree, key);
      const isSaid = value !== undefined && !(value.kind === "scalar" && value.value === false);
      if (isSaid && !points.some((point) => point === one.at))
        refuse(value, `${key} does nothing at ${one.at}.`, `Remove it: it belongs to ${points.join(" and ")}.`);
    }
    const lost = one.wait ? undefined : LOST[one.at];
    if (lost !== undefined && (one.at in ALWAYS_LOST || !leaves))
      refuse(tree, lost, `Write { at: ${one.at}, wait: true }, or let a later run send it: { at: command-start }.`);
  }
}
