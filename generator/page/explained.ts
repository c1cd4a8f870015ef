import { allSteps, asksIn } from "../language/consent/parts.js";
import type { Fact, Model } from "../model/model.js";

type Told = { readonly onlyWhere?: Fact };

/** The same contract with each fact's meaning wherever it is named: a contract says it once, and the page says it every time. */
export function explained(model: Model): Model {
  const { consent, events, metrics } = model;
  const { notice, order, parts } = consent;
  const facts: readonly Fact[] = [
    ...allSteps(consent).flatMap(({ place }) => (place.kind === "fact" ? [place] : [])),
    ...[...allSteps(consent), ...asksIn(consent), ...(notice ? [notice] : []), ...events, ...metrics].flatMap(
      ({ onlyWhere }: Told) => onlyWhere ?? [],
    ),
  ];
  const said = new Map(facts.flatMap(({ fact, means }) => (means === undefined ? [] : [[fact, means] as const])));
  if (said.size === 0) return model;
  const meant = <F extends Fact>(one: F): F => {
    const means = one.means ?? said.get(one.fact);
    return means === undefined ? one : { ...one, means };
  };
  const told = <One extends Told>(one: One): One =>
    one.onlyWhere === undefined ? one : { ...one, onlyWhere: meant(one.onlyWhere) };
  const steps = (all: typeof order) =>
    all.map((step) => told("fact" in step.place ? { ...step, place: meant(step.place) } : step));
  return {
    ...model,
    events: events.map(told),
    metrics: metrics.map(told),
    consent: {
      ...consent,
      order: steps(order),
      ask: consent.ask.map(told),
      ...(notice === undefined ? {} : { notice: told(notice) }),
      ...(parts === undefined
        ? {}
        : { parts: parts.map((part) => ({ ...part, order: steps(part.order), ask: part.ask.map(told) })) }),
    },
  };
}
