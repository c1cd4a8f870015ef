import { parseSamples } from "../worker/runtime/read/exposition.js";
import { isObject, parseJson } from "../worker/runtime/read/parse-object.js";
import type { DrawnWire, Picture, SetName } from "../worker/runtime/read/picture.js";
import { readerOf } from "../worker/runtime/read/read-picture.js";
import { nothingRead, type Reading, setIn } from "../worker/runtime/read/reading.js";
import { judgeFields, judgeValue, type Sent, show } from "./judge-fields.js";
import { known } from "./known-wire.js";
import type { Checks, EventRule, Finding, PayloadReport, Rules, VersionRules } from "./rules.js";

/** Returns whether a contract allows a payload, field by field. Never throws, whatever was pasted. */
export function judge(text: string, rules: Rules, checks: Checks): PayloadReport {
  if (text.trim() === "") return { problem: "There is nothing to check yet." };
  return rules.wire.format === "prometheus-text"
    ? judgeSamples(text, rules, checks)
    : judgeDrawn(text, rules.wire, rules, checks);
}

/** By the version that a payload states; by today's where it states none, or one that nobody has. */
function versionOf(sent: Sent, { version, versionKey, versions }: Rules): VersionRules {
  const stated = versionKey === undefined ? undefined : sent[versionKey.wireName];
  const found = typeof stated === "number" && Object.hasOwn(versions, stated) ? versions[stated] : versions[version];
  return found ?? { common: [], events: {} };
}

function eventOf(name: unknown, { events }: VersionRules): EventRule | undefined {
  return typeof name === "string" && Object.hasOwn(events, name) ? events[name] : undefined;
}

function named(place: string, name: unknown, event: EventRule | undefined, rules: Rules): Finding {
  const kind = rules.wire.format === "prometheus-text" ? "metric" : "event";
  if (name === undefined)
    return { place, sent: "", verdict: "missing", about: `It names the ${kind}. ${rules.consequences.event}` };
  if (event === undefined)
    return {
      place,
      sent: show(name),
      verdict: "not on the list",
      about: `There is no such ${kind}. ${rules.consequences.event}`,
    };
  return {
    place,
    sent: show(name),
    verdict: "allowed",
    about: event.discarded
      ? "It is no longer collected: it is answered with success, and discarded."
      : `the ${kind}'s name`,
  };
}

/** By the picture that the receiver reads by. Of what stands in the address and in headers, nothing is pasted here. */
function judgeDrawn(text: string, wire: DrawnWire, rules: Rules, checks: Checks): PayloadReport {
  const sent = parse(text, wire);
  if ("problem" in sent) return sent;
  const request = nothingRead([]);
  readerOf(sent.picture, known(wire), wire.format !== "json")(sent.value, request);
  if (wire.each === undefined) {
    if (request.malformed) return { problem: notOfTheForm };
    return { findings: judgeEvent(request, undefined, sent.picture, "", rules, checks) };
  }
  const { path = "" } = placeOf(sent.picture, "each") ?? {};
  const list = wire.format === "query" ? sent.value : request.each;
  if (request.malformed) return { problem: notOfTheForm };
  if (!Array.isArray(list)) return { problem: `There is no list in "${path}". The receiver refuses it.` };
  const version = versionOf(setIn(request, "common", known(wire)), rules);
  return {
    findings: [
      ...judgeSets(request, { version }, sent.picture, "", rules, checks),
      ...list.flatMap((entry: unknown, index): readonly Finding[] => {
        const at = `${path}[${index}]`;
        const picture = wire.each as Picture;
        if (picture.kind === "object" && !isObject(entry)) return [named(at, entry, undefined, rules)];
        const reading = nothingRead([]);
        readerOf(picture, known(wire), wire.format === "query")(entry, reading);
        return judgeEvent(reading, version, picture, `${at}.`, rules, checks);
      }),
    ],
  };
}

const notOfTheForm =
  "It is not of the form that is drawn: what always stands there is missing or another. The receiver refuses it.";

/** Returns what was pasted, as it is before it is encoded, or as it travels. */
function parse(
  text: string,
  wire: DrawnWire,
): { readonly problem: string } | { readonly value: unknown; readonly picture: Picture } {
  const fromQuery = (line: string) => Object.fromEntries(new URLSearchParams(line));
  const nothing: Picture = { kind: "object", entries: [] };
  if (wire.format === "query") return { value: text.trim().split("\n").map(fromQuery), picture: nothing };
  const { body = nothing } = wire;
  if (wire.format === "form" && body.kind === "object") return { value: fromQuery(text.trim()), picture: body };
  let inner = body;
  while (inner.kind === "json" || inner.kind === "base64" || inner.kind === "base64url") inner = inner.of;
  const plain = parseJson(text);
  if (plain === undefined && inner !== body) return { value: text.trim(), picture: body };
  if (plain === undefined) return { problem: "This can't be read as JSON. The receiver refuses it." };
  if (inner.kind === "object" && !isObject(plain))
    return { problem: "This is JSON, but no object. The receiver refuses it." };
  return { value: plain, picture: inner };
}

/** @param stated the version that is next to the events. */
function judgeEvent(
  reading: Reading,
  stated: VersionRules | undefined,
  picture: Picture,
  prefix: string,
  rules: Rules,
  checks: Checks,
): readonly Finding[] {
  const wire = rules.wire as DrawnWire;
  const place = placeOf(picture, "event");
  const own = setIn(reading, "fields", known(wire));
  const whose = rules.versionKey?.in === "event" ? own : setIn(reading, "common", known(wire));
  const version = stated === undefined || rules.versionKey?.in === "event" ? versionOf(whose, rules) : stated;
  const event = place === undefined ? Object.values(version.events)[0] : eventOf(reading.name, version);
  const head = place === undefined ? [] : [named(prefix + place.path, reading.name, event, rules)];
  if (event === undefined) return head;
  if (reading.malformed)
    return [
      ...head,
      {
        place: prefix.replace(/\.$/, ""),
        sent: "",
        verdict: "not allowed",
        about: `It is not of the form that is drawn. ${rules.consequences.missing}`,
      },
    ];
  const time = placeOf(picture, "time");
  return [
    ...head,
    ...(time === undefined || reading.time === undefined ? [] : [judgeTime(prefix + time.path, reading.time)]),
    ...judgeSets(
      reading,
      { version, event, ...(stated === undefined ? {} : { stated }) },
      picture,
      prefix,
      rules,
      checks,
    ),
  ];
}

interface Judged {
  readonly version: VersionRules;
  readonly event?: EventRule;
  /** The version rules that were judged beside the list. */
  readonly stated?: VersionRules;
}

/** Object by object, then what has a place of its own. */
function judgeSets(
  reading: Reading,
  { version, event }: Judged,
  picture: Picture,
  prefix: string,
  rules: Rules,
  checks: Checks,
): readonly Finding[] {
  const wire = rules.wire as DrawnWire;
  const sets = { common: version.common, fields: event?.fields ?? [] };
  if (wire.apart !== undefined)
    // Some of an object stands elsewhere: it is judged as a whole.
    return (["common", "fields"] as const).flatMap((of) => {
      if (!new RegExp(`"(?:of|set)":"${of}"`).test(JSON.stringify(picture))) return [];
      const whole = Object.entries(setIn(reading, of, known(wire))).filter(([, value]) => value !== undefined);
      return judgeFields(Object.fromEntries(whole), sets[of], prefix, rules, checks);
    });
  const apart = (of: SetName) => sets[of].filter(({ name }) => wire.placed?.[of]?.includes(name) === true);
  const together = (of: SetName) => sets[of].filter(({ name }) => wire.placed?.[of]?.includes(name) !== true);
  const spread = (reading.open ?? []).flatMap(({ object, fixed, common, fields, path }) => {
    const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !fixed.has(key)));
    const known = [...(common ? together("common") : []), ...(fields ? together("fields") : [])];
    return judgeFields(rest, known, `${prefix}${path === "" ? "" : `${path}.`}`, rules, checks);
  });
  const placed = (["common", "fields"] as const).flatMap((of) => {
    const here = apart(of).filter(({ name }) => holds(picture, of, name));
    return judgeFields(reading.placed?.[of] ?? {}, here, prefix, rules, checks);
  });
  return [...spread, ...placed];
}

function holds(picture: unknown, set: SetName, name: string): boolean {
  if (typeof picture !== "object" || picture === null) return false;
  const one = picture as { kind?: unknown; set?: unknown; of?: unknown; name?: unknown };
  if ((one.set === set || one.of === set) && one.name === name) return true;
  return Object.values(picture).some((inner) => holds(inner, set, name));
}

/** Returns where something stands: the keys that lead to it. */
function placeOf(picture: Picture, kind: Picture["kind"], path = ""): { readonly path: string } | undefined {
  if (picture.kind === kind) return { path };
  if (picture.kind === "json" || picture.kind === "base64" || picture.kind === "base64url")
    return placeOf(picture.of, kind, path);
  if (picture.kind !== "object") return undefined;
  for (const entry of picture.entries) {
    if ("spread" in entry || "repeat" in entry) continue;
    const key = entry.key.kind === "constant" ? String(entry.key.value) : "$event";
    const below = path === "" ? key : `${path}.${key}`;
    if (entry.key.kind === kind) return { path };
    const found = placeOf(entry.value, kind, below);
    if (found !== undefined) return found;
  }
  return undefined;
}

function judgeTime(place: string, value: unknown): Finding {
  const utc =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/.test(String(value)) &&
    !Number.isNaN(Date.parse(String(value)));
  return utc
    ? { place, sent: show(value), verdict: "allowed", about: "when it happened, in UTC" }
    : {
        place,
        sent: show(value),
        verdict: "not allowed",
        about: "It has to be a date and time in UTC. The time is removed, the event is kept.",
      };
}

function judgeSamples(text: string, rules: Rules, checks: Checks): PayloadReport {
  const samples = parseSamples(text);
  if (samples === undefined) return { problem: "This can't be read as Prometheus text. The receiver refuses it." };
  return {
    findings: samples.flatMap(({ labels, name, timed, value }, index): readonly Finding[] => {
      const version = versionOf(labels, rules);
      const metric = eventOf(name, version);
      const place = `sample ${index + 1}`;
      const head = named(place, name, metric, rules);
      if (metric === undefined) return [head];
      const number =
        metric.value === undefined ? [] : [judgeValue(`${place}, value`, value, metric.value, rules, checks)];
      const time: readonly Finding[] = timed
        ? [{ place: `${place}, time`, sent: "", verdict: "not on the list", about: rules.consequences.field }]
        : [];
      return [
        head,
        ...judgeFields({ ...labels }, [...version.common, ...metric.fields], `${place}, `, rules, checks),
        ...number,
        ...time,
      ];
    }),
  };
}
