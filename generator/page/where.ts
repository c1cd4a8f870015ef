import { code, enumerate, type Inline, link, paragraph, prose, type Section, say } from "../emit/document.js";
import { calledSink } from "../language/sinks/index.js";
import { placesInPath } from "../model/in-path.js";
import type { Model } from "../model/model.js";
import { inOneLine, labelled, value } from "./words.js";

/** Returns where it is kept, who can read it, and how it is deleted. Who receives it, and for how long, stands on the first screen. */
export function where(model: Model): Section {
  const { access, namedBy, override: elsewhere, storedIn } = model.destination;
  const facts: readonly (readonly [label: string, fact: Inline | undefined, open: string])[] = [
    ["Stored in", storedIn === undefined ? undefined : prose(storedIn), "where it is stored"],
    ["Who can read it", access === undefined ? undefined : prose(access), "who can read it"],
    ["How to have it deleted", howDeleted(model), "how to have it deleted"],
    ...(elsewhere === undefined || namedBy === "operator"
      ? [["Another address", namedBy === undefined ? "none; this one is built in" : "none", ""] as const]
      : []),
  ];
  const open = facts.flatMap(([, fact, open]) => (fact === undefined ? [open] : []));
  const said = facts.flatMap(([label, fact]) => (fact === undefined ? [] : [[label, fact] as const]));
  return {
    title: "Where it goes",
    blocks: [
      inOneLine(
        [...said, ...(open.length === 0 ? [] : [["Not stated", enumerate(open, "and")] as const])].map(labelled),
      ),
      ...forwarding(model),
    ],
    sections: override(model),
  };
}

/** One command, where there is one: what it does is tested. */
function howDeleted({ consent, destination: { deletion, retention } }: Model): Inline | undefined {
  const command = consent.commands.forget;
  if (command === undefined) return deletion === undefined ? undefined : prose(deletion);
  const more = deletion === undefined ? "" : say` ${prose(deletion)}`;
  const kept = [
    ...(retention?.aggregates === undefined ? [] : ["aggregates"]),
    ...Object.keys(retention?.tiers ?? {}).map((tier) => prose(tier)),
  ];
  const but =
    kept.length === 0 ? "" : say` That doesn't reach ${enumerate(kept, "and")}: see ${link("#in-short", "in short")}.`;
  return say`Run ${code(command.run)}. The receiver deletes all that it has of this machine, what waits here is deleted too, and this machine gets a new identifier.${but}${more}`;
}

function forwarding({ ingest }: Model) {
  const { forwardTo } = ingest;
  if (forwardTo === undefined) return [];
  const added = Object.entries(forwardTo.add).map(([key, given]) => say`${code(key)} = ${value(given)}`);
  const to = forwardTo.url === undefined ? "" : say`, at ${code(forwardTo.url)}`;
  const facts: readonly Inline[] = [
    ...(forwardTo.distinctId === undefined ? [] : [say`Only ${code(forwardTo.distinctId)} tells senders apart there.`]),
    ...(added.length === 0 ? [] : [say`Added on the way: ${enumerate(added)}.`]),
    ...(forwardTo.secret === undefined ? [] : [say`Only the receiver has the key, ${code(forwardTo.secret)}.`]),
    ...(forwardTo.backendSettings.length === 0
      ? []
      : [say`Settings there: ${enumerate(forwardTo.backendSettings.map(prose))}.`]),
  ];
  return [
    paragraph(
      [say`Accepted events are passed on to ${calledSink(forwardTo.sink)}${to}.`, ...facts].flatMap((fact) => [
        fact,
        " ",
      ]),
    ),
  ];
}

const rejected = {
  "use-default": "Any other value, including an empty one, is silently ignored.",
  "try-next": "Any other value, also an empty one, is silently ignored, and the next of these tried.",
  disable: "With any other value, nothing is sent at all; an empty one counts as unset.",
} as const;

/** By the party that names the address. */
const toSet = {
  operator: "Whoever runs the program names the address: set",
  build: "To use a self-hosted receiver, set",
  contract: "To use a self-hosted receiver, set",
} as const;

/** Such an address is taken as it is written, but for what is an event's own. */
function pathThere({ url, urlFields }: Model["destination"]): Inline {
  const common = urlFields.map(({ wireName }) => code(wireName));
  const own = placesInPath(url).map((name) => code(`{$${name}}`));
  const filled =
    common.length === 0
      ? ""
      : say` It is used as it is written: ${enumerate(common, "and")} ${common.length > 1 ? "are" : "is"} not filled in.`;
  if (own.length === 0) return filled;
  const are = own.length > 1 ? "are" : "is";
  return say`${filled} ${enumerate(own, "and")} in it ${are} filled in; what has no place there is sent in the query.`;
}

function override({ destination }: Model): readonly Section[] {
  const { override } = destination;
  if (override === undefined) return [];
  const places = override.order.map((place) =>
    place.kind === "env" ? code(place.env) : say`${code(place.key)} in ${code(place.config)}`,
  );
  const plain =
    override.httpAllowedFor.length === 0
      ? ""
      : say`, and, for testing, ${enumerate(
          override.httpAllowedFor.map((host) => code(`http://${host}`)),
          "and",
        )}, on any port`;
  return [
    {
      title: "Sending it elsewhere",
      blocks: [
        paragraph(
          say`${toSet[destination.namedBy ?? "contract"]} ${enumerate(places, "or")}${places.length > 1 ? "; the first counts" : ""}. Only ${code("https://")} addresses without a user name are accepted${plain}. ${rejected[override.whenRejected]}${pathThere(destination)}`,
        ),
      ],
    },
  ];
}
