import type { Consent, Field } from "../../model/model.js";
import { example, holds, samples } from "./matches/index.js";
import { says } from "./step.js";

const USUAL = ["1", "0", "true", "false", "yes", "no", "other"];

/**
 * Returns what a field's variable holds where the field is true, or as its example says.
 * @returns undefined where nothing but what turns telemetry off makes it so.
 */
export function variableOf({ from, example: shown }: Field, { order }: Consent): string | undefined {
  if (from.kind !== "env") return undefined;
  const { env, is } = from;
  const all = is === undefined ? [shown] : [example(is), ...samples(is), ...USUAL];
  return all
    .map(String)
    .filter((value) => is === undefined || holds(is, value))
    .find(
      (value) =>
        !order.some((step) => step.place.kind === "env" && step.place.env === env && says(step, value) === "no"),
    );
}
