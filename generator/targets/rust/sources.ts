import type { PlanField } from "../../plan/plan.js";
import { matches } from "./consent.js";
import type { Fit } from "./fields.js";
import { snake, text } from "./literal.js";
import { calledOf, type Named } from "./named.js";

/** Returns the place of a value that the program doesn't give; undefined where it does. */
export function sourceOf(field: Named): string | undefined {
  const { from } = field;
  const words = calledOf(field);
  switch (from.kind) {
    case "constant":
    case "call":
    case "setup":
    case "package-version":
    // Made when it is needed.
    case "identifier":
    case "each-event":
    case "now":
    case "sequence":
    case "process-start":
      return undefined;
    case "os":
    case "arch":
      return Object.keys(from.as ?? {}).length > 0 ? `${snake(words)}_here()` : nameOf(from.kind);
    case "schema-version":
      return field.value.is === "one-of" ? undefined : "SCHEMA_VERSION";
    case "env":
      return from.is === undefined ? `variable(${text(from.env)})` : `${snake(words)}_here()`;
    case "node-major":
    case "runtime-version":
    case "command":
      throw new Error(`a source that the Rust client doesn't know: ${from.kind}`);
    default:
      return from satisfies never;
  }
}

/** Its function, where it needs one of its own. */
export function sourceCode(field: Named): readonly (readonly [name: string, code: string])[] {
  const { from } = field;
  const name = `${snake(calledOf(field))}_here`;
  const put = (returns: string, code: string) =>
    [[name, `#[rustfmt::skip]\nfn ${name}() -> ${returns} {\n    ${code}\n}\n`]] as const;
  if (from.kind === "env" && from.is !== undefined) {
    const test = matches(from.is);
    return put("bool", `variable(${text(from.env)}).is_some_and(|${test.includes("value") ? "value" : "_"}| ${test})`);
  }
  if (from.kind !== "os" && from.kind !== "arch") return [];
  const others = Object.entries(from.as ?? {});
  if (others.length === 0) return [];
  const arms = others.map(([word, other]) => `        ${text(word)} => ${text(other)},\n`);
  return put("&'static str", `match ${nameOf(from.kind)} {\n${arms.join("")}        other => other,\n    }`);
}

/** The field as an entry, or nothing. */
export function sourceEntry(field: PlanField, fit: Fit, at: string): string {
  const name = text(field.name);
  const isText = field.from.kind === "env" && field.from.is === undefined;
  if (!field.optional) return `Some((${name}, ${fit.json(fit.taken(isText ? `&${at}?` : at))}))`;
  const option = isText ? `${at}.as_deref()` : `Some(${at})`;
  return `${fit.option(option)}.map(|it| (${name}, ${fit.json("it")}))`;
}

function nameOf(kind: "os" | "arch"): string {
  return kind === "os" ? "system_name()" : "processor_name()";
}
