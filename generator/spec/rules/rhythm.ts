import { modeOf } from "../../model/delivery.js";
import { isMarked, marksOf } from "../../model/marks.js";
import type { Event, Model } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, itemsOf, type Tree, textOf } from "../tree.js";
import { milliseconds } from "../units.js";
import type { Judged } from "./rule.js";

/** Behind an event's name in that of a file: what a limit holds for each of, and a day. */
const longestEnd = "%3a0123456789abcdef-2026-06-12".length;

/** A limit and a sample can be kept: by fields and identifiers that are there, with as many values as one may keep count of. */
export function rhythm(judged: Judged, report: DiagnosticSink): void {
  const { model, root } = judged;
  fileNames(model, report);
  for (const { wireName } of [...model.events, ...model.metrics]) {
    clock(wireName, root, report);
    carried(wireName, judged, report);
  }
  for (const event of model.events) {
    const tree = at(root, "events", event.wireName);
    if (event.rollup !== undefined) ofRollup(event, tree, report);
    else {
      marks(event, tree, report);
      drawing(event, tree, model, report);
      reportedRate(event, tree, report);
    }
  }
}

/** When one was sent last is kept in a file that is named for it. */
function fileNames(model: Model, report: DiagnosticSink): void {
  const { prefix } = marksOf(model) ?? {};
  if (prefix === undefined) return;
  for (const { wireName, at: place } of [...model.events.filter(isMarked), ...model.metrics]) {
    const sizes = [...wireName].map((sign) => (/[a-z0-9_.-]/.test(sign) ? 1 : 3));
    const bytes = sizes.reduce((sum, size) => sum + size, prefix.length + longestEnd);
    if (bytes <= 255) continue;
    report.add(
      "rhythm-unusable",
      place,
      `When "${wireName}" was sent last is kept in a file of that name, and with ${bytes} characters it is too long for a disk.`,
      { hint: "Choose a shorter name, best of lower-case letters, digits, _ and -." },
    );
  }
}

function carried(name: string, { model, root }: Judged, report: DiagnosticSink): void {
  const every = at(root, "events", name, "every");
  if (every === undefined || !modeOf(model).rides) return;
  report.add(
    "rhythm-unusable",
    every,
    `"${name}" would go by the clock, and is carried by the program's own request.`,
    {
      hint: "Remove every: it is sent whenever the program asks for it. Or choose mode: immediate.",
    },
  );
}

/** A rollup has a rhythm already. */
function ofRollup({ wireName }: Event, tree: Tree | undefined, report: DiagnosticSink): void {
  for (const key of ["every", "limit", "sample"]) {
    const place = at(tree, key);
    if (place !== undefined)
      report.add("rhythm-unusable", place, `"${wireName}" is a rollup, which is sent once for each group and day.`, {
        hint: `Remove ${key}, or the rollup.`,
      });
  }
}

/** What a limit holds for each of is counted: by fields of few values. */
function marks({ fields, wireName }: Event, tree: Tree | undefined, report: DiagnosticSink): void {
  for (const item of itemsOf(at(tree, "limit", "for_each"))) {
    const name = textOf(item) ?? "";
    const field = fields.find((one) => one.wireName === name);
    if (field === undefined)
      report.add("rhythm-unusable", item, `"${wireName}" has no field "${name}".`, {
        hint: suggestion(
          name,
          fields.map((one) => one.wireName),
          "Fields",
        ),
      });
    else if (field.from.kind !== "call" || field.type.schema.type === "array" || !closed(field.type.alternatives))
      report.add("rhythm-unusable", item, `"${name}" has no closed set of values that the caller gives.`, {
        hint: "Name fields of type enum, bool or bucket: the client keeps a mark for each of their values.",
      });
  }
}

/** A machine is drawn by an identifier that the client makes, and that is there. */
function drawing({ sample }: Event, tree: Tree | undefined, model: Model, report: DiagnosticSink): void {
  const by = at(tree, "sample", "by");
  if (by === undefined) return;
  const identifier = model.identifiers.find(({ name }) => name === sample?.by);
  if (identifier === undefined || identifier.madeFrom === "given")
    report.add("rhythm-unusable", by, `No identifier "${textOf(by)}" is made here.`, {
      hint: "Name an identifier that the client creates, or remove by.",
    });
  if (identifier?.inCi !== undefined && identifier.inCi.text === undefined)
    report.add("rhythm-unusable", by, `In CI there is no "${textOf(by)}" to draw by, so nothing would be sent there.`, {
      hint: "Remove by, so that each event is drawn separately. Or write in_ci: TEXT, so that all of CI is drawn together.",
    });
}

/** A field that reports the rate holds it. */
function reportedRate({ fields, sample }: Event, tree: Tree | undefined, report: DiagnosticSink): void {
  const named = at(tree, "sample", "reported_as");
  if (named === undefined) return;
  const field = fields.find((one) => one.wireName === sample?.reportedAs);
  if (String(field?.type.schema.const) === String(sample?.oneIn) && field?.optional !== true) return;
  report.add("rhythm-unusable", named, `"${textOf(named)}" is not a field that holds ${sample?.oneIn}.`, {
    hint: `Add it to fields: { type: const, value: ${sample?.oneIn}, why: … }.`,
  });
}

/** Checks that an event by the clock says how often, leaves time between two, and has no other limit. */
function clock(name: string, root: Judged["root"], report: DiagnosticSink): void {
  const tree = at(root, "events", name) ?? at(root, "metrics", name);
  const [every, limit] = [at(tree, "every"), at(tree, "limit")];
  for (const key of ["first_after", "jitter"]) {
    const place = at(tree, key);
    if (place === undefined) continue;
    if (every === undefined)
      report.add("rhythm-unusable", place, `"${name}" isn't sent by the clock, so ${key} has no meaning.`, {
        hint: "Add every: 24h.",
      });
    else if (key === "jitter" && milliseconds(textOf(place) ?? "0") > milliseconds(textOf(every) ?? "0"))
      report.add("rhythm-unusable", place, "By chance it could be due later than the one behind it.", {
        hint: `Write at most ${textOf(every)}.`,
      });
  }
  if (every === undefined) return;
  if (milliseconds(textOf(every) ?? "0") < 1000)
    report.add("rhythm-unusable", every, `"${name}" would be sent ${textOf(every)} after the one before.`, {
      hint: "Write at least 1s.",
    });
  if (limit !== undefined)
    report.add("rhythm-unusable", limit, `"${name}" goes by the clock, which says how often.`, {
      hint: "Remove limit, or every.",
    });
}

/** So many values that a mark for each may be kept. */
function closed(alternatives: number): boolean {
  return alternatives <= 1000;
}
