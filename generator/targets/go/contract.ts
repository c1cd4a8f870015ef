import type { Plan, PlanField, PlanValue } from "../../plan/plan.js";
import { flat } from "./code.js";
import { duration, text } from "./literal.js";
import { metricData } from "./metrics.js";
import { unexported } from "./names.js";
import { stepData } from "./steps.js";
import { fieldOf, takeOf } from "./values.js";
import { drawnHeaders } from "./wire.js";

/** The contract as data: a type, and the one function that makes it. Nothing of it is the package's own variable. */
export function printContract(plan: Plan): string {
  const metrics = plan.emitters.flatMap((emitter) => (emitter.kind === "metric" ? [unexported(emitter.words)] : []));
  const fields = [
    ["url", "string"],
    ["every", "time.Duration"],
    ["timeout", "time.Duration"],
    ["optOut", "bool"],
    ["consent", "[]step"],
    ["around", "func(given map[string]any) ([]header, bool)"],
    ...metrics.map((name) => [name, "metric"] as const),
  ] as const;
  const longest = Math.max(...fields.map(([name]) => name.length));
  const every = plan.controls.find(({ kind }) => kind === "start-reports");
  const takes = new Takes(plan);
  const data = metricData(
    plan,
    ({ value }) => takes.of(value),
    ({ value }) => takeOf(value.value),
  );
  return [
    `// contract is what the contract of ${plan.product} says to the client.\n`,
    `type contract struct {\n${fields.map(([name, type]) => `\t${name.padEnd(longest)} ${type}\n`).join("")}}\n\n`,
    "func newContract() *contract {\n",
    takes.print(),
    "\tc := &contract{}\n",
    `\tc.url = ${text(plan.destination.url)}\n`,
    `\tc.every = ${duration(every?.kind === "start-reports" ? every.every : 0)}\n`,
    `\tc.timeout = ${duration(plan.delivery.timeout)}\n`,
    `\tc.optOut = ${plan.consent.model === "opt-out"}\n`,
    `\tc.consent = []step{\n${stepData(plan)
      .map((one) => `\t\t${one},\n`)
      .join("")}\t}\n`,
    data,
    ...aroundLines(plan),
    "\treturn c\n}\n",
  ].join("");
}

/** Returns what goes with every report, as headers. */
function aroundLines(plan: Plan): readonly string[] {
  if (plan.wire.headers.length === 0) return [];
  const common = plan.common.map(
    (one) => `\t\t${fieldOf({ ...one, from: { kind: "setup" } }).replace(", source: setupValue", "")},\n`,
  );
  const headers = drawnHeaders(plan).map((one) => `, ${flat(one).replace(/^\{/, "drawnHeader{")}`);
  return [`\tc.around = withHeaders([]field{\n${common.join("")}\t}${headers.join("")})\n`];
}

/** Makes values that several fields share only once. */
class Takes {
  readonly #shared = new Map<string, string>();

  constructor(plan: Plan) {
    const labels = plan.emitters.flatMap((emitter) => (emitter.kind === "metric" ? emitter.labels : []));
    const seen = new Map<string, PlanField>();
    const names = new Set<string>(["c"]);
    for (const field of labels) {
      if (field.value.is !== "text" || field.value.pattern === undefined) continue;
      const take = takeOf(field.value);
      const first = seen.get(take);
      if (first === undefined) seen.set(take, field);
      else if (!this.#shared.has(take)) {
        let name = unexported(first.words);
        while (names.has(name)) name += "Text";
        names.add(name);
        this.#shared.set(take, name);
      }
    }
  }

  of(value: PlanValue): string {
    const take = takeOf(value);
    return this.#shared.get(take) ?? take;
  }

  print(): string {
    return [...this.#shared].map(([take, name]) => `\t${name} := ${take}\n`).join("");
  }
}
