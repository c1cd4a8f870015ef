import { GUARANTEES, type Guarantee, guaranteeWord } from "../../language/guarantees.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, itemsOf, textOf } from "../tree.js";
import type { Judged } from "./rule.js";

export function guarantees({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("guarantees", "consent", "delivery")) return;
  for (const item of itemsOf(at(root, "guarantees"))) {
    const name = textOf(item) as Guarantee;
    const reason = Object.hasOwn(GUARANTEES, name) ? guaranteeWord(name).contradicted?.(model) : undefined;
    if (reason !== undefined)
      report.add("guarantee-contradicted", item, `${name} is promised, but ${reason}.`, {
        hint: "Remove the guarantee, or change the key that contradicts it.",
      });
  }
}
