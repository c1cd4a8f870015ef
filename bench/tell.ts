import { appendFileSync } from "node:fs";

export type Cell = string | number;

/** A claim about a figure of this run. */
export interface Goal {
  readonly claim: string;
  /** The measured value; NaN: it could not be. */
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const absent = new Map<string, string>();

/** A peer that can't run here is named below every table that has it: no figure from elsewhere stands in for it. */
export function couldNotRun(name: string, why: string): void {
  absent.set(name, why.replace(/\s+/g, " ").trim());
}

export function isAbsent(name: string): boolean {
  return absent.has(name);
}

/** Prints a table and its goals, and keeps both for RESULTS.md when the whole yardstick runs. */
export function tell(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  goals: readonly Goal[] = [],
): void {
  const missing = rows.flatMap(([name]) =>
    absent.has(`${name}`) ? [`- could not be run here: ${name} (${absent.get(`${name}`)})`] : [],
  );
  const below = [...missing, ...goals.map(verdict)].join("\n");
  const text = [`### ${title}`, table(columns, rows), below].filter(Boolean).join("\n\n");
  console.log(`${text}\n`);
  const results = process.env["BENCH_RESULTS"];
  if (results) appendFileSync(results, `${text}\n\n`);
}

/** Says in place of a table why there is none. */
export function tellAbsent(title: string, why: string): void {
  tell(title, ["not measured"], [[why]]);
}

export function verdict({ claim, value, atMost = Infinity, atLeast = -Infinity }: Goal): string {
  const goal = atMost < Infinity ? `≤ ${atMost}` : `≥ ${atLeast}`;
  if (Number.isNaN(value)) return `- not measured: ${claim} (goal ${goal})`;
  return `- ${value <= atMost && value >= atLeast ? "reached" : "**missed**"}: ${claim}: ${exact(value)} (goal ${goal})`;
}

export function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns, ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? round(cell) : cell)))];
  const widths = columns.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const print = (line: readonly string[]) =>
    `| ${widths.map((width, at) => (at === 0 ? (line[at] ?? "").padEnd(width) : (line[at] ?? "").padStart(width))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [print(lines[0] ?? []), print(rule), ...lines.slice(1).map(print)].join("\n");
}

/** A digit more than in tables: what is just missed must not look like its goal. */
function exact(value: number): string {
  return Math.abs(value) < 100 ? String(Number(value.toPrecision(3))) : round(value);
}

/** Three significant digits at most; never a power. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}
