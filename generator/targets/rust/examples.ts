import type { JsonValue } from "../../model/json-schema.js";
import { numberKind } from "../../plan/number-kind.js";
import type { PlanEvent } from "../../plan/plan.js";
import { givenOf } from "./face.js";
import { pascal, snake, text } from "./literal.js";
import { calledOf, isLoose, type Named, within } from "./named.js";
import { givenIn, variantsOf } from "./types.js";

const decimal = (given: number) => (Number.isInteger(given) ? `${given}.0` : String(given));

/** Numbers as Rust writes them: a decimal one has a point. */
const NUMBERS = { integer: String, real: decimal, none: decimal } as const;

/** A field's value as a program writes it. */
export function writtenOf(field: Named, given: JsonValue | undefined = field.given): string {
  if (given === undefined) return "None";
  const plain = bare(field, given);
  return isLoose(field) ? `Some(${plain})` : plain;
}

/** A value as a program writes it. */
function bare(field: Named, given: JsonValue): string {
  const { value } = field;
  switch (value.is) {
    case "or-null":
      return given === null ? "None" : `Some(${bare(within(field, value.of), given)})`;
    case "or-else":
    case "cut":
    case "hashed":
      return bare(within(field, value.of), given);
    case "list":
    case "items": {
      const item = within(field, value.of, "item");
      return `&[${(given as readonly JsonValue[]).map((one) => bare(item, one)).join(", ")}]`;
    }
    case "map": {
      const [key, item] = [within(field, value.keys, "key"), within(field, value.of, "item")];
      const entries = Object.entries(given as Readonly<Record<string, JsonValue>>);
      return `&[${entries.map(([name, one]) => `(${bare(key, name)}, ${bare(item, one)})`).join(", ")}]`;
    }
    case "object": {
      const entries = given as Readonly<Record<string, JsonValue>>;
      const fields = givenIn(value, field).map(
        (one) =>
          `${snake(one.words)}: ${isLoose(one) && !(one.name in entries) ? "None" : writtenOf(one, entries[one.name])}`,
      );
      return `${pascal(calledOf(field))} { ${fields.join(", ")} }`;
    }
    case "one-of":
      if (value.otherwise !== undefined) return text(String(given));
      return `${pascal(calledOf(field))}::${[...variantsOf(value.values as readonly string[])].find(([, one]) => one === given)?.[0] ?? ""}`;
    default:
      if (typeof given === "string") return text(given);
      if (typeof given !== "number") return String(given === true);
      return NUMBERS[numberKind(value)](given);
  }
}

/** The program's values for an event, from the contract's examples. */
export function exampleOf(event: PlanEvent): string {
  if (event.given.length === 0) return "";
  const fields = givenOf(event).map((field) =>
    event.example.includes(field.name) ? `${snake(field.words)}: ${writtenOf(field)}` : `${snake(field.words)}: None`,
  );
  return `&${pascal(event.words)} { ${fields.join(", ")} }`;
}
