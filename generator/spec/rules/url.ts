import { accepts } from "../../model/accepts.js";
import { modeOf } from "../../model/delivery.js";
import type { Report } from "../report.js";
import { suggestion } from "../suggest.js";
import { at, type Tree, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

/** The URL is one, and its placeholders are fields that go with every event. */
export function url({ model, root, whole }: Judged, report: Report): void {
  if (!whole("destination")) return;
  const place = at(root, "destination", "url") ?? root;
  const written = textOf(place) ?? "";
  if (model.destination.namedBy !== undefined) {
    unnamed(model, place, report);
    return;
  }
  const names = [...model.common, ...model.destination.urlFields].map(({ wireName }) => `common.${wireName}`).sort();
  for (const [, inner = ""] of written.matchAll(/\{([^{}]*)\}/g)) {
    if (names.includes(inner)) continue;
    report.add("unknown-placeholder", place, `Nothing fills {${inner}} in.`, {
      hint:
        names.length === 0
          ? "Declare it under common, and write {common.NAME}: the address is the same for all events."
          : /^(?:event|time|fields\.)/.test(inner)
            ? `The address is the same for all events: draw what is an event's own in body, query or a header. Placeholders: ${names.join(", ")}.`
            : suggestion(inner, names, "Placeholders"),
    });
  }
  // What is carried has no address of its own.
  for (const field of modeOf(model).rides ? model.destination.urlFields : [])
    report.add(
      "wire-misplaced",
      field.at,
      `"${field.wireName}" is in the address, which is the program's own in mode carried.`,
      {
        hint: "Place it in the body, the query or a header.",
      },
    );
  for (const field of model.destination.urlFields)
    if (field.optional || field.nullable || field.onlyWhen.length > 0)
      report.add("wire-misplaced", field.at, `"${field.wireName}" is in the address, and may be absent.`, {
        hint: "Without it there is no address: make it required, or place it elsewhere.",
      });
  for (const { at: place, type, wireName } of model.destination.urlFields) {
    const segment = written.split(/[/?]/).some((one) => one === `{common.${wireName}}`);
    if (type.fields !== undefined || type.of !== undefined || type.cases !== undefined)
      report.add("wire-misplaced", place, `"${wireName}" is in the address, which holds single values.`, {
        hint: "Place it in the body or the query.",
      });
    else if (type.kind === "hashed")
      report.add(
        "wire-misplaced",
        place,
        `"${wireName}" is in the address, and is hashed only when a request is made.`,
        {
          hint: "Place it in the body or the query.",
        },
      );
    else if (segment && [".", ".."].some((text) => accepts(type.schema, text)))
      report.add("wire-misplaced", place, `"${wireName}" may be "..", which in an address is another place.`, {
        hint: "Let no value be . or .., or write a word before it: v-{common.NAME}.",
      });
  }
  const filled = written.replaceAll(/\{[^{}]*\}/g, "x");
  if (!URL.canParse(filled) || /[{}]/.test(filled) || /^https:\/\/[^/]*\{/.test(written)) {
    report.add("url-invalid", place, "This is not a URL that can be filled in.", {
      hint: "Placeholders go in the path, as {common.NAME}; the host is fixed.",
    });
  }
}

/**
 * Checks that an address named by whoever runs the program needs a place to name the address in; where it isn't known, nobody can
 * be asked to forget.
 */
function unnamed({ destination, consent }: Judged["model"], place: Tree, report: Report): void {
  if (destination.namedBy === "operator" && destination.override === undefined)
    report.add("url-invalid", place, "Nothing says where the operator names the address.", {
      hint: "Add override: { order: [{ env: MY_PRODUCT_TELEMETRY_URL }] }, or name a key of a configuration.",
    });
  if (consent.commands.forget !== undefined)
    report.add("forget-impossible", place, "The address isn't known here, so there is no receiver to ask.", {
      hint: "Name the address, or remove commands.forget.",
    });
}
