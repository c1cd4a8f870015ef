import { isMarker } from "../../language/consent/places/config.js";
import { leavingPaths } from "../../model/apart.js";
import type { Wire } from "../../model/model.js";
import { SECRET } from "../../model/salts.js";
import { apartIn, placedByName } from "../../model/wire.js";
import type { Plan, PlanCommand, PlanEmitter } from "../../plan/plan.js";
import { isCounting, linesData } from "./combined.js";
import { importLine, importsOf } from "./contract.js";
import { Call, docstring, type Literal, literal, Name } from "./literal.js";
import { matchData } from "./matches.js";
import { adoptedData } from "./steps.js";
import { drawnData, factData, fieldData, gateData, keptField, namesIn, settleData, valueData } from "./values.js";

/** `_sending.py`: what is loaded when something is sent, asked or shown. */
export function printSending(plan: Plan): string {
  const { consent, state, destination, delivery, identifiers } = plan;
  const settings = consent.order.flatMap(({ place }) =>
    place.kind === "config" && !isMarker(place) ? [new Call("", [place.config, place.key])] : [],
  );
  const { debug } = delivery;
  const data = new Call("Sending", [], {
    url: destination.url,
    named_by: destination.namedBy,
    wire: wireData(plan),
    common: plan.common.map(fieldData),
    most_bytes: delivery.limits.body,
    most_events: delivery.limits.events,
    method: destination.method,
    url_fields: orNone(destination.urlFields.map(fieldData)),
    secrets: orNothing(
      Object.fromEntries(plan.wire.headers.flatMap((one) => (one.kind === "secret" ? [[one.name, one.env]] : []))),
    ),
    override:
      destination.override &&
      new Call("Override", [
        destination.override.order.map((one) =>
          one.kind === "env" ? new Call("", [one.env, null]) : new Call("", [one.config, one.key]),
        ),
        destination.override.httpAllowedFor,
        destination.override.whenRejected,
      ]),
    identifiers: orNothing({
      ...Object.fromEntries(identifiers.map((one) => [one.name, identifierData(one)])),
      ...(plan.secret && state ? { [SECRET]: secretData(state) } : {}),
    }),
    state_keys: state && Object.fromEntries(Object.entries(state.keys).map(([key, value]) => [key, valueData(value)])),
    epoch: consent.epoch === 1 ? undefined : consent.epoch,
    answer: consent.answer && answerData(consent.answer),
    part_answers: orNothing(
      Object.fromEntries(
        (consent.parts ?? []).flatMap(({ name, answer }) => (answer ? [[name, answerData(answer)] as const] : [])),
      ),
    ),
    change_part: consent.parts?.some(({ answer }) => answer) ? new Name("change_part") : undefined,
    adopt:
      consent.adopts &&
      new Call(
        "adopting",
        consent.adopts.map((one) => adoptedData(plan.product, one)),
      ),
    forget: consent.forget && new Call("forgetting", [consent.forget.path, consent.forget.names]),
    settle: settleData(plan.common),
    off_variables: orNone(consent.offVariables),
    settings: orNone(settings),
    notice:
      consent.notice &&
      new Call("Notice", [consent.notice.text, consent.notice.stream], {
        once: consent.notice.once,
        stores: consent.notice.stores,
        next_run: consent.notice.sendsFrom === "next-run" || undefined,
        only: consent.notice.onlyWhere && factData(consent.notice.onlyWhere),
      }),
    asks: orNone(
      asksOf(plan).map(
        ([one, part]) =>
          new Call("Ask", [one.where, one.question], {
            needs: one.needs,
            preselected: one.preselected === "accept",
            declines_when_skipped: one.whenSkipped === "decline",
            stores: one.stores,
            again: one.askAgain === "every-time",
            only: one.onlyWhere && factData(one.onlyWhere),
            about: part === undefined ? undefined : new Call("asking", [part]),
          }),
      ),
    ),
    commands: orNothing(
      Object.fromEntries(
        Object.entries(consent.commands).flatMap(([name, one]) => (one ? [[name, commandData(one)]] : [])),
      ),
    ),
    kept: delivery.queue && orNothing(Object.fromEntries(plan.emitters.flatMap(keptData))),
    reclaim_after: delivery.queue && delivery.queue.reclaimAfter / 1000,
    puts_back: orNone(delivery.putsBack ?? []),
    attempts: delivery.attempts > 1 ? delivery.attempts : undefined,
    debug:
      debug &&
      new Call("Debug", [
        debug.env,
        matchData(debug.when),
        debug.shows,
        debug.level,
        debug.stream,
        ...(debug.line === undefined ? [] : [debug.line]),
      ]),
    log_failures: delivery.onFailure === "log" ? delivery.logLevel : undefined,
    most_answer: delivery.answer,
    called: Object.keys(consent.commands).length === 0 ? undefined : consent.called,
  });
  return [
    docstring([`What only sending, asking and the commands need of the contract of ${plan.product}.`], ""),
    "\nfrom __future__ import annotations\n\n",
    namesIn(data).includes("client") ? importLine("._contract", ["client"]) : "",
    importsOf([data]),
    `\nsending = ${literal(data, "", 10)}\n`,
  ].join("");
}

/** Returns what a line of the queue is held to again when it is sent. */
function keptData(one: PlanEmitter): readonly (readonly [name: string, Literal])[] {
  switch (one.kind) {
    case "event":
      return [
        [
          one.name,
          new Call("Kept", [one.fields.map(keptField)], {
            drawn: drawnData(one),
            gate: gateData(one),
            settle: settleData(one.fields, true),
          }),
        ],
      ];
    case "rollup": {
      const counters = one.counters.flatMap(({ name, counts, most }) =>
        one.plain || isCounting(counts) ? [[name, most ?? Number.MAX_SAFE_INTEGER] as const] : [],
      );
      return [
        [
          one.name,
          new Call("Kept", [one.by.map(keptField), Object.fromEntries(counters)], {
            period: one.per,
            lines: one.plain ? undefined : linesData(one),
            gate: gateData(one),
          }),
        ],
      ];
    }
    case "metric":
      return [];
    default:
      return one satisfies never;
  }
}

/** The questions of the whole, and of its parts. */
export function asksOf({ consent }: Plan) {
  return [
    ...consent.ask.map((one) => [one, undefined] as const),
    ...(consent.parts ?? []).flatMap(({ ask, name }) => ask.map((one) => [one, name] as const)),
  ];
}

function answerData({ key, yes, no }: NonNullable<Plan["consent"]["answer"]>): Call {
  return new Call("", [key, yes ?? null, no ?? null]);
}

/** Returns what hashes are salted with: made when it is first needed, and shown to nobody. */
function secretData({ keys }: NonNullable<Plan["state"]>): Call {
  const form = keys[SECRET];
  return new Call("Identifier", ["random", "first-send", form === undefined ? null : valueData(form)], {
    hidden: true,
  });
}

function orNone(list: readonly Literal[]): Literal {
  return list.length === 0 ? undefined : list;
}

function orNothing(map: Readonly<Record<string, Literal>>): Literal {
  return Object.keys(map).length === 0 ? undefined : map;
}

function commandData({ run, prints, stores }: PlanCommand): Call {
  return new Call("Command", [run], { prints: orNone(prints), stores: orNothing(stores) });
}

function identifierData({
  key,
  madeFrom,
  created,
  value,
  hash,
  drawn,
  inCi,
  resetBy,
}: Plan["identifiers"][number]): Call {
  return new Call("Identifier", [madeFrom, created, valueData(value)], {
    hash_of: hash?.of,
    keep: hash?.keep,
    least: value.is === "integer" ? value.least || undefined : undefined,
    most: value.is === "integer" ? (value.most ?? 2 ** 48) : undefined,
    drawn: drawn?.map(({ of, times }) => new Call("", [of, times])),
    reset_by: resetBy,
    key,
    in_ci: inCi && (inCi.text === undefined ? [] : [inCi.text]),
  });
}

/** The request as it is drawn: plain data, that one interpreter reads. */
function wireData({ wire }: Plan): Literal {
  const headers = wire.headers.flatMap((one) => (one.kind === "picture" ? [[one.name, one.picture] as const] : []));
  return {
    ...wire,
    headers: headers.length === 0 ? undefined : Object.fromEntries(headers),
    placed: wire.format === "prometheus-text" ? undefined : placedByName(wire as Wire),
    apart: apartData(wire as Wire),
  } as Literal;
}

/** What makes a set as it is drawn, where something inside its objects has a place of its own. */
function apartData(wire: Wire): Literal {
  const sets = (["common", "fields"] as const).flatMap((of) => {
    const apart = apartIn(wire, of);
    return apart === undefined ? [] : [{ of, ...apart }];
  });
  if (sets.length === 0) return undefined;
  const places = sets.map(({ of, places }) => [
    of,
    Object.fromEntries(places.toReversed().map(({ name, path }) => [name, path])),
  ]);
  const emptied = sets.map(({ of, emptied }) => [of, leavingPaths({ places: [], emptied })]);
  return new Call("apart", [Object.fromEntries(places), Object.fromEntries(emptied)]);
}
