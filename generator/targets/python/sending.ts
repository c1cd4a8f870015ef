import { isMarker } from "../../language/consent/places/config.js";
import { SECRET } from "../../model/salts.js";
import { asksOf } from "../../plan/asked.js";
import type { Plan, PlanCommand, PlanEmitter } from "../../plan/plan.js";
import { isCounting, linesData } from "./combined.js";
import { importLine, importsOf } from "./contract.js";
import { Call, docstring, type Literal, literal, Name } from "./literal.js";
import { matchData } from "./matches.js";
import { adoptedData, place } from "./steps.js";
import { drawnData, factData, fieldData, gateData, keptField, namesIn, settleData, valueData } from "./values.js";
import { wireData } from "./wire.js";

/** `_sending.py`: what is loaded when something is sent, asked or shown. */
export function printSending(plan: Plan): string {
  const data = new Call("Sending", [], {
    ...requestData(plan),
    ...identifiersData(plan),
    ...answersData(plan),
    settle: settleData(plan.common),
    ...askedData(plan),
    ...deliveryData(plan),
    called: Object.keys(plan.consent.commands).length === 0 ? undefined : plan.consent.called,
  });
  return [
    docstring([`What only sending, asking and the commands need of the contract of ${plan.product}.`], ""),
    "\nfrom __future__ import annotations\n\n",
    namesIn(data).includes("client") ? importLine("._contract", ["client"]) : "",
    importsOf([data]),
    `\nsending = ${literal(data, "", 10)}\n`,
  ].join("");
}

type Named = Readonly<Record<string, Literal>>;

/** Where requests go, and what they look like. */
function requestData(plan: Plan): Named {
  const { destination, delivery } = plan;
  const secrets = plan.wire.headers.flatMap((header) => (header.kind === "secret" ? [[header.name, header.env]] : []));
  return {
    url: destination.url,
    named_by: destination.namedBy,
    wire: wireData(plan),
    common: plan.common.map(fieldData),
    most_bytes: delivery.limits.body,
    most_events: delivery.limits.events,
    method: destination.method,
    url_fields: orNone(destination.urlFields.map(fieldData)),
    secrets: orNothing(Object.fromEntries(secrets)),
    override:
      destination.override &&
      new Call("Override", [
        destination.override.order.map((place) =>
          place.kind === "env" ? new Call("", [place.env, null]) : new Call("", [place.config, place.key]),
        ),
        destination.override.httpAllowedFor,
        destination.override.whenRejected,
      ]),
  };
}

/** What identifies, and what the state file may hold. */
function identifiersData({ identifiers, secret, state }: Plan): Named {
  return {
    identifiers: orNothing({
      ...Object.fromEntries(identifiers.map((identifier) => [identifier.name, identifierData(identifier)])),
      ...(secret && state ? { [SECRET]: secretData(state) } : {}),
    }),
    state_keys: state && Object.fromEntries(Object.entries(state.keys).map(([key, value]) => [key, valueData(value)])),
  };
}

/** How answers are kept, what is taken over from older clients, and what is deleted. */
function answersData({ consent, product }: Plan): Named {
  const { adopts, answer, epoch, forget, parts = [], queues } = consent;
  return {
    epoch: epoch === 1 ? undefined : epoch,
    answer: answer && answerData(answer),
    part_answers: orNothing(
      Object.fromEntries(parts.flatMap((part) => (part.answer ? [[part.name, answerData(part.answer)] as const] : []))),
    ),
    change_part: parts.some((part) => part.answer) ? new Name("change_part") : undefined,
    adopt:
      adopts &&
      new Call(
        "adopting",
        adopts.map((older) => adoptedData(product, older)),
      ),
    forget: forget && new Call("forgetting", [forget.path, forget.names]),
    queues: queues?.map((file) => place(product, file)),
  };
}

/** What people are told and asked, and what the commands print. */
function askedData(plan: Plan): Named {
  const { commands, notice, offVariables, order } = plan.consent;
  const settings = order.flatMap(({ place }) =>
    place.kind === "config" && !isMarker(place) ? [new Call("", [place.config, place.key])] : [],
  );
  const carriedOut = Object.entries(commands).flatMap(([name, command]) =>
    command ? [[name, commandData(command)] as const] : [],
  );
  return {
    off_variables: orNone(offVariables),
    settings: orNone(settings),
    notice:
      notice &&
      new Call("Notice", [notice.text, notice.stream], {
        once: notice.once,
        stores: notice.stores,
        next_run: notice.sendsFrom === "next-run" || undefined,
        only: notice.onlyWhere && factData(notice.onlyWhere),
      }),
    asks: orNone(asksOf(plan).map(([ask, part]) => questionData(ask, part))),
    commands: orNothing(Object.fromEntries(carriedOut)),
  };
}

function questionData(ask: Plan["consent"]["ask"][number], part: string | undefined): Call {
  return new Call("Ask", [ask.where, ask.question], {
    needs: ask.needs,
    preselected: ask.preselected === "accept",
    declines_when_skipped: ask.whenSkipped === "decline",
    stores: ask.stores,
    again: ask.askAgain === "every-time",
    only: ask.onlyWhere && factData(ask.onlyWhere),
    about: part === undefined ? undefined : new Call("asking", [part]),
  });
}

/** What waits in the queue, how often it is tried, and who hears of it. */
function deliveryData({ delivery, emitters }: Plan): Named {
  const { debug, queue } = delivery;
  return {
    kept: queue && orNothing(Object.fromEntries(emitters.flatMap(keptData))),
    reclaim_after: queue && queue.reclaimAfter / 1000,
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
  };
}

/** Returns what a line of the queue is held to again when it is sent. */
function keptData(emitter: PlanEmitter): readonly (readonly [name: string, Literal])[] {
  switch (emitter.kind) {
    case "event":
      return [
        [
          emitter.name,
          new Call("Kept", [emitter.fields.map(keptField)], {
            drawn: drawnData(emitter),
            gate: gateData(emitter),
            settle: settleData(emitter.fields, true),
          }),
        ],
      ];
    case "rollup": {
      const counters = emitter.counters.flatMap(({ name, counts, most }) =>
        emitter.plain || isCounting(counts) ? [[name, most ?? Number.MAX_SAFE_INTEGER] as const] : [],
      );
      return [
        [
          emitter.name,
          new Call("Kept", [emitter.by.map(keptField), Object.fromEntries(counters)], {
            period: emitter.per,
            lines: emitter.plain ? undefined : linesData(emitter),
            gate: gateData(emitter),
          }),
        ],
      ];
    }
    case "metric":
      return [];
    default:
      return emitter satisfies never;
  }
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
