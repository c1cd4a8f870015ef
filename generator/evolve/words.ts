import { CONSENT_MODELS } from "../language/consent/models.js";
import { typeInWords } from "../language/types/comparison.js";
import type { FrozenContract, FrozenField } from "../model/frozen.js";
import { versionPlace } from "../model/versions.js";
import type { Finding, Impact } from "./finding.js";

/** @param name as people know it, where it stands in an object: `shape.models`. */
export function fieldInWords(field: FrozenField, name: string = field.wireName): string {
  const marks = [field.optional ? "may be left out" : "", field.nullable ? "may be null" : ""].filter(
    (mark) => mark !== "",
  );
  return `${name}: ${[typeInWords(field.type), ...marks].join(", ")}`;
}

/** Classes about the machine, or about what is behind the endpoint; everything else is about the wire. */
const onTheMachine = new Set(["default-on", "off-switch-removed"]);
const behindTheEndpoint = new Set(["retention-extended", "recipient-added", "purpose-changed", "promise-removed"]);

/** Returns the people that a change concerns. */
export function whoIsConcerned(id: string, event: string | undefined, contract: FrozenContract): string {
  if (onTheMachine.has(id)) return "everybody about whom nothing was reported because of it";
  const switched = CONSENT_MODELS[contract.consent.model]?.reports ?? "whose program sends it";
  return event === undefined ? `everybody ${switched}` : `everybody whose program reports "${event}" and ${switched}`;
}

/** Returns how people learn of what is new, with their program's next version. */
function toldAgain({ consent }: FrozenContract): string {
  if (consent.notice !== undefined) return "people who saw an older notice see it again first";
  return consent.ask.length > 0
    ? "people who were asked before are asked again first"
    : "a yes to an older list no longer counts";
}

/** Returns what clients that are already out there do about it. */
export function oldClients(
  id: string,
  { impact, needs }: Pick<Finding, "impact" | "needs">,
  before: FrozenContract,
  after: FrozenContract,
): string {
  const [old, now] = [before.schemaVersion, Math.max(after.schemaVersion, before.schemaVersion + 1)];
  if (old === 0) return "There are no older clients.";
  if (id === "support-removed") return `What clients ≤ v${old} send would no longer be accepted.`;
  if (onTheMachine.has(id)) return `Clients ≤ v${old} decide as before; from v${now} on, ${toldAgain(after)}.`;
  if (behindTheEndpoint.has(id))
    return `It also applies to what clients ≤ v${old} send, whose users were told otherwise: from v${now} on, ${toldAgain(after)}.`;
  if (id === "server-field-added") return `It is done from v${now} on, and not to what clients ≤ v${old} send.`;
  const untold = needs === "version and epoch" ? `; ${toldAgain(after)}` : "";
  const says: Record<Impact, string> = {
    more:
      needs === "nothing"
        ? "Old clients are not concerned."
        : versionPlace(after) === undefined
          ? `Only clients ≥ v${now} send it${untold}. Payloads bear no version, so the receiver can't tell v${old} from v${now}.`
          : `Only clients ≥ v${now} send it${untold}; v${old} is still refused it.`,
    less:
      needs === "nothing"
        ? "It holds for clients of every version."
        : `Clients ≤ v${old} go on as before and stay accepted; what the contract no longer has is discarded on arrival.`,
    same:
      needs === "nothing"
        ? "Old clients go on as before."
        : `Clients ≤ v${old} go on in the old way and stay accepted.`,
    docs: "Old clients are not concerned.",
    refused: `Clients ≤ v${old} would suffer, or be misread.`,
  };
  return says[impact];
}

/** `ci holds`, and what that means where the contract says so. */
export function factInWords({ fact, means }: { readonly fact: string; readonly means?: string }): string {
  return `${fact} holds${means === undefined ? "" : ` (${means})`}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** 36000000 → `10h`. Milliseconds in. */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return "no limit";
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
  ] as const;
  const [unit, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? (["ms", 1] as const);
  return `${ms / size}${unit}`;
}
