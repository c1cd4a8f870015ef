import { parseSamples } from "../worker/runtime/exposition.js";
import { isObject } from "../worker/runtime/parse-object.js";
import { judgeFields, judgeValue, type Sent, show } from "./judge-fields.js";
import type { Checks, EventRule, Finding, Report, Rules, VersionRules } from "./rules.js";

/** Whether a contract allows a payload, field by field. Never throws, whatever was pasted. */
export function judge(text: string, rules: Rules, checks: Checks): Report {
  if (text.trim() === "") return { problem: "There is nothing to check yet." };
  if (rules.wire.format === "prometheus-text") return judgeSamples(text, rules, checks);
  const sent = parse(text, rules.wire.encoding);
  if (sent === undefined) return { problem: "This can't be read as JSON. The receiver refuses it." };
  if (!isObject(sent)) return { problem: "This is JSON, but no object. The receiver refuses it." };
  return rules.wire.format === "json" ? { findings: judgeFlat(sent, rules, checks) } : judgeBatch(sent, rules, checks);
}

/** JSON as it is; where it travels encoded, that form too. */
function parse(text: string, encoding: "plain" | "base64url"): unknown {
  for (const read of encoding === "plain" ? [JSON.parse] : [JSON.parse, fromBase64url]) {
    try {
      return read(text);
    } catch {
      // The next form, if there is one.
    }
  }
  return undefined;
}

function fromBase64url(text: string): unknown {
  const bytes = atob(text.trim().replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (unit) => unit.charCodeAt(0))));
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

function judgeFlat(sent: Sent, rules: Rules, checks: Checks): readonly Finding[] {
  const version = versionOf(sent, rules);
  const key = rules.wire.format === "json" ? rules.wire.eventKey : undefined;
  const event = key === undefined ? Object.values(version.events)[0] : eventOf(sent[key], version);
  const { [key ?? ""]: name, ...fields } = sent;
  const head = key === undefined ? [] : [named(key, name, event, rules)];
  if (event === undefined) return head;
  return [
    ...head,
    ...judgeFields(key === undefined ? sent : fields, [...version.common, ...event.fields], "", rules, checks),
  ];
}

function judgeBatch(sent: Sent, rules: Rules, checks: Checks): Report {
  const { wire } = rules;
  if (wire.format !== "json-batch") return { findings: [] };
  const { [wire.eventsKey]: list, ...common } = sent;
  if (!Array.isArray(list)) return { problem: `There is no list in "${wire.eventsKey}". The receiver refuses it.` };
  const version = versionOf(common, rules);
  return {
    findings: [
      ...judgeFields(common, version.common, "", rules, checks),
      ...list.flatMap((entry, index) => judgeEntry(entry, `${wire.eventsKey}[${index}]`, version, rules, checks)),
    ],
  };
}

function judgeEntry(
  entry: unknown,
  at: string,
  stated: VersionRules,
  rules: Rules,
  checks: Checks,
): readonly Finding[] {
  const { wire } = rules;
  if (wire.format !== "json-batch") return [];
  if (!isObject(entry)) return [named(at, entry, undefined, rules)];
  const { [wire.eventKey]: name, [wire.fieldsKey]: inner = {}, ...rest } = entry;
  const place = `${at}.${wire.fieldsKey}`;
  const version = rules.versionKey?.in === "event" && isObject(inner) ? versionOf(inner, rules) : stated;
  const event = eventOf(name, version);
  const head = named(`${at}.${wire.eventKey}`, name, event, rules);
  const beside = Object.entries(rest).map(([key, value]) =>
    judgeBeside(`${at}.${key}`, value, key === wire.timeKey, rules),
  );
  if (event === undefined) return [head];
  if (!isObject(inner))
    return [head, ...beside, { place, sent: show(inner), verdict: "not allowed", about: "It has to be an object." }];
  return [head, ...beside, ...judgeFields(inner, event.fields, `${place}.`, rules, checks)];
}

function judgeBeside(place: string, value: unknown, isTime: boolean, { consequences }: Rules): Finding {
  if (!isTime) return { place, sent: show(value), verdict: "not on the list", about: consequences.field };
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

function judgeSamples(text: string, rules: Rules, checks: Checks): Report {
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
