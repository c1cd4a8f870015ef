import { modeOf } from "../../model/delivery.js";
import type { JsonValue } from "../../model/json-schema.js";
import type { Plan, PlanEmitter, PlanField, PlanValue } from "../../plan/plan.js";
import { isCounting } from "./combined.js";
import { Call, Generic, type Literal, literal, Name } from "./literal.js";
import { pascal } from "./names.js";

/**
 * The types of a test's recorder, event by event, as a type checker reads it: by the names that travel, in the form that travels.
 */
export class RecordedTypes {
  /** Name → the call that makes it. In the order in which they have to stand. */
  readonly #made = new Map<string, Call>();
  readonly #events: string[] = [];
  readonly #queued: boolean;

  constructor(plan: Plan) {
    this.#queued = modeOf(plan).waits;
    if (modeOf(plan).reports) this.#sample();
    else for (const one of plan.emitters) this.#event(one);
  }

  /** For below `if TYPE_CHECKING:`. */
  print(): string {
    const made = [...this.#made].map(([name, call]) => `    ${name} = ${literal(call, "    ", name.length + 7)}\n`);
    const union = oneOf(this.#events.map((name) => new Name(name)));
    const body = [...made, `    Recorded = ${literal(union, "    ", 15)}\n`].join("");
    const needs = (names: readonly string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
    const typing = needs(["Literal", "Optional", "Union"]);
    return [
      ...(typing.length === 0 ? [] : [`    from typing import ${typing.join(", ")}\n\n`]),
      `    from typing_extensions import ${needs(["NotRequired", "TypedDict"]).join(", ")}\n\n`,
      body,
    ].join("");
  }

  #event(emitter: PlanEmitter): void {
    if (emitter.kind === "metric") return;
    const name = this.#free(pascal(emitter.words), "Recorded");
    const props =
      emitter.kind === "event"
        ? emitter.fields.flatMap((field) => this.#field(field, name))
        : [
            ...emitter.by.flatMap((field) => this.#field(field, name, true)),
            ...emitter.counters.map((counter): readonly [string, Literal] => {
              const type = this.#type(counter.value, name);
              return [counter.name, isCounting(counter.counts) || emitter.plain ? type : optional(type)];
            }),
          ];
    const own = this.#make(`${name}Props`, Object.fromEntries(props));
    this.#made.set(name, typedDict(name, { event: closed([emitter.name]), props: new Name(own) }));
    this.#events.push(name);
  }

  /** A series with its labels, as it is printed. */
  #sample(): void {
    this.#made.set("SampleProps", typedDict("SampleProps", { value: new Name("float") }));
    this.#made.set("Sample", typedDict("Sample", { event: new Name("str"), props: new Name("SampleProps") }));
    this.#events.push("Sample");
  }

  /**
   * Returns a field's type. One that is found by the client is there only where it is found while an event is recorded, and never
   * an identifier.
   */
  #field(field: PlanField, owner: string, grouped = false): readonly (readonly [string, Literal])[] {
    const { name, from, value, optional: isOptional, onlyWhen } = field;
    const given = from.kind === "call" || from.kind === "constant";
    if (from.kind === "identifier" || (!given && !this.#queued)) return [];
    const type = this.#type(value, pascal([owner, ...field.words]));
    const mayLack = isOptional || Object.keys(onlyWhen).length > 0 || (!given && !grouped);
    return [[name, mayLack ? optional(type) : type]];
  }

  #type(value: PlanValue, owner: string): Literal {
    switch (value.is) {
      case "always":
        return value.value === null ? new Name("None") : closed([value.value]);
      case "or-null":
        return new Generic("Optional", [this.#type(value.of, owner)]);
      case "flag":
        return new Name("bool");
      case "integer":
        return new Name("int");
      case "number":
      case "rounded":
        return new Name("float");
      case "text":
      case "line":
      case "or-else":
      case "cut":
        return new Name("str");
      case "hashed":
        return this.#type(value.form, owner);
      case "one-of":
        return closed([...new Set([...value.values, ...(value.otherwise === undefined ? [] : [value.otherwise])])]);
      case "below":
      case "up-to":
        return closed(value.labels);
      case "items":
      case "list":
        return new Generic("list", [this.#type(value.of, owner)]);
      case "map":
        return new Generic("dict", [new Name("str"), this.#type(value.of, owner)]);
      case "cases":
        return oneOf(value.cases.map(({ of }) => this.#type(of, owner)));
      case "object":
        return new Name(
          this.#make(
            owner,
            Object.fromEntries(
              value.fields.map((field): readonly [string, Literal] => {
                const given = field.from.kind === "call" || field.from.kind === "constant";
                const type = this.#type(field.value, pascal([owner, ...field.words]));
                const mayLack = field.optional || Object.keys(field.onlyWhen).length > 0 || !given;
                return [field.name, mayLack ? optional(type) : type];
              }),
            ),
          ),
        );
      default:
        return value satisfies never;
    }
  }

  #make(wanted: string, entries: Readonly<Record<string, Literal>>): string {
    const name = this.#free(wanted);
    this.#made.set(name, typedDict(name, entries));
    return name;
  }

  #free(wanted: string, ...taken: readonly string[]): string {
    let name = wanted;
    while (this.#made.has(name) || [...taken, "Recorder", "Literal", "Optional", "Union"].includes(name)) name += "_";
    return name;
  }
}

/** By calling it: what travels need not be an identifier of Python's. */
function typedDict(name: string, entries: Readonly<Record<string, Literal>>): Call {
  return new Call("TypedDict", [name, entries]);
}

function optional(type: Literal): Literal {
  return new Generic("NotRequired", [type]);
}

/** Any of these, each once. */
function oneOf(types: readonly Literal[]): Literal {
  const all = [...new Map(types.map((type) => [literal(type), type])).values()];
  return all.length === 1 ? all[0] : new Generic("Union", all);
}

/** A closed set of values. A number that is not whole is none of a type checker's. */
function closed(values: readonly JsonValue[]): Literal {
  if (values.some((value) => typeof value === "number" && !Number.isInteger(value))) return new Name("float");
  return new Generic("Literal", values as readonly Literal[]);
}
