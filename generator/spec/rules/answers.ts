import { holds } from "../../model/consent-table.js";
import type { Consent, ConsentStep } from "../../model/model.js";
import type { Report } from "../report.js";
import { at, entriesOf, itemsOf, type Tree, toJson } from "../tree.js";
import type { Judged } from "./rule.js";

type Says = "yes" | "no" | "something";

/**
 * A yes is stored as a yes and a no as a no, whatever else is stored with it; being asked is neither, and being told is no yes
 * where somebody has to opt in. And DO_NOT_TRACK only says no.
 */
export function answers({ model, root, whole }: Judged, report: Report): void {
  if (!whole("consent")) return;
  const consent = at(root, "consent");
  const steps = itemsOf(at(consent, "order"));
  model.consent.order.forEach(({ place, enableWhen }, index) => {
    const step = steps[index];
    if (place.kind !== "env" || place.env !== "DO_NOT_TRACK" || enableWhen === undefined || step === undefined) return;
    report.add("do-not-track-grants", at(step, "enable_when") ?? step, "DO_NOT_TRACK says no, and never yes.", {
      hint: "Remove enable_when: who sets it to 0 has not asked to be tracked.",
    });
  });
  const places: readonly (readonly [who: string, place: Tree | undefined, allowed: readonly Says[]])[] = [
    ["Turning it on", at(consent, "commands", "enable", "stores"), ["yes"]],
    ["Turning it off", at(consent, "commands", "disable", "stores"), ["no"]],
    [
      "The notice",
      at(consent, "notice", "stores"),
      model.consent.model === "opt-in" ? ["no", "something"] : ["yes", "no"],
    ],
    ...itemsOf(at(consent, "ask")).map((ask) => ["A question, whatever is answered,", at(ask, "stores"), []] as const),
  ];
  for (const [who, place, allowed] of places) {
    for (const [key, { value }] of entriesOf(place)) {
      const said = saidBy(key, toJson(value) as string | boolean, model.consent);
      if (said === undefined || allowed.includes(said)) continue;
      const read = { yes: "is read as yes", no: "is read as no", something: "is neither a yes nor a no" }[said];
      report.add(
        "answer-contradicted",
        value,
        `${who} would store ${key}: ${JSON.stringify(toJson(value))}, which ${read}.`,
        {
          hint: `Remove ${key} from stores: the answer itself is always stored.`,
        },
      );
    }
  }
}

/** How the first step that reads this key of the state file understands a value; nothing where none reads it. */
function saidBy(key: string, value: string | boolean, { order }: Consent): Says | undefined {
  const step: ConsentStep | undefined = order.find(({ place }) => place.kind === "stored" && place.key === key);
  if (step === undefined) return undefined;
  if (step.disableWhen !== undefined && holds(step.disableWhen, value)) return "no";
  return step.enableWhen !== undefined && holds(step.enableWhen, value) ? "yes" : "something";
}
