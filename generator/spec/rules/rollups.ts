import { withInner } from "../../payload/call-shape.js";
import { NOTHING } from "../build-type.js";
import type { Report } from "../report.js";
import { suggestion } from "../suggest.js";
import { at, entriesOf, itemsOf, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** A rollup groups by fields that exist, counts in whole-number fields, and leaves no field that nobody fills in. */
export function rollups({ model, root }: Judged, report: Report): void {
  for (const event of model.events) {
    const tree = at(root, "events", event.wireName, "rollup");
    if (tree === undefined) continue;
    const kinds = new Map(event.fields.map(({ wireName, type }) => [wireName, type.kind]));
    const known = [...kinds.keys()];
    const grouping = itemsOf(at(tree, "one_per"));
    const counters = entriesOf(at(tree, "counters"));
    if (!grouping.some((item) => textOf(item) === "day")) {
      report.add(
        "rollup-without-day",
        at(tree, "one_per") ?? tree,
        `The rollup of "${event.wireName}" doesn't name day.`,
        { hint: "A rollup is a daily total: begin one_per with day." },
      );
    }
    for (const item of grouping) {
      const name = textOf(item) ?? "";
      if (name === "day" || kinds.has(name)) continue;
      report.add("unknown-rollup-field", item, `"${event.wireName}" has no field "${name}".`, {
        hint: suggestion(name, ["day", ...known], "Fields"),
      });
    }
    for (const [name, { key }] of counters) {
      const kind = kinds.get(name);
      if (kind === undefined)
        report.add("unknown-rollup-field", key, `"${event.wireName}" has no field "${name}".`, {
          hint: suggestion(name, known, "Fields"),
        });
      else if (kind !== "int" && kind !== NOTHING.kind)
        report.add("counter-not-whole", key, `"${name}" counts, but is of type ${kind}.`, {
          hint: "Give it type: int.",
        });
    }
    for (const item of grouping) {
      const field = event.fields.find(({ wireName }) => wireName === textOf(item));
      const inner = field && withInner(field).find((one) => one !== field && one.from.kind !== "call");
      if (field !== undefined && inner !== undefined)
        report.add(
          "rollup-field-unfilled",
          item,
          `"${field.wireName}" groups, and holds "${inner.wireName}", which no call gives.`,
          { hint: "Group by what the calls give, and put the other beside it in common." },
        );
    }
    const filled = new Set([...grouping.map(textOf), ...counters.map(([name]) => name)]);
    for (const field of event.fields) {
      if (filled.has(field.wireName) || field.legacy) continue;
      report.add(
        "rollup-field-unfilled",
        field.at,
        `"${field.wireName}" neither groups nor counts, so a daily total has no value for it.`,
        {
          hint: "Add it to one_per or counters, or remove it.",
        },
      );
    }
  }
}
