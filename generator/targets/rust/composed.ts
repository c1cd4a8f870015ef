import type { PlanValue } from "../../plan/plan.js";
import { entriesCode } from "./entries.js";
import { type Fit, fitOf, type Printed } from "./fields.js";
import { text } from "./literal.js";
import { inner, type Named, within } from "./named.js";
import { grouped, valueType } from "./types.js";

/** The way a value is checked that holds others, is made of another, or may be null: at once to its JSON. */
export function composedFit(field: Named, by: string): Fit {
  const { lines, needs } = bodyOf(field, by);
  const type = plainType(valueType(field.value, field));
  const head = "#[rustfmt::skip]\n#[allow(clippy::unnecessary_wraps)]\n";
  const body = lines.map((line) => `    ${line}\n`).join("");
  return {
    taken: (given) => `${by}(${given})?`,
    option: (given) => `${given}.and_then(${by})`,
    json: (json) => json,
    text: (json) => `&bare_text(${json})`,
    each: by,
    needs: [...needs, [by, `${head}fn ${by}(given: ${type}) -> Option<String> {\n${body}}\n`]],
  };
}

interface Body {
  readonly lines: readonly string[];
  readonly needs: Printed;
}

function bodyOf(field: Named, by: string): Body {
  const { value } = field;
  const inside = (of: PlanValue, suffix = "") =>
    fitOf(within(field, of, ...(suffix === "" ? [] : [suffix])), `${by}_${suffix === "" ? "own" : suffix}`);
  switch (value.is) {
    case "or-null": {
      const own = inside(value.of);
      return { lines: [`given.map_or_else(|| Some(String::from("null")), ${own.each})`], needs: own.needs };
    }
    case "or-else": {
      const own = inside(value.of);
      return { lines: [`Some(${orElse(tried(own, "given"), value.otherwise)})`], needs: own.needs };
    }
    case "cut": {
      const own = inside(value.of);
      return { lines: [tried(own, `cut(given, ${value.most})`)], needs: own.needs };
    }
    case "hashed": {
      const own = inside(value.of);
      const clear = value.clear === undefined ? undefined : inside(value.clear, "clear");
      const shown =
        clear === undefined ? [] : [`if let Some(clear) = ${tried(clear, "given")} {`, "    return Some(clear);", "}"];
      return {
        lines: [...shown, `Some(${digestOf(value.keep, own.taken("given"))}.written())`],
        needs: [...own.needs, ...(clear?.needs ?? [])],
      };
    }
    case "list":
    case "items": {
      const item = inside(value.of, "item");
      const helper = { list: "list_of", items: "items_of" }[value.is];
      return { lines: [`${helper}(given.iter().copied().map(${item.each}), ${most(value.most)})`], needs: item.needs };
    }
    case "map": {
      const key = inside(value.keys, "key");
      const item = inside(value.of, "item");
      return {
        lines: [
          `let name = |key: ${typeIn(field, value.keys, "key")}| Some(String::from(${key.text(key.taken("key"))}));`,
          `let value = ${item.each.replace(/^\|it\|/, `|it: ${typeIn(field, value.of, "item")}|`)};`,
          `map_of(given.iter().copied().map(|(key, it)| (name(key), value(it))), ${most(value.most)})`,
        ],
        needs: [...key.needs, ...item.needs],
      };
    }
    case "object": {
      const { lines, needs } = entriesCode(
        value.fields.map((one) => inner(field, one)),
        () => undefined,
      );
      return { lines: [...lines, "Some(object_of(&fields))"], needs };
    }
    default:
      throw new Error(`a value that the Rust client doesn't know: ${value.is}`);
  }
}

/** A type as a function takes it. */
function plainType(type: string): string {
  return type.replaceAll("&'a ", "&").replaceAll("<'a>", "<'_>");
}

function typeIn(field: Named, value: PlanValue, suffix: string): string {
  return plainType(valueType(value, within(field, value, suffix)));
}

/** The converted value, as an option. */
function tried({ each, option, json }: Fit, given: string): string {
  const [, alone] = /^(\w+)\(it\)$/.exec(json("it")) ?? [];
  const written = alone ?? `|it| ${json("it")}`;
  return each.startsWith("|") ? `${option(`Some(${given})`)}.map(${written})` : `${each}(${given})`;
}

/** The value of an option, or this text; in one call where clippy wants it so. */
function orElse(made: string, otherwise: string): string {
  const other = `|| quoted(${text(otherwise)})`;
  const [, before] = /^(.*)\.map\(quoted\)$/.exec(made) ?? [];
  return before === undefined ? `${made}.unwrap_or_else(${other})` : `${before}.map_or_else(${other}, quoted)`;
}

function digestOf(keep: string, given: string): string {
  if (keep === "48 bits") return `number_digest(${given})`;
  return keep === "uuid" ? `uuid_digest(${given})` : `short_digest(${given}, ${Number.parseInt(keep, 10)})`;
}

function most(count: number | undefined): string {
  return count === undefined || count >= 2 ** 31 ? "usize::MAX" : grouped(count);
}
