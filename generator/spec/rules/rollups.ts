import { COMBINE, type CombineName, type CombineWord, PERIOD_NAMES, periodOf } from "../../language/combine/index.js";
import type { Event, Field } from "../../model/model.js";
import { withInner } from "../../payload/call-shape.js";
import { NOTHING } from "../build-type.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, entriesOf, itemsOf, type Tree, textOf } from "../tree.js";
import { type Judged, typesWithin } from "./rule.js";

/** A rollup groups by fields that exist, counts in whole-number fields, and leaves no field that nobody fills in. */
export function rollups({ model, root }: Judged, report: DiagnosticSink): void {
  for (const event of model.events) {
    const tree = at(root, "events", event.wireName, "rollup");
    // What is missing altogether has been told.
    if (tree === undefined || at(tree, "combine") === undefined) continue;
    const rollup: Rollup = {
      event,
      tree,
      byName: new Map(event.fields.map((field) => [field.wireName, field])),
      grouping: itemsOf(at(tree, "one_per")),
      combined: entriesOf(at(tree, "combine")),
    };
    for (const rule of [onePeriod, knownGroups, combinedFields, groupedFields, oneOfBoth, counted, allFilled])
      rule(rollup, report);
  }
}

/** A rollup, and where its parts are written. */
interface Rollup {
  readonly event: Event;
  readonly tree: Tree;
  readonly byName: ReadonlyMap<string, Field>;
  readonly grouping: readonly Tree[];
  readonly combined: ReturnType<typeof entriesOf>;
}

function onePeriod({ event, tree, grouping }: Rollup, report: DiagnosticSink): void {
  const periods = grouping.filter((item) => periodOf(textOf(item)) !== undefined);
  if (periods.length !== 1) {
    report.add(
      "rollup-without-day",
      periods[1] ?? at(tree, "one_per") ?? tree,
      periods.length === 0
        ? `The rollup of "${event.wireName}" doesn't name day, hour, week or a number of calls.`
        : `The rollup of "${event.wireName}" is made for one period, and names two.`,
      { hint: "Begin one_per with day, hour, week, or 300 calls." },
    );
  }
}

function knownGroups({ event, byName, grouping }: Rollup, report: DiagnosticSink): void {
  for (const item of grouping) {
    const name = textOf(item) ?? "";
    if (periodOf(name) !== undefined || byName.has(name)) continue;
    report.add("unknown-rollup-field", item, `"${event.wireName}" has no field "${name}".`, {
      hint: suggestion(name, [...PERIOD_NAMES, ...byName.keys()], "Fields"),
    });
  }
}

/** Checks that each counter is a field of a type that its word can combine. */
function combinedFields({ event, byName, combined }: Rollup, report: DiagnosticSink): void {
  for (const [name, { key, value }] of combined) {
    const field = byName.get(name);
    const word = COMBINE[(textOf(value) ?? "") as CombineName] as CombineWord | undefined;
    if (field === undefined)
      report.add("unknown-rollup-field", key, `"${event.wireName}" has no field "${name}".`, {
        hint: suggestion(name, [...byName.keys()], "Fields"),
      });
    else if (field.type.kind !== NOTHING.kind && word !== undefined) {
      const needs = word.needs?.(field.type);
      if (needs !== undefined)
        report.add("counter-not-whole", key, `"${name}" is combined by ${textOf(value)}, and isn't ${needs}.`, {
          hint: needs.startsWith("of type")
            ? `Give it ${needs
                .slice(3)
                .replace(/ or .*|,.*/, "")
                .replace("type ", "type: ")}.`
            : `Make it ${needs.split(/[:,]/)[0]}.`,
        });
    }
  }
}

/** Checks that the calls give what groups, and that there are not as many groups as things. */
function groupedFields({ event, grouping }: Rollup, report: DiagnosticSink): void {
  for (const item of grouping) {
    const field = event.fields.find(({ wireName }) => wireName === textOf(item));
    const inner = field && withInner(field).find((one) => one !== field && one.from.kind !== "call");
    if (field !== undefined && inner !== undefined)
      report.add(
        "rollup-field-unfilled",
        item,
        `"${field.wireName}" groups, and holds "${inner.wireName}", which no call gives.`,
        { hint: "Group by values that the calls give, and move the other to common." },
      );
    else if (field?.type.cases !== undefined)
      report.add("rollup-field-unfilled", item, `"${field.wireName}" groups, and is one of several types.`, {
        hint: "Group by the field that says which.",
      });
    else if (field !== undefined && typesWithin(field.type).some(({ kind }) => kind === "hashed"))
      report.add("rollup-field-unfilled", item, `"${field.wireName}" groups, and totals are grouped by no hash.`, {
        hint: "A total per hash would follow each single thing that is hashed. Report it with a separate event, or group by something else.",
      });
  }
}

/** Checks that no field groups and is combined as well: a total has one value for it. */
function oneOfBoth({ event, grouping, combined }: Rollup, report: DiagnosticSink): void {
  const groups = new Set(grouping.map(textOf).filter((name) => periodOf(name) === undefined));
  for (const [name, { key }] of combined)
    if (groups.has(name))
      report.add("exclusive-keys", key, `"${name}" of "${event.wireName}" groups, and is combined as well.`, {
        hint: "Remove it from one_per or from combine.",
      });
}

/** Checks that one field counts the calls, and at most one the failed ones. */
function counted({ event, tree, combined }: Rollup, report: DiagnosticSink): void {
  for (const [word, noun] of [
    ["calls", "calls"],
    ["failed-calls", "failed calls"],
  ] as const) {
    const sameWord = combined.filter(([, { value }]) => textOf(value) === word);
    if (sameWord.length > 1 || (sameWord.length === 0 && word === "calls"))
      report.add(
        "counter-not-whole",
        sameWord[1]?.[1].key ?? at(tree, "combine") ?? tree,
        sameWord.length === 0
          ? `Nothing says of how many calls "${event.wireName}" is made.`
          : `Two fields count the ${noun} of "${event.wireName}".`,
        {
          hint:
            sameWord.length === 0 ? "Add a field of type int, and combine: { count: calls }." : "Remove one of them.",
        },
      );
  }
}

function allFilled({ event, grouping, combined }: Rollup, report: DiagnosticSink): void {
  const groups = grouping.map(textOf).filter((name) => periodOf(name) === undefined);
  const filled = new Set([...groups, ...combined.map(([name]) => name)]);
  for (const field of event.fields) {
    if (filled.has(field.wireName) || field.legacy) continue;
    const isPeriod = periodOf(field.wireName) !== undefined;
    report.add(
      "rollup-field-unfilled",
      field.at,
      isPeriod
        ? `In one_per, "${field.wireName}" is the period and not this field, so a total has no value for it.`
        : `"${field.wireName}" neither groups nor counts, so a total has no value for it.`,
      { hint: isPeriod ? "Give the field another name, or remove it." : "Add it to one_per or combine, or remove it." },
    );
  }
}
