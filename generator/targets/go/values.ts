import { plainPattern } from "../../language/types/plain-pattern.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Match } from "../../model/model.js";
import { notNull, nullableLike } from "../../plan/nullable.js";
import type { Plain, PlanField, PlanValue } from "../../plan/plan.js";
import { type TimeForm, timeForm } from "../../plan/time-form.js";
import { closedSet } from "../../plan/values.js";
import { type Belongs, gateOf } from "./gates.js";
import { number, plain, raw, text } from "./literal.js";

const NOTHING = "math.MaxInt";

/**
 * Returns what may travel, as the runtime's functions. What they don't know the rule about clients refuses. @param kept it was taken before, and has
 * the names and the form that travel.
 */
export function takeOf(value: PlanValue, kept = false): string {
  switch (value.is) {
    case "always":
      return `always(${value.value === null ? "nothing{}" : plain(value.value)})`;
    case "flag":
      return "boolean";
    case "integer":
    case "number":
      return `${{ integer: "wholeIn", number: "numberIn" }[value.is]}(${value.least === undefined ? "math.Inf(-1)" : number(value.least)}, ${value.most === undefined ? "math.Inf(1)" : number(value.most)})`;
    case "text": {
      const most = value.most === undefined ? NOTHING : String(value.most);
      return value.pattern === undefined
        ? `plainText(${most})`
        : `matching(${most}, ${raw(plainPattern(value.pattern) ?? "")})`;
    }
    case "line":
      return `oneLine(${value.most ?? NOTHING})`;
    case "one-of": {
      const values = value.values.map(plain).join(", ");
      return value.otherwise === undefined ? `oneOf(${values})` : `oneOfOr(${text(value.otherwise)}, ${values})`;
    }
    case "below":
    case "up-to":
      // The number itself is nowhere.
      if (kept) return `oneOf(${value.labels.map(text).join(", ")})`;
      return `${{ below: "below", "up-to": "upTo" }[value.is]}([]float64{${value.edges.map(number).join(", ")}}, ${value.labels.map(text).join(", ")})`;
    case "or-else":
      return `orElse(${takeOf(value.of)}, ${text(value.otherwise)})`;
    case "cut":
      return `cut(${takeOf(value.of)}, ${value.most})`;
    case "or-null":
      return `orNull(${takeOf(value.of, kept)})`;
    case "rounded":
      return `rounded(${number(value.least)}, ${number(value.most)}, ${value.decimals})`;
    case "list":
    case "items":
      return `${{ list: "listOf", items: "eachOf" }[value.is]}(${takeOf(value.of, kept)}, ${value.most ?? NOTHING})`;
    case "map":
      return `mapOf(${takeOf(value.keys, kept)}, ${takeOf(value.of, kept)}, ${value.most >= 2 ** 31 ? NOTHING : value.most})`;
    case "object":
      return `objectOf(${value.fields.map((field) => `field${kept ? keptOf(field) : fieldOf(field)}`).join(", ")})`;
    case "hashed": {
      if (kept) return takeOf(value.form, true);
      const { of, form, keep, salt, clear } = value;
      const args = [takeOf(of), takeOf(form), text(keep), clear === undefined ? "nil" : takeOf(clear)].join(", ");
      return salt === undefined ? `hashed(${args})` : `salted(${text(salt)}, ${args})`;
    }
    case "cases":
      // Beside which sibling it stands, `pick` knows.
      return "asGiven";
    default:
      return value satisfies never;
  }
}

/** A field as the runtime's `field`, without the type's name. @param take what its value goes through. */
export function fieldOf(field: PlanField, take = takeOf(field.value)): string {
  const source = sourceOf(field);
  const { name, expires, from, inCi } = field;
  return [
    `{name: ${text(name)}, take: ${expires === undefined ? take : `endingAt(${text(expires)}, ${take})`}`,
    ...(source === undefined ? [] : [`, source: ${source}`]),
    ...(AT_CALL.includes(from.kind) ? [", atCall: true"] : []),
    ...(from.kind === "identifier" ? [", identifies: true"] : []),
    ...(inCi === undefined ? [] : [`, instead: insteadInCI(${text(inCi.text ?? "")})`]),
    ...conditions(field),
    ...pickOf(field, false),
    ...(field.open ? [", open: true"] : []),
    "}",
  ].join("");
}

/** The same as it stands in the queue: whoever gave it, it is there. Only an identifier is filled in when it is sent. */
export function keptOf(field: PlanField): string {
  const source = field.from.kind === "identifier" ? sourceOf(field) : undefined;
  return [
    `{name: ${text(field.name)}, take: ${takeOf(field.value, true)}`,
    ...(source === undefined ? [] : [`, source: ${source}, identifies: true`]),
    ...conditions(field),
    ...pickOf(field, true),
    "}",
  ].join("");
}

/** The type of a value is known once its siblings are. */
function pickOf({ value }: PlanField, kept: boolean): readonly string[] {
  const present = notNull(value);
  if (present.is !== "cases") return [];
  const cases = present.cases.map(({ of, values, except }) => {
    const take = takeOf(nullableLike(value, of), kept);
    return `oneCase{${[take, String(except === true), `[]any{${values.map(plain).join(", ")}}`].join(", ")}}`;
  });
  return [`, pick: caseBy(${[text(present.by), ...cases].join(", ")})`];
}

/** Sources that are asked when the call is made, and not when it is sent. */
const AT_CALL: readonly string[] = ["now", "sequence", "command", "each-event"];

function conditions({
  optional,
  onlyWhen,
  ...belongs
}: Pick<PlanField, "optional" | "onlyWhen"> & Belongs): readonly string[] {
  const gate = gateOf(belongs);
  const wanted = Object.entries(onlyWhen).map(([name, value]) => {
    const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
    return `${text(name)}: {${values.map(plain).join(", ")}}`;
  });
  return [
    ...(optional ? [", optional: true"] : []),
    ...(gate === undefined ? [] : [`, gate: ${gate}`]),
    ...(wanted.length > 0 ? [`, onlyWhen: map[string][]any{${wanted.join(", ")}}`] : []),
  ];
}

/** Returns where a field's value comes from; undefined: the caller gives it, or there is but one. */
function sourceOf({ from, value }: PlanField): string | undefined {
  switch (from.kind) {
    case "constant":
    case "call":
      return undefined;
    case "setup":
      return "setupValue";
    case "identifier":
      return `identified(${text(from.identifier)})`;
    case "env":
      return from.is === undefined
        ? `variableText(${text(from.env)})`
        : `variableIs(${text(from.env)}, ${matcherOf(from.is)})`;
    case "os":
    case "arch": {
      const words = Object.entries(from.as ?? {}).map(([word, other]) => `${text(word)}: ${text(other)}`);
      const map = words.length === 0 ? "nil" : `map[string]string{${words.join(", ")}}`;
      return `${{ os: "system", arch: "architecture" }[from.kind]}(${map})`;
    }
    case "package-version":
      return "packageVersion";
    case "schema-version":
      return "schemaVersion";
    case "runtime-version":
      return "runtimeVersion";
    case "process-start":
      return `started(${TIMES[timeForm(value)]})`;
    case "node-major":
      return "setupValue";
    case "now":
      return `moment(${TIMES[timeForm(value)]})`;
    case "sequence":
      return "sequence";
    case "command":
      return `commandOf(${(closedSet(value) ?? []).map((one) => text(String(one))).join(", ")})`;
    case "each-event":
      if (from.drawn === "uuid") return "newUUID";
      if ("least" in from.drawn) return `newNumber(${from.drawn.least}, ${from.drawn.most})`;
      return `newText(${from.drawn.map(({ of, times }) => `piece{${raw(of)}, ${times}}`).join(", ")})`;
    default:
      return from satisfies never;
  }
}

/** The runtime's function for each form of a time. */
const TIMES: Readonly<Record<TimeForm, string>> = {
  s: "inSeconds",
  ms: "inMilliseconds",
  utc: "inUTC",
  local: "locally",
};

/** A match as the runtime's functions. */
export function matcherOf(match: Match | Plain<Match>): string {
  switch (match.kind) {
    case "exactly":
      return `exactly(${match.values.map(plain).join(", ")})`;
    case "any-except":
      return `anyExcept(${match.values.map((value) => text(String(value))).join(", ")})`;
    case "any-of":
      return `anyOf(${match.of.map(matcherOf).join(", ")})`;
    case "non-empty":
      return "nonEmpty";
    case "truthy":
    case "falsy":
    case "present":
      return match.kind;
    case "absent":
      return "isAbsent";
    case "at-least":
      return `atLeast(${plain(match.value)})`;
    default:
      return match satisfies never;
  }
}
