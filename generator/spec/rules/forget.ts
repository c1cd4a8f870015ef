import { sinkName, sinkNames, sinks } from "../../language/sinks/index.js";
import { forgettableFields } from "../../model/forget.js";
import { distinctField } from "../../model/told-by.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at } from "../tree.js";
import type { Judged } from "./rule.js";

/** A command that has everything deleted must be able to. */
export function forget({ model, root, whole }: Judged, report: DiagnosticSink): void {
  const command = at(root, "consent", "commands", "forget");
  if (command === undefined || !whole("consent", "identifiers", "destination", "ingest", "common", "events", "metrics"))
    return;
  const problem = (message: string, hint: string) => report.add("forget-impossible", command, message, { hint });
  const fields = forgettableFields(model);
  const { destination, ingest } = model;
  const sink = sinkName(model);
  if (fields.length === 0)
    problem(
      "Nothing that is sent identifies this machine, so its reports can't be found.",
      "Remove the command, or send an identifier that is random and kept.",
    );
  const shared = model.identifiers.filter(({ sharedWith = [] }) => sharedWith.length > 0).map(({ name }) => name);
  const linked = fields.filter(({ type }) => shared.includes(type.identifier ?? ""));
  if (linked.length > 0)
    problem(
      `Another contract sends "${linked[0]?.wireName}", too, to a receiver that this command doesn't ask.`,
      "Describe under destination.deletion how both are asked, or give that contract an identifier of its own.",
    );
  if (!model.consent.order.some(({ place }) => place.kind === "stored"))
    problem("The client stores no answer, so it has no command.", "Add a step { stored: KEY } and its state_file.");
  if (destination.operator.party !== "first" || ingest.operatedBy !== undefined)
    problem(
      "The receiver is somebody else's, and may not know how to forget.",
      "Describe under destination.deletion how it is asked.",
    );
  if (!sinks[sink].forgets)
    problem(
      `The sink ${sink} can't delete the reports of one machine.`,
      `These can: ${sinkNames.filter((name) => sinks[name].forgets).join(", ")}.`,
    );
  if (sink === "posthog" && !fields.some(({ wireName }) => wireName === distinctField(model)))
    problem("PostHog deletes by distinct_id alone.", "Name the identifier as ingest.forward_to.distinct_id.");
  if (ingest.rateLimit === undefined)
    problem("Without a limit, anybody could try one identifier after another.", "Add ingest.rate_limit.");
}
