import { consentTable } from "../../language/consent/table.js";
import { holdsFrom } from "../../model/epochs.js";
import { goldenFields, goldenSample } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Model } from "../../model/model.js";
import { numberKind } from "../../plan/number-kind.js";
import type { Plan, PlanField, PlanMetric } from "../../plan/plan.js";
import { Examples, printExampleOptions } from "./examples.js";
import { number, raw, text } from "./literal.js";
import { shapeOf } from "./metrics.js";
import { memberOf, type Types } from "./types.js";

/** `telemetry_test.go`: the contract's guarantees, for the product's own `go test`. */
export function printTests(model: Model, plan: Plan, types: Types): string {
  const metrics = plan.emitters.flatMap((emitter) => (emitter.kind === "metric" ? [emitter] : []));
  const golden = model.metrics.map((metric) => text(`${goldenSample(metric)}\n`));
  const calls = metrics.map((one) => {
    const metric = model.metrics.find(({ wireName }) => wireName === one.name);
    return `\tr.${callOf(one, metric === undefined ? {} : goldenFields(metric.labels))}\n`;
  });
  return [
    printTable(model, plan),
    printExampleOptions(plan, new Examples(types)),
    "// examples is a report of every gauge, as its documentation shows it.\n",
    `func examples(r *Report) {\n${calls.join("")}}\n\n`,
    "func TestGoldenPayload(t *testing.T) {\n",
    '\tcheckGoldenPayload(t, truthTable(), examples, ""+\n',
    `${golden.map((line) => `\t\t${line}`).join("+\n")})\n}\n\n`,
    "func TestTruthTable(t *testing.T) { checkTruthTable(t, truthTable()) }\n\n",
    "func TestOffIsOff(t *testing.T) { checkOffIsOff(t, truthTable()) }\n\n",
    "func TestNeverThrows(t *testing.T) { checkNeverThrows(t, truthTable(), examples) }\n\n",
    "func TestNoStdout(t *testing.T) { checkNoStdout(t, truthTable(), examples) }\n",
  ].join("");
}

/** Every state of the world that decides. */
export function printTable(model: Model, plan: Plan): string {
  const rows = consentTable(model.consent, model.consentEpoch, holdsFrom(model)).map(
    ({ env, args, build, config, stored, facts, enabled, decidedBy }) =>
      `\t\t{${[
        ...(Object.keys(env).length === 0 ? [] : [`env: ${texts(env)}`]),
        ...(args === undefined || args.length === 0 ? [] : [`args: []string{${args.map(text).join(", ")}}`]),
        ...(build === null ? [] : [`build: ${text(build)}`]),
        ...(Object.keys(config).length === 0 ? [] : [`config: ${raw(JSON.stringify(config))}`]),
        ...(stored === null ? [] : [`stored: ${raw(JSON.stringify(stored))}`]),
        ...(facts === undefined ? [] : [`facts: ${flags(facts)}`]),
        ...(enabled ? ["enabled: true"] : []),
        `decidedBy: ${text(decidedBy)}`,
      ].join(", ")}},\n`,
  );
  return [
    `// truthTable is every state of the world that decides whether ${plan.product} sends.\n`,
    `func truthTable() []row {\n\treturn []row{\n${rows.join("")}\t}\n}\n\n`,
  ].join("");
}

function flags(map: Readonly<Record<string, boolean>>): string {
  return `map[string]bool{${Object.entries(map)
    .map(([key, value]) => `${text(key)}: ${value}`)
    .join(", ")}}`;
}

function texts(map: Readonly<Record<string, string>>): string {
  return `map[string]string{${Object.entries(map)
    .map(([key, value]) => `${text(key)}: ${text(value)}`)
    .join(", ")}}`;
}

/** A call of a gauge's method with its examples. What exists only beside other values is left out where it doesn't. */
function callOf(metric: PlanMetric, present: Readonly<Record<string, JsonValue>>): string {
  const { method, labels, given, valued } = shapeOf(metric);
  const members = given
    .filter((field) => field.name in present)
    .map((field) => `${memberOf(field)}: ${exampleOf(field)}`)
    .join(", ");
  const args = [
    ...(labels === undefined ? [] : [`${labels}{${members}}`]),
    ...(valued === undefined ? [] : [number(Number(metric.value.example))]),
  ];
  return `${method}(${args.join(", ")})`;
}

function exampleOf({ given, value, optional }: PlanField): string {
  if (typeof given === "string") return text(given);
  const [plain, type] =
    typeof given === "number"
      ? [number(given), { integer: "int64", real: "float64", none: "float64" }[numberKind(value)]]
      : [String(given === true), "bool"];
  return optional ? `func() *${type} { value := ${type}(${plain}); return &value }()` : plain;
}
