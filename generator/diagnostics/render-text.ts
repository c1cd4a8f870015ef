import type { Diagnostic, Span } from "./diagnostic.js";
import { lineStarts, positionOf } from "./position.js";
import { asShown, columnsOf, wrapLine } from "./terminal-text.js";

/** The width that is shown of a long line, where the terminal doesn't say how wide it is or is wider. */
const WIDEST = 120;

/** Narrower than this nothing is wrapped any further: one word per line helps nobody. */
const NARROWEST = 20;

interface Source {
  readonly text: string;
  readonly starts: readonly number[];
}

/**
 * Findings as people read them: where, what, the line with its place marked, and what to do.
 * @param sources file → text, for those whose lines can be shown.
 * @param width columns of the terminal; lines are wrapped to it. Not given: they are as long as they are.
 */
export function renderText(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  width?: number,
): string {
  return renderEach(diagnostics, sources, width).join("\n");
}

/** The same, each by itself. */
export function renderEach(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  width?: number,
): readonly string[] {
  const known = new Map(
    [...sources].map(([file, text]): [string, Source] => [file, { text, starts: lineStarts(text) }]),
  );
  return diagnostics.map((diagnostic) => renderOne(diagnostic, known, width && Math.max(width, NARROWEST)));
}

function renderOne(
  { code, severity, message, hint, span, related }: Diagnostic,
  sources: ReadonlyMap<string, Source>,
  width: number | undefined,
): string {
  const source = span && sources.get(span.file);
  const wrap = (line: string, indent: string) => wrapLine(line, width, indent);
  const lines = [
    ...wrap(`${span === undefined ? "" : `${place(span, source)} `}${severity} ${code}  ${asShown(message)}`, "    "),
    ...(span === undefined || source === undefined ? [] : frame(span, source, width ?? Number.POSITIVE_INFINITY)),
    ...(related ?? []).flatMap((other) =>
      wrap(`  see ${place(other.span, sources.get(other.span.file))}  ${asShown(other.message)}`, "      "),
    ),
    ...(hint === undefined ? [] : wrap(`  hint: ${asShown(hint)}`, "        ")),
  ];
  return `${lines.join("\n")}\n`;
}

/** `spec/events.yaml:9:15`. */
function place({ file, start }: Span, source: Source | undefined): string {
  if (source === undefined) return asShown(file);
  const { line, column } = positionOf(source.starts, start);
  return `${asShown(file)}:${line}:${column}`;
}

/** The line on which a span begins, as far as there is room for it, and carets below the part of the span that is on it. */
function frame({ start, end }: Span, { text, starts }: Source, width: number): readonly string[] {
  const { line, column } = positionOf(starts, start);
  const from = starts[line - 1] ?? 0;
  const full = /^[^\r\n]*/.exec(text.slice(from, from + 10 * WIDEST + column))?.[0] ?? "";
  if (full.trim() === "") return [];
  const number = String(line);
  const room = Math.min(WIDEST, width - `  ${number} | `.length - 1);
  // A third of the room for what stands before the place, where the line is too long.
  const skipped = column > room - Math.min(20, room / 2) ? Math.max(0, column - Math.ceil(room / 3)) : 0;
  const cut = full.length - skipped > room;
  const shown = asShown(full.slice(skipped > 0 ? skipped + 1 : 0, skipped + room));
  const before = asShown(full.slice(skipped > 0 ? skipped + 1 : 0, column - 1));
  const length = Math.max(1, Math.min(end - start, full.length - column + 1, skipped + room - column + 1));
  const marked = asShown(full.slice(column - 1, column - 1 + length));
  const gap = " ".repeat(number.length);
  const carets = "^".repeat(Math.max(1, columnsOf(marked)));
  const indent = " ".repeat(columnsOf(before) + (skipped > 0 ? 1 : 0));
  return [`  ${number} | ${skipped > 0 ? "…" : ""}${shown}${cut ? "…" : ""}`, `  ${gap} | ${indent}${carets}`];
}
