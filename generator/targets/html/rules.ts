import type { EventRule, FieldRule, Rules } from "../../../templates/html/rules.js";
import { plainText } from "../../emit/document.js";
import { printJson } from "../../emit/print-json.js";
import { allVariants } from "../../model/cases.js";
import { fragmentOf } from "../../model/fragments.js";
import type { FrozenField } from "../../model/frozen.js";
import { goldenSample, goldenShown } from "../../model/golden.js";
import type { Event, Model } from "../../model/model.js";
import { type AcceptedEvent, type AcceptedMetric, acceptedVersions, versionPlace } from "../../model/versions.js";
import { describe } from "../../page/field-rows.js";
import { consequences } from "../../page/receiver.js";
import type { Checks } from "../../validation/checks.js";
import { wireData } from "../../validation/wire-data.js";

/** Returns what the page's script has to know to judge a payload, field by field. */
export function rulesOf(model: Model, checks: Checks): Rules {
  const place = versionPlace(model);
  const versions = acceptedVersions(model).map(({ common, events, metrics, version }) => {
    const rules = [...events, ...metrics].map((event) => [event.wireName, knownRule(event, checks)] as const);
    return [
      version,
      { common: allVariants(common).map((field) => fieldRule(field, checks)), events: Object.fromEntries(rules) },
    ] as const;
  });
  return {
    wire: JSON.parse(JSON.stringify(wireData(model))) as Rules["wire"],
    ...(place === undefined ? {} : { versionKey: place }),
    version: model.schemaVersion,
    versions: Object.fromEntries(versions),
    consequences: consequences(model),
    examples: [
      ...model.events.map((event) => ({
        name: event.wireName,
        text: fragmentOf(event, "example", () => exampleText(model, event)),
      })),
      ...model.metrics.map((metric) => ({ name: metric.wireName, text: goldenSample(metric) })),
    ],
  };
}

function exampleText(model: Model, event: Event): string {
  const payload = goldenShown(model, event);
  return typeof payload === "string" ? payload : printJson(payload).trimEnd();
}

/** Prints one event's checks. Their names depend on the other events. */
function knownRule(event: AcceptedEvent | AcceptedMetric, checks: Checks): EventRule {
  if ("labels" in event) return eventRule(event, checks);
  const names = allVariants(event.fields).map(({ type }) => checks.of(type));
  return JSON.parse(
    fragmentOf(event, `rule ${names.join()}`, () => JSON.stringify(eventRule(event, checks))),
  ) as EventRule;
}

function eventRule(event: AcceptedEvent | AcceptedMetric, checks: Checks): EventRule {
  const ownFields = "labels" in event ? event.labels : event.fields;
  const fields = allVariants(ownFields).map((field) => fieldRule(field, checks));
  return {
    fields,
    ...("value" in event
      ? { value: { check: checks.of(event.value.type), may: plainText(describe(event.value.type)) } }
      : {}),
    ...(event.discarded ? { discarded: true } : {}),
  };
}

function fieldRule(field: FrozenField, checks: Checks): FieldRule {
  const { droppedAtEdge, legacy, nullable, onlyWhen, optional, type, wireName } = field;
  const note =
    droppedAtEdge === true
      ? "It is accepted, and removed on arrival."
      : legacy
        ? "It is accepted from older versions; it is no longer sent."
        : undefined;
  const may = plainText(describe(type)).replace(", see Identifiers", "");
  return {
    name: wireName,
    check: checks.of(type),
    may: nullable ? `${may}, or null` : may,
    needed: !optional && !legacy,
    ...(nullable ? { nullable } : {}),
    ...(onlyWhen.length === 0 ? {} : { onlyWhen }),
    ...(note === undefined ? {} : { note }),
  };
}
