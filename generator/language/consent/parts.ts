import type { FrozenContract } from "../../model/frozen.js";
import type { Consent, ConsentPart, ConsentStep, Fact } from "../../model/model.js";
import { emptyWorld, type World } from "./places/define.js";
import { decide, type Verdict } from "./step.js";

type AnyConsent = FrozenContract["consent"];

export function partNamed<C extends AnyConsent>(consent: C, name: string): NonNullable<C["parts"]>[number] | undefined {
  return consent.parts?.find((part) => part.name === name);
}

/** The steps of the head and of all its parts. */
export function allSteps<C extends AnyConsent>({ order, parts = [] }: C): readonly C["order"][number][] {
  return [...order, ...parts.flatMap((part) => part.order)];
}

/** Every fact that something depends on, beside those that are steps themselves; with what it means, wherever that is said. */
export function factsBeside(consent: AnyConsent, more: readonly { readonly onlyWhere?: Fact }[] = []): readonly Fact[] {
  const asked = [...allSteps(consent), ...asksIn(consent), ...(consent.notice ? [consent.notice] : []), ...more];
  const all = asked.flatMap(({ onlyWhere }) => onlyWhere ?? []);
  return [
    ...new Map(all.map((one) => [one.fact, all.find(({ fact, means }) => fact === one.fact && means) ?? one])).values(),
  ];
}

/** The questions of the head and of all parts. */
export function asksIn<C extends AnyConsent>({
  ask,
  parts = [],
}: C): readonly (C["ask"][number] & { readonly part?: string })[] {
  return [...ask, ...parts.flatMap((part) => part.ask.map((question) => ({ ...question, part: part.name })))];
}

/** A part as a consent of its own: its steps, with the state file that all share. */
export function consentOf({ stateFile, builds: _, ...consent }: Consent, { model, order, ask }: ConsentPart): Consent {
  const { at, evaluated, commands } = consent;
  return { at, evaluated, commands, builds: [], model, order, ask, ...(stateFile === undefined ? {} : { stateFile }) };
}

/** All parts without which this one is off, each behind those that it needs itself; the one that is asked for stands last. */
export function withNeeded<C extends AnyConsent>(
  consent: C,
  name: string,
  seen: readonly string[] = [],
): readonly NonNullable<C["parts"]>[number][] {
  const part = partNamed(consent, name);
  if (part === undefined || seen.includes(name)) return [];
  const needed = part.needs.flatMap((need) => withNeeded(consent, need, [...seen, name]));
  return [...new Set([...needed, part])];
}

/** Returns what to name as the decision when a part that is needed is off. */
function byPart(name: string): string {
  return `part ${name}`;
}

/** The head first, whose no is final; then what is needed; then the part itself. */
export function decidePart(consent: Consent, name: string, world: World): Verdict {
  const head = decide(consent, world);
  if (!head.enabled) return head;
  const part = partNamed(consent, name);
  if (part === undefined) return head;
  const off = part.needs.find((need) => !decidePart(consent, need, world).enabled);
  return off === undefined ? decide(consentOf(consent, part), world) : { enabled: false, decidedBy: byPart(off) };
}

/** The same consent, where no stored yes counts: what is asked next decides. */
export function withoutStoredYes(consent: Consent): Consent {
  const silent = (order: readonly ConsentStep[]) =>
    order.map((step): ConsentStep => {
      const { enableWhen: _, ...rest } = step;
      return step.place.kind === "stored" ? rest : step;
    });
  const parts = consent.parts?.map((part) => ({ ...part, order: silent(part.order) }));
  return { ...consent, order: silent(consent.order), ...(parts === undefined ? {} : { parts }) };
}

/** Returns whether a part, or what belongs to none, is on by default. */
export function isOnByDefault(consent: Consent, name: string | undefined): boolean {
  const world = emptyWorld(consent);
  return (name === undefined ? decide(consent, world) : decidePart(consent, name, world)).enabled;
}
