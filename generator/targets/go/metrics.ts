import type { Plan, PlanField, PlanMetric } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment, plain, text } from "./literal.js";
import { exported, type Names, unexported } from "./names.js";
import { memberOf, sentence, type Types } from "./types.js";
import { fieldOf } from "./values.js";

/** A gauge's struct of labels and its method. */
export function printMetric(one: PlanMetric, types: Types, names: Names): string {
  const { method, labels, given, valued } = shapeOf(one, names);
  const struct =
    labels === undefined
      ? ""
      : [
          comment([`${labels} are the labels of [Report.${method}].`]),
          `type ${labels} struct {\n`,
          ...given.map(
            (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, one.words)}\n`,
          ),
          "}\n\n",
        ].join("");
  const parameters = [
    ...(labels === undefined ? [] : [`labels ${labels}`]),
    ...(valued === undefined ? [] : [`${counted(one)} ${valued}`]),
  ];
  const value = one.value.value.is === "always" ? plain(one.value.value.value) : counted(one);
  const args = one.labels.map((field) => (given.includes(field) ? givenOf(field, `labels.${memberOf(field)}`) : "nil"));
  return [
    struct,
    comment([
      `${method} adds ${one.name}. When: ${one.when} Why: ${one.why}`,
      ...(one.note === undefined ? [] : [`Note: ${one.note}`]),
    ]),
    `func (r *Report) ${method}(${parameters.join(", ")}) {\n`,
    `\tr.gauge(&r.contract.${unexported(one.words)}, ${[value, ...args].join(", ")})\n}\n`,
  ].join("");
}

interface MetricShape {
  readonly method: string;
  /** The struct of its labels; undefined: it has none. */
  readonly labels: string | undefined;
  readonly given: readonly PlanField[];
  readonly valued: "int64" | "float64" | undefined;
}

export function shapeOf(one: PlanMetric, names?: Names): MetricShape {
  const method = exported(one.words);
  const given = one.labels.filter(({ name }) => one.given.includes(name));
  const { value } = one.value;
  const whole = value.is === "integer" || (value.is === "one-of" && value.values.every(Number.isInteger));
  return {
    method: method === "String" ? "StringMetric" : method,
    labels:
      given.length === 0 ? undefined : (names?.take([...one.words, "labels"]) ?? exported([...one.words, "labels"])),
    given,
    valued: value.is === "always" ? undefined : whole ? "int64" : "float64",
  };
}

/** Returns what the value's parameter is called: by what it counts, where that is a name. */
function counted({ value: { means = "" } }: PlanMetric): string {
  const words = means.toLowerCase().split(" ");
  return /^[a-z][a-z0-9 ]{0,30}$/i.test(means) && words.length < 4 && means !== "labels" && means !== "r"
    ? unexported(words)
    : "value";
}

/** The metrics as the contract's fields hold them. */
export function metricData(
  plan: Plan,
  shared: (field: PlanField) => string,
  value: (one: PlanMetric) => string,
): string {
  return plan.emitters
    .flatMap((one) => (one.kind === "metric" ? [one] : []))
    .map((one) => {
      const labels = one.labels.map((field) => `\t\t${fieldOf(field, shared(field))},\n`);
      const list = labels.length === 0 ? "nil" : `[]field{\n${labels.join("")}\t}`;
      return `\tc.${unexported(one.words)} = metric{${text(one.name)}, ${value(one)}, ${list}}\n`;
    })
    .join("");
}
