import { isKept } from "../../model/state-path.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** Checks that an identifier of another contract is there, and that none of both is the same by accident: they have one state file. */
export function identifiersUsed({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("identifiers", "consent")) return;
  const { consent, identifiers } = model;
  const taken = new Set(consent.stateFile?.keys.map(({ type }) => type.identifier));
  for (const identifier of identifiers) {
    const { name, use } = identifier;
    const tree = at(root, "identifiers", name);
    const place = at(tree, "use") ?? identifier.at;
    if (use !== undefined && (at(tree, "identifies") === undefined || consent.use === undefined))
      report.add("identifier-use-unknown", place, `${use} has no identifier "${name}" that could be used here.`, {
        hint: `Name the contract in consent: { use: … }. "${name}" must be there, be given by the program or random, and outlive the program; a hash is another one in each product.`,
      });
    else if (use === undefined && consent.use !== undefined && isKept(identifier) && taken.has(name))
      report.add(
        "identifier-shared-unsaid",
        identifier.at,
        `${consent.use} keeps a "${name}" in the same state file.`,
        {
          hint: `Give this one another name, or write { use: ${consent.use}, justification: WHY BOTH MAY BE LINKED }.`,
        },
      );
  }
}
