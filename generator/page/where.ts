import {
  code,
  enumerate,
  type Inline,
  link,
  list,
  paragraph,
  plainText,
  prose,
  type Section,
  say,
  strong,
} from "../emit/document.js";
import { calledSink } from "../language/sinks/index.js";
import type { Model } from "../model/model.js";
import { notStated, period, value } from "./words.js";

/** Who receives it, where it is kept, for how long, who can read it, and how it is deleted. */
export function where(model: Model): Section {
  const { destination } = model;
  const { access, method = "POST", operator, retention, storedIn, url } = destination;
  const party = operator.party === "first" ? "the makers of this product (first party)" : "a third party";
  const facts: readonly (readonly [string, Inline])[] = [
    ["Received by", say`${operator.name}, ${party}`],
    ["Address", destination.namedBy === undefined ? code(`${method} ${url}`) : unnamed[destination.namedBy]],
    [
      "Another address",
      destination.override === undefined || destination.namedBy === "operator"
        ? destination.namedBy === "operator"
          ? "see above"
          : "none; this one is built in"
        : say`see ${link("#sending-it-elsewhere", "below")}`,
    ],
    ["Stored in", storedIn === undefined ? notStated : prose(storedIn)],
    ["Who can read it", access === undefined ? notStated : prose(access)],
    ["How long raw events are kept", retention?.raw === undefined ? notStated : prose(period(retention.raw))],
    [
      "How long aggregates are kept",
      retention?.aggregates === undefined ? notStated : prose(period(retention.aggregates)),
    ],
    ...Object.entries(retention?.tiers ?? {}).map(
      ([tier, time]) => [`How long it is kept in ${plainText(prose(tier))}`, prose(period(time))] as const,
    ),
    ["How to have it deleted", howDeleted(model)],
  ];
  return {
    title: "Where it goes",
    blocks: [list(facts.map(([label, fact]) => say`${strong(`${label}:`)} ${fact}`)), ...forwarding(model)],
    sections: override(model),
  };
}

const unnamed = {
  build: "none stands here: a release build names it. In a build that names none there is no telemetry.",
  operator: "none stands here: whoever runs the program names it, as said below. Until then there is no telemetry.",
} as const;

/** One command, where there is one: what it does is tested. */
function howDeleted({ consent, destination: { deletion } }: Model): Inline {
  const command = consent.commands.forget;
  if (command === undefined) return deletion === undefined ? notStated : prose(deletion);
  const more = deletion === undefined ? "" : say` ${prose(deletion)}`;
  return say`Run ${code(command.run)}. The receiver deletes everything that it has of this machine, what waits here is deleted, too, and there is a new identifier.${more}`;
}

function forwarding({ ingest }: Model) {
  const { forwardTo } = ingest;
  if (forwardTo === undefined) return [];
  const added = Object.entries(forwardTo.add).map(([key, given]) => say`${code(key)} = ${value(given)}`);
  const to = forwardTo.url === undefined ? "" : say`, at ${code(forwardTo.url)}`;
  const facts: readonly Inline[] = [
    ...(forwardTo.distinctId === undefined
      ? []
      : [say`What tells senders apart there is ${code(forwardTo.distinctId)}, and nothing else.`]),
    ...(added.length === 0 ? [] : [say`Added on the way: ${enumerate(added)}.`]),
    ...(forwardTo.secret === undefined
      ? []
      : [say`The key for it, ${code(forwardTo.secret)}, is known to the receiver alone.`]),
    ...(forwardTo.backendSettings.length === 0
      ? []
      : [say`Settings there: ${enumerate(forwardTo.backendSettings.map(prose))}.`]),
  ];
  return [
    paragraph(say`What is accepted is passed on to ${calledSink(forwardTo.sink)}${to}.`),
    ...(facts.length === 0 ? [] : [list(facts)]),
  ];
}

const rejected = {
  "use-default": "An address that is refused is ignored without a word, and the default is used.",
  "try-next": "An address that is refused is ignored without a word, and the next of these is tried.",
  disable: "With an address that is refused, nothing is sent at all.",
} as const;

function override({ destination }: Model): readonly Section[] {
  const { override } = destination;
  if (override === undefined) return [];
  const places = override.order.map((place) =>
    place.kind === "env"
      ? say`the environment variable ${code(place.env)}`
      : say`${code(place.key)} in ${code(place.config)}`,
  );
  const plain =
    override.httpAllowedFor.length === 0
      ? ""
      : say`, and, for trying things out, exactly ${enumerate(
          override.httpAllowedFor.map((host) => code(`http://${host}`)),
          "and",
        )}, on any port`;
  return [
    {
      title: "Sending it elsewhere",
      blocks: [
        paragraph(
          destination.namedBy === "operator"
            ? "Whoever runs the program names the address. The first of these that is set counts:"
            : "You can have it sent to another address, such as a self-hosted receiver. The first of these that is set counts:",
        ),
        list(places),
        paragraph(
          say`Only ${code("https://")} addresses are accepted${plain}; never one with a user name in it. ${rejected[override.whenRejected]} An empty value counts as not set.`,
        ),
      ],
    },
  ];
}
