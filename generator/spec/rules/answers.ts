import { allSteps } from "../../language/consent/parts.js";
import { says } from "../../language/consent/step.js";
import type { Consent, ConsentStep, Scalar } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf, type Tree, toJson } from "../tree.js";
import { ordersIn } from "./parts.js";
import type { Judged } from "./rule.js";

type Says = "yes" | "no" | "something";

/**
 * A yes is stored as a yes and a no as a no, whatever else is stored with it; being asked or told is neither. And DO_NOT_TRACK only says no.
 */
export function answers({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent")) return;
  const consent = at(root, "consent");
  const [{ steps } = { steps: [] }] = ordersIn(model, root);
  model.consent.order.forEach(({ place, enableWhen }, index) => {
    const step = steps[index];
    if (place.kind !== "env" || place.env !== "DO_NOT_TRACK" || enableWhen === undefined || step === undefined) return;
    report.add("do-not-track-grants", at(step, "enable_when") ?? step, "DO_NOT_TRACK can only say no.", {
      hint: "Remove enable_when: setting it to 0 is not a request to be tracked.",
    });
  });
  const places: readonly (readonly [who: string, place: Tree | undefined, allowed: readonly Says[]])[] = [
    ["Turning it on", at(consent, "commands", "enable", "stores"), ["yes"]],
    ["Turning it off", at(consent, "commands", "disable", "stores"), ["no"]],
    ["The notice", at(consent, "notice", "stores"), isToldApart(model.consent) ? ["yes", "something"] : ["something"]],
    ...[consent, ...(model.consent.parts ?? []).map(({ name }) => at(consent, "parts", name))].flatMap((one) =>
      itemsOf(at(one, "ask")).map((ask) => ["A question, whatever the answer,", at(ask, "stores"), []] as const),
    ),
  ];
  for (const [who, place, allowed] of places) {
    for (const [key, { value }] of entriesOf(place)) {
      const said = saidBy(key, toJson(value) as Scalar, model.consent);
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

/**
 * Nobody answers by being told. Where it is on anyway a notice may note the yes that holds, if something else that it notes, and
 * that no answer does, tells it from one: the client takes it for no answer then.
 */
function isToldApart({ model, notice, order, ask, commands }: Consent): boolean {
  const answers = [...ask, commands.enable, commands.disable].flatMap((one) => one?.stores ?? []);
  const asked = (key: string) => order.some(({ place }) => place.kind === "stored" && place.key === key);
  return (
    model === "opt-out" &&
    (notice?.stores ?? []).some(
      (mark) => !asked(mark.key) && !answers.some(({ key, value }) => key === mark.key && value === mark.value),
    )
  );
}

/** Returns how the first step that reads this key of the state file understands a value; nothing where none reads it. */
function saidBy(key: string, value: Scalar, consent: Consent): Says | undefined {
  const step: ConsentStep | undefined = allSteps(consent).find(
    ({ place }) => place.kind === "stored" && place.key === key,
  );
  if (step === undefined) return undefined;
  return says(step, value) ?? "something";
}
