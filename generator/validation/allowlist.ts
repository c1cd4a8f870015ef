import { docComment } from "../emit/comment.js";
import { bracketed, layOut, line } from "../emit/layout.js";
import { quoted } from "../emit/literal.js";
import { fragmentOf } from "../model/fragments.js";
import type { FrozenField } from "../model/frozen.js";
import { hollow } from "../model/hollow.js";
import type { Model, SetName } from "../model/model.js";
import type { AcceptedEvent, AcceptedMetric, AcceptedVersion } from "../model/versions.js";
import { isCommonBeside } from "../model/wire.js";
import type { Checks } from "./checks.js";
import { key, member } from "./js.js";
import { casesOf, printMends, typesInside } from "./mend.js";
import { copies, excesses, identities, isNeeded, needs, print, type Rules } from "./statements.js";

/** `allowlist.js`: what the clients of one version may send, as code that an auditor reads from top to bottom. */
export function printAllowlist(model: Model, version: AcceptedVersion, checks: Checks): string {
  const rules = { ingest: model.ingest, checks, wire: model.wire };
  const judged = [...version.events, ...version.metrics];
  const parts = [
    imports(judged, version, checks),
    model.ingest.unknownField === "strip" ? "" : printKeys(version),
    printCommon(version.common, model, rules),
    version.common.length === 0 ? "" : printCopyCommon(version.common),
    printMends(
      [...version.common, ...version.events.filter(({ discarded }) => !discarded).flatMap(fieldsOf)].map(
        ({ type }) => type,
      ),
      rules,
    ),
    `/** Everything that can be reported, by its name in requests. Anything not copied here is never stored. */
const events = {
${judged.map((event) => printKnown(event, version.common, rules)).join("\n")}};
`,
    printExport(model, version),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function imports(
  judged: readonly (AcceptedEvent | AcceptedMetric)[],
  { common }: AcceptedVersion,
  checks: Checks,
): string {
  const fields = [...common, ...judged.flatMap(fieldsOf)];
  const used = fields
    .flatMap(({ type }) => casesOf(type))
    .flatMap((type) => [type, ...typesInside(type)])
    .map((type) => checks.of(type));
  const values = judged.flatMap((event) => ("value" in event ? [checks.of(event.value.type)] : []));
  const names = [...new Set([...used, ...values])].sort();
  if (names.length === 0) return "";
  return `${layOut(["import ", bracketed("{", names, "}", line), ' from "./validators.js";'])}\n`;
}

/** Prints the known keys, where an unknown one is more than ignored. */
function printKeys({ common, events, metrics }: AcceptedVersion): string {
  const own = [...events, ...metrics].map((event) => {
    const names = fieldsOf(event).map(({ wireName }) => quoted(wireName));
    return `  ${key(event.wireName)}: ${setOf(names, "  ", 4 + key(event.wireName).length)},\n`;
  });
  const shared = common.map(({ wireName }) => quoted(wireName));
  return `/** The names of the fields sent with every event. */
const commonKeys = ${setOf(shared, "", 21)};

/** The names that each event's own fields may have. */
const keys = {\n${own.join("")}};\n`;
}

/** `before`: how much of the line is taken. */
function setOf(items: readonly string[], indent: string, before: number): string {
  if (items.length === 0) return "new Set()";
  return layOut(bracketed("new Set([", items, "])"), { indent, column: before, after: 1 });
}

/** Only a batch says whose it is beside its events: without that, in the agreed form, it is malformed. */
function printCommon(common: readonly FrozenField[], { wire }: Model, rules: Rules): string {
  if (common.length === 0) return "/** Nothing is sent with every event. */\nfunction common() {\n  return {};\n}\n";
  const whose = isCommonBeside(wire) ? common.filter(({ type, legacy }) => type.identifier && !legacy) : [];
  const rest = common.filter((field) => !whose.includes(field));
  const refusals = [...identities(whose, rules), ...excesses(common, rules), ...needs(rest, rules)];
  const body = [
    ...empties("common", common, wire, "  "),
    ...print(refusals, "  "),
    "  const kept = {};",
    ...print(copies(common, rules), "  "),
    "  return kept;",
  ];
  return `/** Copies the fields sent with every event. */\nfunction common(sent) {\n${body.join("\n")}\n}\n`;
}

function printCopyCommon(common: readonly FrozenField[]): string {
  const kept = common.filter((field) => !field.droppedAtEdge);
  const always = kept.filter(isNeeded).map(({ wireName }) => `    ${key(wireName)}: ${member("common", wireName)},\n`);
  const sometimes = kept
    .filter((field) => !isNeeded(field))
    .map(
      ({ wireName }) =>
        `  if (${member("common", wireName)} !== undefined) ${member("kept", wireName)} = ${member("common", wireName)};\n`,
    );
  const start = always.length === 0 ? "{}" : `{\n${always.join("")}  }`;
  const body =
    sometimes.length === 0 ? `  return ${start};\n` : `  const kept = ${start};\n${sometimes.join("")}  return kept;\n`;
  return `function copyCommon(common) {\n${body}}\n`;
}

type EventRules = Rules & Pick<Model, "wire">;

/** Prints what is taken for empty where nothing of it arrived. */
function empties(of: SetName, fields: readonly FrozenField[], wire: Model["wire"], indent: string): readonly string[] {
  return hollow(wire, of, fields).map(
    ({ wireName }) =>
      `${indent}if (${member("sent", wireName)} === undefined) sent = { ...sent, ${key(wireName)}: {} }; // It was empty.`,
  );
}

/** Prints one event's checks. Their names depend on the other events. */
function printKnown(event: AcceptedEvent | AcceptedMetric, common: readonly FrozenField[], rules: EventRules): string {
  if ("labels" in event) return printEvent(event, common, rules);
  const checks = event.fields.flatMap(({ type }) => casesOf(type)).map((type) => rules.checks.of(type));
  return fragmentOf(event, `allowlist ${checks.join()}`, () => printEvent(event, common, rules));
}

/** One event's judgement: what it needs, then what is copied, line by line. */
function printEvent(event: AcceptedEvent | AcceptedMetric, common: readonly FrozenField[], rules: EventRules): string {
  const fields = fieldsOf(event);
  const indent = "    ";
  const value =
    "value" in event ? [`${indent}if (!${rules.checks.of(event.value.type)}(value)) return "invalid_field";`] : [];
  const start = common.length === 0 ? "{}" : "copyCommon(common)";
  const copied = event.discarded ? [] : print(copies(fields, rules), indent);
  const lines = [
    ...value,
    ...empties("fields", fields, rules.wire, indent),
    ...print([...excesses(fields, rules), ...needs(fields, rules)], indent),
    ...(event.discarded
      ? [`${indent}return "discarded"; // Old clients still send it; it is no longer kept.`]
      : copied.length === 0
        ? [`${indent}return ${start};`]
        : [`${indent}const kept = ${start};`, ...copied, `${indent}return kept;`]),
  ];
  const parameters = "value" in event ? "sent, common, value" : "sent, common";
  return `${docComment([event.when, event.why], "  ")}  ${key(event.wireName)}(${parameters}) {\n${lines.join("\n")}\n  },\n`;
}

function printExport(model: Model, { version, add, derives }: AcceptedVersion): string {
  const withheld = [
    ...Object.keys(model.ingest.forwardTo?.add ?? {}).filter((name) => !Object.hasOwn(add, name)),
    ...(model.ingest.derives ?? []).flatMap(({ name }) => (derives.includes(name) ? [] : [name])),
  ];
  const members = [
    `version: ${version}`,
    "common",
    "events: new Map(Object.entries(events))",
    ...(model.ingest.unknownField === "strip" ? [] : ["commonKeys", "keys: new Map(Object.entries(keys))"]),
  ];
  const withhold = withheld.length === 0 ? [] : [`withhold: [${withheld.map(quoted).join(", ")}]`];
  const all = [...members, ...withhold];
  return `${layOut(["export const allowlist = ", bracketed("{", all, "}", line), ";"])}\n`;
}

function fieldsOf(event: AcceptedEvent | AcceptedMetric): readonly FrozenField[] {
  return "labels" in event ? event.labels : event.fields;
}
