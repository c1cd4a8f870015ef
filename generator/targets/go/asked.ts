import { isMarker } from "../../language/consent/places/config.js";
import { asksOf } from "../../plan/asked.js";
import type { Plan, PlanStores } from "../../plan/plan.js";
import { type Code, call, literal } from "./code.js";
import { factOf } from "./gates.js";
import { plain, text } from "./literal.js";
import { answerOf, hasCommands } from "./steps.js";

type Line = readonly [name: string, value: Code | undefined];

/** Returns what is told and asked, and what a person types. */
export function askedOf(plan: Plan): readonly Line[] {
  const { consent } = plan;
  const { notice, answer } = consent;
  const questions = asksOf(plan);
  const asks = questions.length > 0;
  const commands = hasCommands(plan);
  const settings = consent.order.flatMap(({ place }) =>
    place.kind === "config" && !isMarker(place) ? [`{${text(place.config)}, ${text(place.key)}}`] : [],
  );
  return [
    ["tell", notice && "showNotice"],
    [
      "notice",
      notice &&
        `&notice{${[
          `message: ${text(notice.text)}`,
          `onto: ${text(notice.stream)}`,
          ...(notice.once ? ["once: true"] : []),
          ...(notice.sendsFrom === "next-run" ? ["nextRun: true"] : []),
          ...(notice.onlyWhere === undefined ? [] : [`concerns: ${factOf(notice.onlyWhere)}`]),
          ...stored(notice.stores),
        ].join(", ")}}`,
    ],
    ["epoch", notice || asks || commands ? String(consent.epoch) : undefined],
    ["answer", answer && (notice || asks || commands || consent.adopts) ? answerOf(answer) : undefined],
    [
      "offVariables",
      consent.offVariables.length > 0 && (asks || commands)
        ? literal("[]string", ...consent.offVariables.map(text))
        : undefined,
    ],
    ["settings", settings.length > 0 && commands ? literal("[]header", ...settings) : undefined],
    [
      "questions",
      asks
        ? literal(
            "[]question",
            ...questions.map(
              ([one, about]) =>
                `{${[
                  `where: ${text(one.where)}`,
                  `text: ${text(one.question)}`,
                  ...(one.needs.includes("terminal") ? ["terminal: true"] : []),
                  ...(one.needs.includes("stdin-not-redirected") ? ["notRedirected: true"] : []),
                  ...(one.needs.includes("not-ci") ? ["notCI: true"] : []),
                  ...(one.preselected === "accept" ? ["preselected: true"] : []),
                  ...(one.whenSkipped === "decline" ? ["declines: true"] : []),
                  ...(one.askAgain === "every-time" ? ["again: true"] : []),
                  ...(about === undefined ? [] : [`about: ${text(about)}`]),
                  ...(one.onlyWhere === undefined ? [] : [`only: ${factOf(one.onlyWhere)}`]),
                  ...stored(one.stores),
                ].join(", ")}}`,
            ),
          )
        : undefined,
    ],
    ...(commands ? commandsOf(plan) : []),
  ];
}

/** Statement by statement: gofmt would align what stands in one literal. */
function commandsOf({ consent }: Plan): readonly Line[] {
  return [
    ["called", consent.called === undefined ? undefined : text(consent.called)],
    ["commands", "map[string]command{}"],
    ...Object.entries(consent.commands).flatMap(([name, one]): readonly Line[] =>
      one === undefined
        ? []
        : [
            [
              `commands[${text(name)}]`,
              `command{${[
                `run: ${text(one.run)}`,
                ...(one.prints.length > 0 ? [`prints: []string{${one.prints.map(text).join(", ")}}`] : []),
                ...stored(one.stores),
              ].join(", ")}}`,
            ],
          ],
    ),
  ];
}

function stored(stores: PlanStores): readonly string[] {
  const entries = Object.entries(stores).map(([key, value]) => `{${text(key)}, ${plain(value)}}`);
  return entries.length === 0 ? [] : [`stores: object{${entries.join(", ")}}`];
}

export function forgetsOf({ consent: { forget } }: Plan): Code | undefined {
  if (forget === undefined) return undefined;
  const names = Object.entries(forget.names).map(([name, called]) => `header{${text(name)}, ${text(called)}}`);
  return call("forgetting", text(forget.path), ...names);
}
