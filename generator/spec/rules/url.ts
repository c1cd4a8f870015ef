import { accepts } from "../../model/accepts.js";
import { pathTo } from "../../model/apart.js";
import { modeOf } from "../../model/delivery.js";
import { declaredIn } from "../../model/field-sets.js";
import { FORGET_PATH } from "../../model/forget.js";
import { placesInPath } from "../../model/in-path.js";
import type { Field } from "../../model/model.js";
import { CONTRACT_PATH } from "../../model/published.js";
import { isBatch } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { suggestion } from "../suggest.js";
import { at, type Tree, textOf } from "../tree.js";
import type { Judged } from "./rule.js";
import { mayBeAbsent } from "./wire-context.js";

/** The URL is one, and its placeholders are fields that go with every event. */
export function url({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("destination")) return;
  const place = at(root, "destination", "url") ?? root;
  const written = textOf(place) ?? "";
  if (model.destination.namedBy !== undefined) {
    unnamed(model, place, report);
    return;
  }
  placeholders(model, written, place, report);
  eventsOwn(model, written, place, report);
  for (const field of model.destination.urlFields) inAddress(field, written, modeOf(model).rides, report);
  const filled = written.replaceAll(/\{[^{}]*\}/g, "x");
  if (/[{}]/.test(filled) || /^https:\/\/[^/]*\{/.test(written)) {
    report.add("url-invalid", place, "This URL has a wrong placeholder.", {
      hint: "Placeholders go in the path, as {common.NAME}; the host is fixed.",
    });
    return;
  }
  if (!URL.canParse(filled) || new URL(filled).port === "0") {
    report.add("url-invalid", place, "Nothing can be sent to this host and port.", {
      hint: "Write a host's name and, if it isn't 443, a port from 1 to 65535.",
    });
    return;
  }
  asAsked(filled, place, report);
  answeredOtherwise(model, place, report);
}

/** Clients in all languages ask for what is written, and the receiver compares the path letter by letter. */
function asAsked(filled: string, place: Tree, report: DiagnosticSink): void {
  const [, authority = "", path = "/"] = /^https:\/\/([^/]+)(\/.*)?$/.exec(filled) ?? [];
  const { host, pathname } = new URL(filled);
  // Who looks at it may take `0x7f.1` for a name. What isn't ASCII is told as a look-alike.
  if (/^[!-~]+$/.test(authority) && authority.toLowerCase().replace(/:443$/, "") !== host)
    report.add("url-invalid", place, `Clients would ask another host: ${host}.`, { hint: `Write ${host}.` });
  // What RFC 3986 has no place for is asked for as it stands by some languages, and escaped by others.
  const asked = pathname.replaceAll(/[^\w.~!$&'()*+,;=:@/%-]|%(?![0-9A-Fa-f]{2})/g, encodeURIComponent);
  if (path !== asked)
    report.add("url-invalid", place, `Clients would ask for another path: ${asked}.`, {
      hint: "Write the path in the form that is asked for: no part of it is . or .., and what isn't a letter, a digit or one of -._~!$&'()*+,;=:@ is escaped.",
    });
}

/** The paths of the receiver's own, by method; a client's report there would never be read as one. */
function answeredOtherwise({ consent, destination }: Judged["model"], place: Tree, report: DiagnosticSink): void {
  const path = new URL(destination.url.replaceAll(/[{}]/g, "x")).pathname;
  const method = destination.method ?? "POST";
  const own = [
    ["GET", "/health"],
    ["GET", CONTRACT_PATH],
    ["HEAD", CONTRACT_PATH],
    ...(consent.commands.forget === undefined ? [] : [["POST", FORGET_PATH]]),
  ];
  if (own.some(([by, at]) => by === method && at === path))
    report.add("url-invalid", place, `The receiver answers ${method} ${path} itself.`, {
      hint: "Choose another path.",
    });
}

/** Something fills each placeholder in. */
function placeholders(model: Judged["model"], written: string, place: Tree, report: DiagnosticSink): void {
  const names = [...model.common, ...model.destination.urlFields].map(({ wireName }) => `common.${wireName}`).sort();
  const fields = new Set(model.events.flatMap((event) => event.fields.map(({ wireName }) => `fields.${wireName}`)));
  const eventsOwnNames = ["event", ...fields];
  for (const [, inner = ""] of written.matchAll(/\{([^{}]*)\}/g)) {
    if (names.includes(inner) || eventsOwnNames.includes(inner)) continue;
    report.add("unknown-placeholder", place, `Nothing fills {${inner}} in.`, {
      hint:
        insteadOf(inner, model) ??
        (names.length === 0 && !/^(?:event|fields\.)/.test(inner)
          ? "Declare it under common, and write {common.NAME}; what an event brings is {event} and {fields.NAME}."
          : suggestion(inner, [...names, ...eventsOwnNames], "Placeholders")),
    });
  }
}

/** A field in the address is always there, a single value, and leads nowhere else. */
function inAddress(field: Field, written: string, rides: boolean, report: DiagnosticSink): void {
  const { at: place, type, wireName } = field;
  const misplaced = (says: string, hint: string) =>
    report.add("wire-misplaced", place, `"${wireName}" ${says}`, { hint });
  // What is carried has no address of its own.
  if (rides)
    misplaced(
      "is in the address, which is the program's own in mode carried.",
      "Put it in the body, the query or a header.",
    );
  if (field.optional || field.nullable || field.onlyWhen.length > 0)
    misplaced(
      "is in the address, and may be absent.",
      "Without it there is no address: make it required, or put it elsewhere.",
    );
  if (wireName.startsWith("$"))
    misplaced(
      "is in the address, where a name can't begin with a dollar.",
      "Give the field another name, or put it in the body or the query.",
    );
  const isSegment = written.split(/[/?]/).some((segment) => segment === `{common.${wireName}}`);
  if (type.fields !== undefined || type.of !== undefined || type.cases !== undefined)
    misplaced("is in the address, which holds single values.", "Put it in the body or the query.");
  else if (type.kind === "hashed")
    misplaced("is in the address, and is hashed only when a request is made.", "Put it in the body or the query.");
  else if (isSegment && [".", ".."].some((text) => accepts(type.schema, text)))
    misplaced(
      'may be "..", which would change the address.',
      "Exclude . and .. from its values, or write a word before it: v-{common.NAME}.",
    );
}

/** A line to paste that moves a nested field out of the path. */
function insteadOf(placeholder: string, model: Judged["model"]): string | undefined {
  const [, set = "", name = ""] = /^(common|fields)\.(.+)$/.exec(placeholder) ?? [];
  if (set !== "common" && set !== "fields") return undefined;
  const keys = pathTo(name, declaredIn(model, set).flat()) ?? [];
  if (keys.length < 2) return undefined;
  const drawn = yamlText(keys.at(-1) ?? "");
  const line = `${drawn}: ${yamlText(`$${set}.${name}`)}`;
  const orBody = ["GET", "HEAD"].includes(model.destination.method ?? "POST") ? "" : `; or in the body: ${line}`;
  const where = set === "fields" && isBatch(model.wire) ? `each: ${line}` : `the query: query: { ${line} }${orBody}`;
  return `The path holds no field from inside an object. Draw it under wire, in ${where}.`;
}

/** A text as YAML takes it in `{ … }`. */
function yamlText(text: string): string {
  return /^[$\w][\w.-]*$/.test(text) ? text : JSON.stringify(text);
}

/** An event's values may only be in the address of a request with that one event, and must be readable unambiguously. */
function eventsOwn(model: Judged["model"], written: string, place: Tree, report: DiagnosticSink): void {
  const places = placesInPath(model.destination.url);
  if (places.length === 0) return;
  const refuse = (message: string, hint: string) => report.add("wire-misplaced", place, message, { hint });
  if (model.wire.format === "prometheus-text" || isBatch(model.wire))
    refuse(
      "A request contains several events, but its address is about one.",
      "Draw what is an event's own in the body, or send each event by itself: a body without $each.",
    );
  if (modeOf(model).rides)
    refuse("The address is the program's own in mode carried.", "Put it in the body, the query or a header.");
  for (const segment of written.split("/"))
    if (/\{(?:event|fields\.)/.test(segment) && (segment.match(/\{/g) ?? []).length > 1)
      refuse(
        `The receiver can't tell where one ends and the next begins: ${segment}.`,
        "Put a slash between them, so that each has a part of the path for itself.",
      );
  for (const name of places.filter((one) => one !== "event").map((one) => one.slice("fields.".length))) {
    const fields = model.events.flatMap((event) => event.fields.filter(({ wireName }) => wireName === name));
    const at = fields[0]?.at;
    if (at === undefined) continue;
    if (mayBeAbsent(model, "fields", name) || fields.some(({ nullable }) => nullable))
      report.add("wire-misplaced", at, `"${name}" is in the address, and may be absent.`, {
        hint: "Without it there is no address: make it required in every event, or put it elsewhere.",
      });
    else if (fields.some(({ type }) => type.fields !== undefined || type.of !== undefined || type.cases !== undefined))
      report.add("wire-misplaced", at, `"${name}" is in the address, which holds single values.`, {
        hint: "Put it in the body or the query.",
      });
    else if (fields.some(({ type }) => ["", ".", ".."].some((text) => accepts(type.schema, text))))
      report.add("wire-misplaced", at, `"${name}" may be empty or "..", which would change the address.`, {
        hint: "Exclude the empty text, . and .. from its values, or put it elsewhere.",
      });
  }
}

/** Without a known address, no receiver can be asked to delete. */
function unnamed({ consent }: Judged["model"], place: Tree, report: DiagnosticSink): void {
  if (consent.commands.forget !== undefined)
    report.add("forget-impossible", place, "The address isn't in the contract, so there is no receiver to ask.", {
      hint: "Name the address, or remove commands.forget.",
    });
}
