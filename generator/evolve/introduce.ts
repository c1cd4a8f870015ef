import { CONSENT_MODELS } from "../language/consent/models.js";
import { isClosed } from "../language/types/compare-types.js";
import { eventBits, metricBits } from "../model/bits.js";
import type { FrozenContract } from "../model/frozen.js";
import { listed } from "./words.js";

/** Returns what a contract that is new as a whole means, in six lines, for whoever reviews it. */
export function introduce(contract: FrozenContract): readonly string[] {
  const { consent, destination, identifiers, events, metrics, common } = contract;
  const off = [consent.commands.disable?.run, consent.menu].filter((way) => way !== undefined);
  const on = CONSENT_MODELS[consent.model]?.until ?? "Nobody knows whether it is on";
  const switches = consent.order.flatMap(({ place, disableWhen }) =>
    disableWhen === undefined ? [] : [place.kind === "env" ? place.env : place.kind],
  );
  const ways = [...off.map((way) => `"${way}"`), ...new Set(switches)];
  const all = [...events, ...metrics];
  const fields = [...common, ...events.flatMap((event) => event.fields), ...metrics.flatMap(({ labels }) => labels)];
  const open = fields.filter(({ type }) => !isClosed(type) && type.identifier === undefined);
  const bits = Math.max(
    0,
    ...events.map((one) => eventBits(common, one).closed),
    ...metrics.map((metric) => metricBits(metric).closed),
  );
  const { operator, url, clientIp, retention, storedIn } = destination;
  return [
    `${on}${ways.length === 0 ? ", and there is no way to turn it off" : `; turned off by ${listed(ways)}`}.`,
    `Sent to ${url}, run by ${operator.name} (${operator.party} party)${storedIn === undefined ? "" : `, stored in ${storedIn}`}; the sender's address is ${clientIp.replaceAll("-", " ")}.`,
    identifiers.length === 0
      ? "No identifier."
      : `${listed(identifiers.map(({ name, identifies, resetBy }) => `${name} tells one ${identifies} from another${resetBy === undefined ? ", for ever" : ""}`))}.`,
    `Kept for ${retention?.raw ?? "a time that is not stated"}.`,
    `${all.length} ${metrics.length > 0 ? "metrics" : "events"} and ${fields.length} fields; open text in ${open.length === 0 ? "none" : listed([...new Set(open.map(({ wireName }) => wireName))])}.`,
    `One of them can carry ${bits.toFixed(1)} bits, identifiers and open texts apart.`,
  ];
}
