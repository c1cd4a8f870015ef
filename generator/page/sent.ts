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
import { RHYTHM } from "../language/delivery/index.js";
import { goldenAround, goldenFields, goldenSample, goldenShown } from "../model/golden.js";
import type { Event, Metric, Model } from "../model/model.js";
import { inStep } from "../model/schedule.js";
import { isCommonBeside } from "../model/wire.js";
import { drawn } from "./drawn.js";
import { describe } from "./field-rows.js";
import { fieldTable, retired } from "./versions.js";

/** Everything that is sent: per event its trigger, its fields and one complete example. */
export function sent(model: Model): Section {
  return {
    title: "What is sent",
    blocks: drawn(model),
    sections: [
      ...common(model),
      ...address(model),
      ...model.events.map((event) => eventSection(model, event)),
      ...model.metrics.map((metric) => metricSection(model, metric)),
      ...retiredSections(model),
    ],
  };
}

function common(model: Model): readonly Section[] {
  const { header, rows } = fieldTable(model, (contract) => contract.common);
  if (rows.length === 0) return [];
  return [
    {
      title: isCommonBeside(model.wire) ? "With every request" : "With every event",
      blocks: [table(header, rows)],
    },
  ];
}

function address(model: Model): readonly Section[] {
  const { url, urlFields } = model.destination;
  if (urlFields.length === 0) return [];
  const { header, rows } = fieldTable(model, (contract) => contract.destination.urlFields);
  return [
    {
      title: "In the address",
      blocks: [
        paragraph(say`The address itself says something, too: ${code(url)} is filled in with`),
        table(header, rows),
      ],
    },
  ];
}

/** Its blocks are made when they are printed. */
function eventSection(model: Model, event: Event): Section {
  return {
    title: code(event.wireName),
    event,
    get blocks() {
      return eventBlocks(model, event);
    },
  };
}

function eventBlocks(model: Model, event: Event): readonly Block[] {
  const { header, rows } = fieldTable(model, (contract) =>
    contract === model
      ? event.fields
      : contract.events.find(({ wireName }) => wireName === event.wireName || wireName === event.renamedFrom)?.fields,
  );
  const facts: readonly Inline[] = [
    ...occasion(event),
    ...clock(event),
    ...(event.limit === undefined ? [] : [said(RHYTHM.limit.title, RHYTHM.limit.sentence(event.limit))]),
    ...(event.sample === undefined ? [] : [said(RHYTHM.sample.title, RHYTHM.sample.sentence(event.sample))]),
    ...counting(event),
    ...(event.renamedFrom === undefined ? [] : [say`${strong("Was called:")} ${code(event.renamedFrom)}`]),
  ];
  const fields = rows.length === 0 ? paragraph("It has no fields of its own.") : table(header, rows);
  return [list(facts), fields, ...completeExample(model, event)];
}

function clock({ schedule }: Event | Metric): readonly Inline[] {
  return schedule === undefined ? [] : [said(RHYTHM.every.title, RHYTHM.every.sentence(schedule))];
}

/** With names in backquotes. */
function said(title: string, sentence: string): Inline {
  const parts = sentence.split("`").map((part, at) => (at % 2 === 0 ? part : code(part)));
  return [strong(title), " ", ...parts];
}

function occasion({ when, why, note }: Event | Metric): readonly Inline[] {
  return [
    say`${strong("When:")} ${prose(when)}`,
    say`${strong("Why:")} ${prose(why)}`,
    ...(note === undefined ? [] : [say`${strong("Note:")} ${prose(note)}`]),
  ];
}

function counting({ rollup }: Event): readonly Inline[] {
  if (rollup === undefined) return [];
  const groups = enumerate(["day (UTC)", ...rollup.by.map(code)], "and");
  const counters = enumerate(
    rollup.counters.map(({ wireName, counts }) => say`${code(wireName)} counts ${prose(counts)}`),
    "and",
  );
  return [
    say`${strong("Added up:")} on your machine, into one event per ${groups}; ${counters}. Its time is that day's noon.`,
  ];
}

function completeExample(model: Model, event: Event): readonly Block[] {
  const { url, urlFields } = model.destination;
  const filled = Object.entries(goldenFields(urlFields)).reduce(
    (text, [name, given]) => text.replaceAll(`{${name}}`, String(given)),
    url,
  );
  const intro = urlFields.length === 0 ? "One complete request:" : say`One complete request, to ${code(filled)}:`;
  const payload = goldenShown(model, event);
  const { query, headers } = goldenAround(model, event);
  const around = [
    ...(query === "" ? [] : [`?${query}`]),
    ...Object.entries(headers).map(([name, text]) => `${name}: ${text}`),
  ];
  return [
    paragraph(intro),
    ...(around.length === 0 ? [] : [codeBlock("text", around.join("\n"))]),
    ...(payload === ""
      ? []
      : [typeof payload === "string" ? codeBlock("text", payload) : codeBlock("json", printJson(payload).trimEnd())]),
  ];
}

function metricSection(model: Model, metric: Metric): Section {
  const { header, rows } = fieldTable(
    model,
    (contract) => contract.metrics.find(({ wireName }) => wireName === metric.wireName)?.labels,
  );
  const { type, means } = metric.value;
  const number: Inline = means === undefined ? describe(type) : say`how many ${prose(means)}: ${describe(type)}`;
  const labels = rows.length === 0 ? paragraph("It has no labels.") : table(["Label", ...header.slice(1)], rows);
  return {
    title: code(metric.wireName),
    blocks: [
      list([...occasion(metric), ...(inStep(model) ? [] : clock(metric)), say`${strong("Value:")} ${number}`]),
      labels,
      paragraph("One complete sample:"),
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
        paragraph("Older versions still send these. They are answered with success, and discarded."),
        table(["Event", "Fields", "Until"], rows),
      ],
    },
  ];
}
