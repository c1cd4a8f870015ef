import { inBrief } from "../../language/combine/index.js";
import { itemOf } from "../../plan/inside.js";
import type { Plan, PlanEmitter, PlanField, PlanRollup } from "../../plan/plan.js";
import { isCounting } from "./combined.js";
import { broken, type Face } from "./face.js";
import { snake } from "./names.js";
import { annotation, paramDoc, type Types } from "./types.js";

/** A rollup's grouping field: those that are given together elsewhere are parameters of their own here. */
export function groupName({ name }: PlanField): string {
  return snake(name.split(/[^A-Za-z0-9]+/).map((word) => word.toLowerCase()));
}

/** Counting by name, and a counter that is bound to one group for the paths that are hot. */
export function rollupFaces(
  _: Plan,
  one: Extract<PlanEmitter, { readonly kind: "rollup" }>,
  types: Types,
  data: string,
  doc: readonly string[],
): readonly Face[] {
  const given = one.by.filter(({ from }) => from.kind === "call");
  const required = given.filter(({ optional }) => !optional);
  const optional = given.filter((field) => field.optional);
  const called = groupName;
  const typed = (field: PlanField) => `${called(field)}: ${annotation(types.of(field, one.words), field.optional)}`;
  const failing = one.counters.some(({ counts }) => counts === "failed-calls");
  const amounts = one.counters.filter(({ counts }) => !isCounting(counts));
  const own = `_${data}`;
  const keeps = { name: own, type: one.plain ? "Rollup" : "Mixed" } as const;
  const loaded = [
    `global ${own}`,
    `if ${own} is None:`,
    "    from . import _contract",
    "",
    `    ${own} = _contract.${data}`,
  ];
  const row = `${own}.row(${one.by.map((field) => (field.from.kind === "call" ? called(field) : "None")).join(", ")})`;
  const group = [...required.map(typed), ...(optional.length > 0 ? ["*", ...optional.map(typed)] : [])];
  const counting = [
    ...required.map(typed),
    ...(failing ? ["ok: bool"] : []),
    ...(optional.length + amounts.length > 0
      ? [
          "*",
          ...optional.map(typed),
          ...amounts.map((amount) =>
            one.plain
              ? `${snake(amount.words)}: int = 0`
              : `${snake(amount.words)}: ${amountType(amount, types, one)} | None = None`,
          ),
        ]
      : []),
  ];
  const docs = given.flatMap((field) => paramDoc({ ...field, words: called(field).split("_") }));
  const counts = one.counters.map(({ name, counts }) => `\`${name}\`: ${inBrief(counts)}.`).join(" ");
  return [
    {
      name: snake(one.words),
      parameters: counting,
      returns: "None",
      doc: [
        ...doc.slice(0, -1),
        `Adds one call in memory. ${counts}`,
        "",
        ...docs,
        ...(failing ? [":param ok: Whether the call went well. One that did not is counted as failed, too."] : []),
      ],
      does: [
        ...loaded,
        ...(!one.plain
          ? broken(`${own}.combine(`, [row, failing ? "ok" : "True", tuple(amounts.map(({ words }) => snake(words)))])
          : [
              ...(amounts.length === 0
                ? [row.replace(".row(", `.count(${failing ? "ok" : "True"}, `).replace(", )", ")")]
                : [
                    `row = ${row}`,
                    ...(failing ? ["if ok:", "    row.ok()", "else:", "    row.error()"] : ["row.ok()"]),
                    `row.add(${tuple(amounts.map(({ words }) => snake(words)))})`,
                  ]),
            ]),
      ],
      keeps,
    },
    {
      name: snake(one.handle),
      parameters: group,
      returns: "Counter",
      doc: [
        `\`${snake(one.words)}\` bound to one group, which is looked up once: for paths where every nanosecond counts.`,
      ],
      does: [...loaded, `return ${row}`],
      twin: "Counter()",
      keeps,
    },
  ];
}

/** Returns what a caller gives of a value that is combined: of a set one of its members, of what is only told apart any text or number. */
function amountType(
  { counts, value, words }: PlanRollup["counters"][number],
  types: Types,
  { words: owner }: PlanRollup,
): string {
  if (counts === "count-distinct") return "str | float";
  return types.value(counts === "union" ? itemOf(value) : value, words, owner);
}

function tuple(items: readonly string[]): string {
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}
