import { type Dialect, dialectWord, sqlField, sqlName, sqlText, tableName } from "../../emit/sql.js";
import { fragmentOf } from "../../model/fragments.js";
import type { Field, Model } from "../../model/model.js";

interface Shape {
  readonly event: string;
  readonly fields: readonly Field[];
}

/** A view per event, with a column per field. */
export function eventViews(model: Model, dialect: Dialect): readonly string[] {
  return [
    ...model.events.map((event) => {
      const shape = { event: event.wireName, fields: [...model.common, ...event.fields] };
      return fragmentOf(event, `event view ${dialect}`, () => view(shape, model, dialect));
    }),
    ...model.metrics.map(({ wireName, labels }) => view({ event: wireName, fields: labels }, model, dialect)),
  ];
}

function view({ event, fields }: Shape, model: Model, dialect: Dialect): string {
  const table = sqlName(tableName(model));
  const taken = new Set(fields.map((field) => field.wireName.toLowerCase()));
  const own = ["id", "time", ...(model.metrics.length > 0 ? ["value"] : [])].filter((column) => !taken.has(column));
  const columns = [...own, ...fields.map((field) => `${typed(field, dialect)} AS ${sqlName(field.wireName)}`)];
  const title = sqlName(`${model.product.replaceAll("-", "_")}_${event}`);
  const head = dialectWord(dialect).createView(title);
  return `${head}\nSELECT\n${columns.map((column) => `  ${column}`).join(",\n")}\nFROM ${table}\nWHERE event = ${sqlText(event)};`;
}

function typed(field: Field, dialect: Dialect): string {
  if (dialect === "sqlite") return sqlField(field.wireName, dialect);
  if (typeof field.example === "object") return `fields -> ${sqlText(field.wireName)}`;
  const value = sqlField(field.wireName, dialect);
  if (typeof field.example === "number") return `(${value})::numeric`;
  return typeof field.example === "boolean" ? `(${value})::boolean` : value;
}
