import type { DiagnosticSink } from "../diagnostic-sink.js";
import type { Tree } from "../tree.js";
import type { Judged } from "./rule.js";

/** Marks that a draft left for a person to decide. A text that merely mentions TODOs isn't one. */
const open = /^TODO(?![\w-])|\bTODO\.invalid\b/;

/** A draft becomes a contract once each of its questions is answered. */
export function todo({ root }: Judged, report: DiagnosticSink): void {
  const look = (tree: Tree): void => {
    if (tree.kind === "map") for (const { value } of tree.entries.values()) look(value);
    else if (tree.kind === "list") tree.items.forEach(look);
    else if (typeof tree.value === "string" && open.test(tree.value))
      report.add("todo-left", tree, "This is not decided yet.", { hint: "Replace TODO with your decision." });
  };
  look(root);
}
