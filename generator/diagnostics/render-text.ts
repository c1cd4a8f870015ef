import type { Diagnostic, Span } from "./diagnostic.js";
import { lineStarts, positionOf } from "./position.js";

/** How much of a long line is shown. */
const WIDEST = 120;

interface Source {
  readonly text: string;
  readonly starts: readonly number[];
}

/**
 * Findings as people read them: where, what, the line with its place marked, and what to do.
 * @param sources file → text, for those whose lines can be shown.
 */
export function renderText(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): string {
  const known = new Map(
    [...sources].map(([file, text]): [string, Source] => [file, { text, starts: lineStarts(text) }]),
  );
  return diagnostics.map((diagnostic) => renderOne(diagnostic, known)).join("\n");
}

function renderOne(
  { code, severity, message, hint, span, related }: Diagnostic,
  sources: ReadonlyMap<string, Source>,
): string {
  const source = span && sources.get(span.file);
  const lines = [
    `${span === undefined ? "" : `${place(span, source)} `}${severity} ${code}  ${visible(message)}`,
    ...(span === undefined || source === undefined ? [] : frame(span, source)),
    ...(related ?? []).map(
      (other) => `  see ${place(other.span, sources.get(other.span.file))}  ${visible(other.message)}`,
    ),
    ...(hint === undefined ? [] : [`  hint: ${visible(hint)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** `spec/events.yaml:9:15`. */
function place({ file, start }: Span, source: Source | undefined): string {
  if (source === undefined) return file;
  const { line, column } = positionOf(source.starts, start);
  return `${file}:${line}:${column}`;
}

/** The line on which a span begins, and carets below the part of the span that is on it. */
function frame({ start, end }: Span, { text, starts }: Source): readonly string[] {
  const { line, column } = positionOf(starts, start);
  const from = starts[line - 1] ?? 0;
  const full = /^[^\r\n]*/.exec(text.slice(from, from + 10 * WIDEST + column))?.[0] ?? "";
  if (full.trim() === "") return [];
  const skipped = column > WIDEST - 20 ? column - 40 : 0;
  const cut = full.length - skipped > WIDEST;
  const shown = `${skipped > 0 ? "…" : ""}${visible(full.slice(skipped > 0 ? skipped + 1 : 0, skipped + WIDEST))}${cut ? "…" : ""}`;
  const length = Math.max(1, Math.min(end - start, full.length - column + 1, skipped + WIDEST - column + 1));
  const number = String(line);
  const gap = " ".repeat(number.length);
  return [`  ${number} | ${shown}`, `  ${gap} | ${" ".repeat(column - 1 - skipped)}${"^".repeat(length)}`];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys them, so they are looked for and replaced.
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One column for each character, and nothing that a terminal would obey. */
function visible(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(OBEYED, "\ufffd");
}
