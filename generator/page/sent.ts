import {
  type Block,
  code,
  codeBlock,
  enumerate,
  type Inline,
  list,
  paragraph,
  prose,
  type Section,
  say,
  strong,
  table,
} from "../emit/document.js";
import { printJson } from "../emit/print-json.js";
import { COMBINE, spokenPeriod } from "../language/combine/index.js";
import { meaning } from "../language/consent/places/fact.js";
import { RHYTHM } from "../language/delivery/index.js";
import { goldenAround, goldenFields, goldenSample, goldenShown } from "../model/golden.js";
import { addressAsShown, addressed, placesInPath } from "../model/in-path.js";
import type { Event, Metric, Model } from "../model/model.js";
import { inStep } from "../model/schedule.js";
import { isCommonBeside } from "../model/wire.js";
import { drawn } from "./drawn.js";
import { describe } from "./field-rows.js";
import { ownedFacts } from "./owned.js";
import { fieldItems, retired, since } from "./versions.js";
import { inOneLine, labelled } from "./words.js";

/** Everything that is sent: one complete request, then per event its trigger, its fields and what they look like. */
export function sent(model: Model): Section {
  const whole = shownWhole(model);
  return {
    title: "What is sent",
    get blocks() {
      return [...drawn(model), ...completeExample(model, whole)];
    },
    sections: [
      ...common(model),
      ...address(model),
      ...model.events.map((event) => eventSection(model, event, event === whole)),
      ...model.metrics.map((metric) => metricSection(model, metric)),
      ...retiredSections(model),
    ],
  };
}

function common(model: Model): readonly Section[] {
  const fields = fieldItems(model, (contract) => contract.common);
  if (fields.length === 0) return [];
  return [
    {
      title: isCommonBeside(model.wire) ? "With every request" : "With every event",
      blocks: [list(fields)],
    },
  ];
}

function address(model: Model): readonly Section[] {
  const { url, urlFields } = model.destination;
  if (urlFields.length === 0) return [];
  const fields = fieldItems(model, (contract) => contract.destination.urlFields);
  return [
    {
      title: "In the address",
      blocks: [
        paragraph(
          say`The address, ${code(addressAsShown(url))}, is filled in with${placesInPath(url).length === 0 ? "" : " what the table above says, and with"}:`,
        ),
        list(fields),
      ],
    },
  ];
}

/** Its blocks are made when they are printed. */
function eventSection(model: Model, event: Event, isWhole: boolean): Section {
  return {
    title: code(event.wireName),
    // Which one stands in the complete example depends on the others, so that one is printed anew.
    ...(isWhole ? {} : { event }),
    get blocks() {
      return eventBlocks(model, event, isWhole);
    },
  };
}

/** The event of the complete example: the one with most fields of its own. */
function shownWhole({ events }: Model): Event | undefined {
  return events.reduce<Event | undefined>(
    (most, event) => (most === undefined || event.fields.length > most.fields.length ? event : most),
    undefined,
  );
}

function eventBlocks(model: Model, event: Event, isWhole: boolean): readonly Block[] {
  const isIt = ({ wireName }: { readonly wireName: string }) =>
    wireName === event.wireName || wireName === event.renamedFrom;
  const fields = fieldItems(model, (contract) =>
    contract === model ? event.fields : contract.events.find(isIt)?.fields,
  );
  const from = since(model, ({ events }) => events.some(isIt));
  const facts: readonly Inline[] = [
    ...occasion(event),
    ...clock(event),
    ...(event.limit === undefined ? [] : [said(RHYTHM.limit.title, RHYTHM.limit.sentence(event.limit))]),
    ...(event.sample === undefined ? [] : [said(RHYTHM.sample.title, RHYTHM.sample.sentence(event.sample))]),
    ...counting(event),
    ...(event.renamedFrom === undefined ? [] : [say`${strong("Was called:")} ${code(event.renamedFrom)}`]),
    ...(from === "" ? [] : [say`${strong("Since:")} ${from}`]),
  ];
  if (fields.length === 0) return [inOneLine([...facts, "It has no fields of its own."])];
  return [inOneLine(facts), list(fields), ...(isWhole ? [] : shortExample(event))];
}

/** Its own fields. */
function shortExample(event: Event): readonly Block[] {
  const fields = goldenFields(event.fields);
  return Object.keys(fields).length === 0 ? [] : [codeBlock("json", onOneLine(fields))];
}

/** Short enough to be read at a glance, and wrapped between its entries. */
function onOneLine(fields: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(fields).map(([name, given]) => `${JSON.stringify(name)}:${JSON.stringify(given)}`);
  return `{${entries.join(", ")}}`;
}

function clock({ schedule }: Event | Metric): readonly Inline[] {
  return schedule === undefined ? [] : [said(RHYTHM.every.title, RHYTHM.every.sentence(schedule))];
}

/** With names in backquotes. */
function said(title: string, sentence: string): Inline {
  const parts = sentence.split("`").map((part, at) => (at % 2 === 0 ? part : code(part)));
  return [strong(title), " ", ...parts];
}

function occasion(event: Event | Metric): readonly Inline[] {
  const { when, why, note, part, sinceEpoch, onlyWhere, ...owned } = event;
  const spite = "evenWhenOff" in event ? event.evenWhenOff : undefined;
  return [
    ...(spite === undefined ? [] : [say`${strong("Even when telemetry is off:")} ${strong(prose(spite.reason))}`]),
    say`${strong("When:")} ${prose(when)}`,
    say`${strong("Why:")} ${prose(why)}`,
    ...(part === undefined ? [] : [say`${strong("Only where")} the part ${code(part)} is on.`]),
    ...(onlyWhere === undefined
      ? []
      : [say`${strong("Only where")} ${meaning(onlyWhere)}; not where that is unknown.`]),
    ...(sinceEpoch === undefined
      ? []
      : [
          say`${strong("Not on an older yes:")} not if you said yes to an edition of this list before edition ${String(sinceEpoch)}.`,
        ]),
    ...(note === undefined ? [] : [say`${strong("Note:")} ${prose(note)}`]),
    ...ownedFacts(owned),
  ];
}

function counting({ rollup }: Event): readonly Inline[] {
  if (rollup === undefined) return [];
  const period = spokenPeriod(rollup.per);
  const groups = enumerate([period.spoken, ...rollup.by.map(code)], "and");
  const counters = enumerate(
    rollup.counters.map(({ wireName, counts }) => say`${code(wireName)} ${COMBINE[counts].spoken}`),
    "and",
  );
  return [
    say`${strong("Added up:")} on your machine, into one event per ${groups}; ${counters}. Its time is ${period.time}.`,
  ];
}

function completeExample(model: Model, event: Event | undefined): readonly Block[] {
  if (event === undefined) return [];
  const { url, urlFields } = model.destination;
  const filled = Object.entries(goldenFields(urlFields)).reduce(
    (text, [name, given]) => text.replaceAll(`{${name}}`, String(given)),
    url,
  );
  const payload = goldenShown(model, event);
  const { query, headers } = goldenAround(model, event);
  const isInPath = placesInPath(url).length > 0;
  const address = isInPath ? addressed(filled, query) : filled;
  const around = [
    ...(query === "" || isInPath ? [] : [`?${query}`]),
    ...Object.entries(headers).map(([name, text]) => `${name}: ${text}`),
  ];
  const to = urlFields.length === 0 && !isInPath ? "" : say`, to ${code(address)}`;
  const end = around.length === 0 && payload === "" ? "." : ":";
  return [
    paragraph(say`One complete request, with ${code(event.wireName)}${to}${end}`),
    ...(around.length === 0 ? [] : [codeBlock("text", around.join("\n"))]),
    ...(payload === ""
      ? []
      : [typeof payload === "string" ? codeBlock("text", payload) : codeBlock("json", printJson(payload).trimEnd())]),
  ];
}

function metricSection(model: Model, metric: Metric): Section {
  const fields = fieldItems(
    model,
    (contract) => contract.metrics.find(({ wireName }) => wireName === metric.wireName)?.labels,
  );
  const { type, means } = metric.value;
  const number: Inline = means === undefined ? describe(type) : say`how many ${prose(means)}: ${describe(type)}`;
  const from = since(model, ({ metrics }) => metrics.some(({ wireName }) => wireName === metric.wireName));
  return {
    title: code(metric.wireName),
    blocks: [
      inOneLine([
        ...occasion(metric),
        ...(inStep(model) ? [] : clock(metric)),
        labelled(["Value", number]),
        ...(from === "" ? [] : [say`${strong("Since:")} ${from}`]),
        ...(fields.length === 0 ? ["It has no labels."] : []),
      ]),
      ...(fields.length === 0 ? [] : [list(fields)]),
      codeBlock("text", goldenSample(metric)),
    ],
  };
}

function retiredSections(model: Model): readonly Section[] {
  const items = retired(model);
  if (items.length === 0) return [];
  const rows = items.map(({ item, until }) => {
    const fields = "fields" in item ? item.fields : item.labels;
    return [
      code(item.wireName),
      fields.length === 0 ? "none" : enumerate(fields.map(({ wireName }) => code(wireName))),
      `v${until}`,
    ];
  });
  return [
    {
      title: "No longer sent",
      blocks: [
        paragraph("Older versions still send these. The receiver answers with success, and discards them."),
        table(["Event", "Fields", "Until"], rows),
      ],
    },
  ];
}
