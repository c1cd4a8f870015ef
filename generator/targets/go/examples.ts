import type { JsonValue } from "../../model/json-schema.js";
import type { Plan, PlanEmitter, PlanField, PlanValue } from "../../plan/plan.js";
import { number, text } from "./literal.js";
import { isPointed, isTriple, memberOf, type Types } from "./types.js";

type Values = Readonly<Record<string, JsonValue>>;

/** Returns what a program gives to New, as the documentation shows it. */
export function printExampleOptions(plan: Plan, write: Examples): string {
  return [
    "// exampleOptions are what a program gives, as the documentation shows it.\n",
    `func exampleOptions() Options {\n\treturn Options{${optionsFor(plan, write)}}\n}\n\n`,
  ].join("");
}

function optionsFor({ setup, emitters, common, destination }: Plan, write: Examples): string {
  const ownMembers = [write.members(setup.fields)].filter((one) => one !== "");
  const fields = [...common, ...emitters.flatMap(fieldsOf)];
  const version = fields.find(({ from }) => from.kind === "package-version")?.example ?? "1.0.0";
  const taken = setup.fields.some((field) => memberOf(field) === "Version");
  return [
    ...ownMembers,
    ...(setup.version && !taken ? [`Version: ${text(String(version))}`] : []),
    ...(destination.namedBy === undefined ? [] : [`Address: ${text("https://telemetry.example/v1/events")}`]),
  ].join(", ");
}

export function fieldsOf(emitter: PlanEmitter): readonly PlanField[] {
  return emitter.kind === "event" ? emitter.fields : emitter.kind === "rollup" ? emitter.by : [];
}

/** Examples as Go's literals. */
export class Examples {
  readonly #types: Types;

  constructor(types: Types) {
    this.#types = types;
  }

  /** `Command: "generate", OK: true`. */
  members(fields: readonly PlanField[]): string {
    const values = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
    return fields.map((field) => `${memberOf(field)}: ${this.#given(field, field.given, values)}`).join(", ");
  }

  /** @param siblings the fields next to it, as they are sent. */
  #given(field: PlanField, given: JsonValue, siblings: Values): string {
    const type = this.#types.of(field, field.words);
    if (isTriple(field)) {
      const inner = type.replace(/^\*Null\[(.*)\]$/, "$1");
      if (given === null) return `&Null[${inner}]{}`;
      return `&Null[${inner}]{${this.#chosen(field, given, siblings) ?? this.#value(field.value, given, inner)}, true}`;
    }
    if (given === null) return "nil";
    const chosen = this.#chosen(field, given, siblings);
    if (chosen !== undefined) return isPointed(field) ? `pointer(${chosen})` : chosen;
    const value = this.#value(field.value, given, type.replace(/^\*/, ""));
    if (!isPointed(field)) return value;
    return value.endsWith("}") ? `&${value}` : `pointer(${type.slice(1)}(${value}))`;
  }

  /** What a field holds whose type another one decides. */
  #chosen(field: PlanField, given: JsonValue, siblings: Values): string | undefined {
    const value = field.value.is === "or-null" ? field.value.of : field.value;
    if (value.is !== "cases") return undefined;
    const choice = this.#types.choice(value, field, field.words);
    const one = choice.makers.find(({ fits }) => fits(siblings[value.by]));
    if (one === undefined) return `${choice.name}{}`;
    return `${one.name}(${one.type === undefined ? "" : this.#value(one.value, given, one.type)})`;
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
          .map((field) => `${memberOf(field)}: ${this.#given(field, values[field.name] ?? null, values)}`);
        return `${type}{${members.join(", ")}}`;
      }
      default:
        if (typeof given === "string") return text(given);
        return typeof given === "number" ? number(given) : String(given === true);
    }
  }
}
