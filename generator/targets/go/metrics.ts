import type { Plan, PlanField, PlanMetric } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment, plain, text } from "./literal.js";
import { exported, type Names, unexported } from "./names.js";
import { memberOf, sentence, type Types } from "./types.js";
import { fieldOf } from "./values.js";

/** A gauge's struct of labels and its method. */
export function printMetric(metric: PlanMetric, types: Types, names: Names): string {
  const { method, labels, given, valued } = shapeOf(metric, names);
  const struct =
    labels === undefined
      ? ""
      : [
          comment([`${labels} are the labels of [Report.${method}].`]),
          `type ${labels} struct {\n`,
          ...given.map(
            (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, metric.words)}\n`,
          ),
          "}\n\n",
        ].join("");
  const parameters = [
    ...(labels === undefined ? [] : [`labels ${labels}`]),
    ...(valued === undefined ? [] : [`${counted(metric)} ${valued}`]),
  ];
  const value = metric.value.value.is === "always" ? plain(metric.value.value.value) : counted(metric);
  const args = metric.labels.map((field) =>
    given.includes(field) ? givenOf(field, `labels.${memberOf(field)}`) : "nil",
  );
  return [
    struct,
    comment([
      `${method} adds ${metric.name}. When: ${metric.when} Why: ${metric.why}`,
      ...(metric.note === undefined ? [] : [`Note: ${metric.note}`]),
    ]),
    `func (r *Report) ${method}(${parameters.join(", ")}) {\n`,
    `\tr.gauge(&r.contract.${unexported(metric.words)}, ${[value, ...args].join(", ")})\n}\n`,
  ].join("");
}

interface MetricShape {
  readonly method: string;
  /** The struct of its labels; undefined: it has none. */
  readonly labels: string | undefined;
  readonly given: readonly PlanField[];
  readonly valued: "int64" | "float64" | undefined;
}

export function shapeOf(metric: PlanMetric, names?: Names): MetricShape {
  const method = exported(metric.words);
  const given = metric.labels.filter(({ name }) => metric.given.includes(name));
  const { value } = metric.value;
  const whole = value.is === "integer" || (value.is === "one-of" && value.values.every(Number.isInteger));
  return {
    method: method === "String" ? "StringMetric" : method,
    labels:
      given.length === 0
        ? undefined
        : (names?.take([...metric.words, "labels"]) ?? exported([...metric.words, "labels"])),
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
    .flatMap((emitter) => (emitter.kind === "metric" ? [emitter] : []))
    .map((one) => {
      const labels = one.labels.map((field) => `\t\t${fieldOf(field, shared(field))},\n`);
      const list = labels.length === 0 ? "nil" : `[]field{\n${labels.join("")}\t}`;
      return `\tc.${unexported(one.words)} = metric{${text(one.name)}, ${value(one)}, ${list}}\n`;
    })
    .join("");
}
