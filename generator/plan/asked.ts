import type { Plan, PlanStep } from "./plan.js";

/** The questions of the whole, and of its parts. */
export function asksOf({
  consent,
}: Plan): readonly (readonly [Plan["consent"]["ask"][number], part: string | undefined])[] {
  return [
    ...consent.ask.map((ask) => [ask, undefined] as const),
    ...(consent.parts ?? []).flatMap(({ ask, name }) => ask.map((question) => [question, name] as const)),
  ];
}

/** Every step of consent: of the whole, and of its parts. */
export function stepsOf({ consent }: Plan): readonly PlanStep[] {
  return [...consent.order, ...(consent.parts ?? []).flatMap(({ order }) => order)];
}

/** Facts that something depends on, beside those that are steps themselves. */
export function factsBeside(plan: Plan): readonly string[] {
  const { notice } = plan.consent;
  const dependent = [
    ...stepsOf(plan),
    ...asksOf(plan).map(([ask]) => ask),
    ...(notice ? [notice] : []),
    ...plan.emitters,
  ].flatMap(({ onlyWhere }) => (onlyWhere === undefined ? [] : [onlyWhere.fact]));
  return [...new Set(dependent)];
}

/** Every fact that somebody has to tell or find out. */
export function factsOf(plan: Plan): readonly string[] {
  const decisive = stepsOf(plan).flatMap(({ place }) => (place.kind === "fact" ? [place.fact] : []));
  return [...new Set([...decisive, ...factsBeside(plan)])];
}
