import { answerOf } from "../../language/consent/answer.js";
import { modeOf } from "../../model/delivery.js";
import { isKept } from "../../model/state-path.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf, type Tree } from "../tree.js";
import type { Judged } from "./rule.js";

/** Endings of other forms than JSON, in which what an older client left would always be unreadable, also its yes. */
const otherEnding = /\.(?:ya?ml|toml|ini|txt|cfg|conf|xml|properties|env|plist)$/i;

/** Checks that what older clients left can be kept here, and that this contract has what goes on of it. */
export function adopts({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "identifiers", "delivery")) return;
  const { consent, consentEpoch, identifiers, delivery } = model;
  const trees = itemsOf(at(root, "consent", "adopts"));
  const answer = answerOf({ consent });
  const editions = (tree: Tree | undefined) => {
    for (const [epoch, { key }] of entriesOf(at(tree, "epoch_from", "epochs")))
      if (Number(epoch) > consentEpoch)
        report.add("out-of-range", key, `There is no edition ${epoch} of the list: consent_epoch is ${consentEpoch}.`, {
          hint: `Write an edition of at most consent_epoch: ${consentEpoch}.`,
        });
  };
  editions(at(root, "consent"));
  const told = at(root, "consent", "epoch_from", "stored");
  const known = (consent.stateFile?.keys ?? []).map(({ key }) => key);
  if (told !== undefined && !known.includes(consent.epochFrom?.key ?? ""))
    report.add("unknown-state-key", told, `The state file has no key "${consent.epochFrom?.key}".`, {
      hint: known.length === 0 ? "Add a state_file with that key." : `Keys: ${known.join(", ")}.`,
    });
  for (const [index, one] of (consent.adopts ?? []).entries()) {
    const tree = trees[index] ?? root;
    if (answer?.yes === undefined || answer.no === undefined)
      report.add("answer-kept-nowhere", tree, "What an older client left is kept where no step looks.", {
        hint: "Add a step { stored: KEY } that can say yes and no, and its state_file.",
      });
    if (one.files.some((file) => file === consent.stateFile?.path))
      report.add("adopted-from-itself", at(tree, "from") ?? tree, "The state file can't take over its own content.", {
        hint: "Write a step in consent.order for it: the client already reads that file.",
      });
    const other = one.files.find((file) => otherEnding.test(file));
    if (other !== undefined)
      report.add(
        "config-form-unknown",
        at(tree, "from") ?? tree,
        `"${other}" is read as JSON here, and its ending says another form.`,
        { hint: `Read it by a step of consent.order: { config: "${other}", key: ${one.key} }.` },
      );
    for (const [name, { key }] of entriesOf(at(tree, "identifiers"))) {
      const identifier = identifiers.find((id) => id.name === name);
      if (identifier === undefined || !isKept(identifier) || identifier.madeFrom !== "random")
        report.add("unknown-identifier", key, `There is no identifier "${name}" that is kept.`, {
          hint: "Only an identifier that is made_from: random and outlives the process can be used.",
        });
    }
    editions(tree);
    if (one.queue !== undefined && !modeOf({ delivery }).waits)
      report.add(
        "exclusive-keys",
        at(tree, "queue") ?? tree,
        "sends_from needs a queue: only waiting events can be sent later.",
        {
          hint: "Remove queue, or choose delivery.mode: queued.",
        },
      );
  }
}
