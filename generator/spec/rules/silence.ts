import { WARNINGS } from "../../diagnostics/codes.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { type DiagnosticSink, diagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf, type MapTree, textOf } from "../tree.js";

/**
 * Takes out the warnings that the spec silences with a reason. One that silences nothing is itself reported. Errors stay.
 * @param today `2026-06-12`: a silence that ended before no longer holds. Absent: they all hold.
 */
export function withoutSilenced(
  found: readonly Diagnostic[],
  root: MapTree,
  report: DiagnosticSink,
  judgedAll: boolean,
  today = "",
): readonly Diagnostic[] {
  const silences = itemsOf(at(root, "silence")).flatMap((item) => {
    const place = at(item, "warning");
    const code = textOf(place);
    const until = textOf(at(item, "until"));
    return place === undefined || code === undefined || !WARNINGS.includes(code) ? [] : [{ code, place, until }];
  });
  const stale = diagnosticSink(report.file);
  const silenced = new Set<string>();
  for (const { code, place, until } of silences) {
    if (until !== undefined && today > until) {
      stale.add("silence-ended", place, `${code} was to be silent until ${until}.`, {
        hint: "Fix what it warns about, or give it a new date and a reason that still holds.",
      });
      continue;
    }
    if (silenced.has(code))
      stale.add("silence-stale", place, `${code} is silenced a second time.`, { hint: "Remove this entry." });
    // A rule that could not run because of an error says nothing about its warning.
    else if (judgedAll && !found.some((finding) => finding.code === code)) {
      stale.add("silence-stale", place, `Nothing here causes the warning ${code}.`, { hint: "Remove this entry." });
    }
    silenced.add(code);
  }
  return [...found.filter(({ code, severity }) => severity !== "warning" || !silenced.has(code)), ...stale.found];
}
