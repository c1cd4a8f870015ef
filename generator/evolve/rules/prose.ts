import { allSteps, asksIn } from "../../language/consent/parts.js";
import { same } from "../../language/types/contains.js";
import type { FrozenContract, FrozenEvent, FrozenField, FrozenMetric } from "../../model/frozen.js";
import { justificationsOf } from "../../model/justifications.js";

export type Words = Readonly<Record<string, unknown>>;

/** Returns what only people read. Words by which data is judged are elsewhere; here they count only where the difference is typography. */
export function prose(contract: FrozenContract, released: number): Words {
  const { consent, delivery } = contract;
  return {
    title: contract.title,
    summary: contract.summary,
    contact: contract.contact,
    dashboards: contract.dashboards,
    open_questions: contract.openQuestions,
    retired: contract.retired?.why,
    history: contract.history.filter(({ version }) => version <= released),
    identifiers: contract.identifiers.flatMap(({ justification }) => justification ?? []),
    page: contract.programmes,
    no_switch: consent.none,
    notice: consent.notice?.text,
    ask: asksIn(consent).map(({ question }) => question),
    means: allSteps(consent).flatMap(({ place, onlyWhere }) => [
      ...("means" in place ? [place.means] : []),
      ...(onlyWhere?.means === undefined ? [] : [onlyWhere.means]),
    ]),
    parts: (consent.parts ?? []).flatMap(({ what }) => what ?? []),
    deleting_it: consent.stateFile?.deletingIt,
    debug_line: delivery.debug?.line,
    worker: contract.ingest.worker,
  };
}

/** Another type has another example. */
export function wordsOfField({ note, owner, example, type, why }: FrozenField, other: FrozenField): Words {
  return {
    note,
    owner,
    example: same(type.schema, other.type.schema) ? example : undefined,
    justification:
      justificationsOf(type)
        .map(({ text }) => text)
        .join(" ") || undefined,
    why,
  };
}

export function wordsOfEvent(event: FrozenEvent | FrozenMetric): Words {
  return {
    note: event.note,
    owner: event.owner,
    why: event.why,
    when: event.when,
    ...("value" in event ? { example: event.value.example, means: event.value.means } : {}),
  };
}
