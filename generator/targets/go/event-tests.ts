import { goldenBody, goldenFields, goldenTime } from "../../model/golden.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Event, Model } from "../../model/model.js";
import type { Plan, PlanEmitter, PlanField, PlanValue } from "../../plan/plan.js";
import { type EventShape, innerOf } from "./client.js";
import { number, plain, raw, text } from "./literal.js";
import { exported, methodOf } from "./names.js";
import { rollupsOf } from "./queue.js";
import { groupField } from "./rollups.js";
import { printTable } from "./tests.js";
import { isPointed, memberOf, type Types } from "./types.js";

interface Made {
  readonly types: Types;
  readonly shapes: ReadonlyMap<string, EventShape>;
}

/** `telemetry_test.go` of a client with events: the contract's guarantees, for the product's own `go test`. */
export function printEventTests(model: Model, plan: Plan, { types, shapes }: Made): string {
  const write = new Examples(types);
  const events = plan.emitters.flatMap((one) => (one.kind === "event" ? [one] : []));
  const golden = events.map((one) => {
    const event = model.events.find(({ wireName }) => wireName === one.name) as Event;
    const shape = shapes.get(one.name) as EventShape;
    const present = shape.given.filter(({ name }) => one.example.includes(name));
    const given = shape.struct === undefined ? "" : `${shape.struct}{${write.members(present)}}`;
    return [
      `\t\t{${text(one.name)}, func(client *Client) {\n\t\t\tclient.${shape.method}(${given})\n\t\t}, ${raw(goldenBody(model, event))}, false},\n`,
    ].join("");
  });
  const counted = rollupsOf(plan).map((one) => {
    const event = model.events.find(({ wireName }) => wireName === one.name) as Event;
    const present = goldenFields(event.fields);
    const given = one.by.filter(({ name, from }) => from.kind === "call" && name in present).map(groupField);
    const args = [
      `${exported([...one.name.split(/[^A-Za-z0-9]+/), "group"])}{${write.members(given)}}`,
      ...(one.counters.length > 1 ? ["true"] : []),
      ...one.counters.slice(2).map(() => "0"),
    ].join(", ");
    const zeros = one.counters.map(({ name }, at) => [name, at === 0 ? 1 : 0] as const);
    const changed = event.fields.map((field) => {
      const zero = zeros.find(([name]) => name === field.wireName);
      return zero === undefined ? field : { ...field, example: zero[1] };
    });
    const body = goldenBody(model, { ...event, fields: changed });
    return `\t\t{${text(one.name)}, func(client *Client) {\n\t\t\tclient.${methodOf(one.words)}(${args})\n\t\t}, ${raw(body)}, true},\n`;
  });
  const zeros = events.map((one) => {
    const { method, struct } = shapes.get(one.name) as EventShape;
    return `\tclient.${method}(${struct === undefined ? "" : `${struct}{}`})\n`;
  });
  return [
    printTable(model, plan),
    `// exampleOptions are what a program gives, as the documentation shows it.\n`,
    `func exampleOptions() Options {\n\treturn Options{${optionsFor(plan, write)}}\n}\n\n`,
    "// examples are a call of each event, and the body that it becomes.\n",
    `func examples() []example {\n\treturn []example{\n${[...golden, ...counted].join("")}\t}\n}\n\n`,
    "// pinned is what only this machine knows, as the documentation shows it.\n",
    `func pinned() object {\n\treturn object{${pinned(plan)}}\n}\n\n`,
    "// coreOf is what all clients have.\n",
    `func coreOf(client *Client) *core { return client.${innerOf(plan)}.core }\n\n`,
    "// heldFields are those of the events, where they are not with them.\n",
    `func heldFields(terms *terms) [][]field { return ${plan.delivery.queue ? "queued" : "sent"}Fields(terms) }\n\n`,
    "// empty records each event without a value.\n",
    `func empty(client *Client) {\n${zeros.join("")}}\n\n`,
    `func TestGoldenPayload(t *testing.T) { checkPayloads(t, truthTable(), ${Date.parse(goldenTime)}) }\n\n`,
    "func TestTruthTable(t *testing.T) { checkDecisions(t, truthTable()) }\n\n",
    "func TestOffIsOff(t *testing.T) { checkNothingWhileOff(t, truthTable()) }\n\n",
    "func TestNeverThrows(t *testing.T) { checkNeverPanics(t, truthTable()) }\n\n",
    "func TestNoStdout(t *testing.T) { checkSilence(t, truthTable()) }\n",
  ].join("");
}

function optionsFor({ setup, emitters, common }: Plan, write: Examples): string {
  const own = [write.members(setup.fields)].filter((one) => one !== "");
  const fields = [...common, ...emitters.flatMap(fieldsOf)];
  const version = fields.find(({ from }) => from.kind === "package-version")?.example ?? "1.0.0";
  const taken = setup.fields.some((field) => memberOf(field) === "Version");
  return [...own, ...(setup.version && !taken ? [`Version: ${text(String(version))}`] : [])].join(", ");
}

function fieldsOf(one: PlanEmitter): readonly PlanField[] {
  return one.kind === "event" ? one.fields : one.kind === "rollup" ? one.by : [];
}

/** Fields that hang on the machine, its identifiers and its environment. */
function pinned({ common, emitters }: Plan): string {
  const known = ["constant", "call", "setup", "package-version", "schema-version"];
  const all = [...common, ...emitters.flatMap(fieldsOf)];
  const own = new Map(all.filter(({ from }) => !known.includes(from.kind)).map((one) => [one.name, one.example]));
  return [...own].map(([name, example]) => `{${text(name)}, ${plain(example)}}`).join(", ");
}

/** Examples as Go's literals. */
class Examples {
  readonly #types: Types;

  constructor(types: Types) {
    this.#types = types;
  }

  /** `Command: "generate", OK: true`. */
  members(fields: readonly PlanField[]): string {
    return fields.map((field) => `${memberOf(field)}: ${this.#given(field, field.given)}`).join(", ");
  }

  #given(field: PlanField, given: JsonValue): string {
    if (given === null) return "nil";
    const type = this.#types.of(field, field.words);
    const value = this.#value(field.value, given, type.replace(/^\*/, ""));
    if (!isPointed(field)) return value;
    return value.endsWith("}") ? `&${value}` : `pointer(${type.slice(1)}(${value}))`;
  }

  #value(value: PlanValue, given: JsonValue, type: string): string {
    switch (value.is) {
      case "or-null":
      case "cut":
      case "or-else":
        return this.#value(value.of, given, type);
      case "list":
      case "items":
        return `${type}{${(given as readonly JsonValue[]).map((one) => this.#value(value.of, one, type.slice(2))).join(", ")}}`;
      case "map":
        return `${type}{${Object.entries(given as Record<string, JsonValue>)
          .map(([key, one]) => `${text(key)}: ${this.#value(value.of, one, type.replace("map[string]", ""))}`)
          .join(", ")}}`;
      case "object": {
        const values = given as Readonly<Record<string, JsonValue>>;
        const members = value.fields
          .filter(({ name }) => name in values)
          .map((field) => `${memberOf(field)}: ${this.#given(field, values[field.name] ?? null)}`);
        return `${type}{${members.join(", ")}}`;
      }
      default:
        if (typeof given === "string") return text(given);
        return typeof given === "number" ? number(given) : String(given === true);
    }
  }
}
