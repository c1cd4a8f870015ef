import { allSteps } from "../../language/consent/parts.js";
import { placeWord } from "../../language/consent/places/index.js";
import type { Event, Field, Model } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, itemsOf, type MapTree, textOf } from "../tree.js";
import { type Judged, typesWithin } from "./rule.js";

/**
 * Checks that events sent although telemetry is off tell nobody apart, and that they defer to every place that they don't name.
 */
export function evenWhenOff({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "events", "common", "identifiers", "delivery")) return;
  for (const event of model.events)
    if (event.evenWhenOff !== undefined) {
      places(event, model, root, report);
      alone(event, model, root, report);
      whenTurnedOff(event, model, root, report);
    }
}

function places({ wireName }: Event, { consent }: Model, root: MapTree, report: DiagnosticSink): void {
  const steps = allSteps(consent).filter(({ place }) => place.kind !== "fact");
  const known = [...new Set(["default", ...steps.map(({ place }) => placeWord(place).by(place))])];
  const facts = allSteps(consent).flatMap(({ place }) => (place.kind === "fact" ? [place.fact] : []));
  for (const item of itemsOf(at(root, "events", wireName, "even_when_off", "despite"))) {
    const name = textOf(item) ?? "";
    if (known.includes(name) || ((name === "stored" || name === "config") && !facts.includes(name))) continue;
    report.add("spite-unknown", item, `No step of consent reads "${name}".`, {
      hint:
        facts.includes(name) || name === "build"
          ? "A fact and a build always hold."
          : suggestion(name, known, "Places whose no it may pass over"),
    });
  }
}

/** Nothing of it identifies, and it goes by itself, at once. */
function alone(event: Event, model: Model, root: MapTree, report: DiagnosticSink): void {
  const tree = at(root, "events", event.wireName);
  const telling = event.fields.find((field) => identifies(field, model));
  if (telling !== undefined)
    report.add("spite-identifies", telling.at, `"${telling.wireName}" would identify somebody who said no.`, {
      hint: "Only an identifier with created: each-event is allowed here.",
    });
  const inside = model.common.find((field) => field.from.kind !== "identifier" && identifies(field, model));
  if (inside !== undefined)
    report.add(
      "spite-identifies",
      inside.at,
      `"${inside.wireName}" goes with "${event.wireName}", too, and identifies.`,
      {
        hint: "Write the identifier as a field of common: it is then left out of what is sent although telemetry is off.",
      },
    );
  for (const key of ["part", "since_epoch", "rollup"]) {
    const place = at(tree, key);
    if (place !== undefined)
      report.add("exclusive-keys", place, `"${event.wireName}" can't have both even_when_off and ${key}.`, {
        hint: "Keep one of them.",
      });
  }
}

function identifies({ from, type }: Field, { identifiers }: Model): boolean {
  if (from.kind === "each-event") return false;
  return typesWithin(type).some(({ identifier, kind }) => {
    const declared = identifiers.find(({ name }) => name === identifier);
    return kind === "hashed" || (identifier !== undefined && declared?.created !== "each-event");
  });
}

/** The command sends it, so nobody is there to give it fields. */
function whenTurnedOff(
  { evenWhenOff, fields, wireName }: Event,
  model: Model,
  root: MapTree,
  report: DiagnosticSink,
): void {
  const place = at(root, "events", wireName, "even_when_off", "on");
  if (place === undefined) return;
  if (model.consent.commands.disable === undefined)
    report.add("spite-unknown", place, "There is no command that turns telemetry off.", {
      hint: "Add consent.commands.disable, or remove on.",
    });
  if (!evenWhenOff?.despite.includes("stored"))
    report.add("spite-unknown", place, "The command stores its no in the state file, which despite doesn't name.", {
      hint: "Add stored to despite.",
    });
  const field = fields.find(
    ({ from, optional, type }) => from.kind === "call" && !optional && type.schema.const === undefined,
  );
  if (field !== undefined)
    report.add("spite-unknown", field.at, `The command sends "${wireName}", and has no "${field.wireName}" to give.`, {
      hint: "Remove it, make it optional, or say where it comes from.",
    });
}
