import { partNamed } from "../../language/consent/parts.js";
import type { Ask, Consent, ConsentStep, Fact } from "../../model/model.js";
import type { DiagnosticSink, TextSpan } from "../diagnostic-sink.js";
import type { Judged } from "./rule.js";

/** The fact that is never so where a question is put that needs this. */
const EXCLUDED = {
  terminal: "no-terminal",
  "not-ci": "ci",
  // With error output redirected there is no terminal either, and a program may ask in a way of its own.
  "stdin-not-redirected": undefined,
} as const satisfies Record<Ask["needs"][number], string | undefined>;

const STEP_AWAY = "Remove only_where here, or the step of consent that reads the same fact.";

/** `only_where`: checks that what counts only where a fact is so isn't ruled out by just that fact. */
export function countsNowhere({ model, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent") || model.consent.none !== undefined) return;
  const { consent } = model;
  for (const { at, onlyWhere, part, wireName } of [...model.events, ...model.metrics])
    if (isOffWhere(stepsBefore(consent, part), onlyWhere))
      report.add(
        "never-sent",
        at,
        `"${wireName}" is sent only where ${onlyWhere?.fact} is so, and there nothing is sent.`,
        {
          hint: STEP_AWAY,
        },
      );
  const orders = [
    { before: [], ...consent },
    ...(consent.parts ?? []).map((part) => ({ before: consent.order, ...part })),
  ];
  for (const { ask, before, order } of orders) {
    for (const [index, step] of order.entries())
      nowhere("This step counts", step, [...before, ...order.slice(0, index)], report);
    for (const one of ask) {
      nowhere("This question is put", one, [...before, ...order], report);
      contradicted(one, report);
    }
  }
  if (consent.notice) nowhere("The notice is shown", consent.notice, consent.order, report);
}

function stepsBefore(consent: Consent, part: string | undefined): readonly ConsentStep[] {
  return [...consent.order, ...(part === undefined ? [] : (partNamed(consent, part)?.order ?? []))];
}

/** True if one of these steps says no wherever this is so. */
function isOffWhere(steps: readonly ConsentStep[], fact: Fact | undefined): boolean {
  return (
    fact !== undefined &&
    steps.some(({ place, onlyWhere }) => place.kind === "fact" && place.fact === fact.fact && onlyWhere === undefined)
  );
}

function nowhere(
  what: string,
  { at, onlyWhere }: { readonly at: TextSpan; readonly onlyWhere?: Fact },
  before: readonly ConsentStep[],
  report: DiagnosticSink,
): void {
  if (isOffWhere(before, onlyWhere))
    report.add("counts-nowhere", at, `${what} only where ${onlyWhere?.fact} is so, and there nothing is sent.`, {
      hint: STEP_AWAY,
    });
}

function contradicted({ at, needs, onlyWhere }: Ask, report: DiagnosticSink): void {
  const need = needs.find((one) => EXCLUDED[one] !== undefined && EXCLUDED[one] === onlyWhere?.fact);
  if (need !== undefined)
    report.add(
      "counts-nowhere",
      at,
      `This question is put only where ${onlyWhere?.fact} is so, and needs ${need}: nobody is ever asked.`,
      { hint: `Remove only_where, or ${need} from needs.` },
    );
}
