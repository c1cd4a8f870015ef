import { goldenAround } from "../../model/golden.js";
import { addressed } from "../../model/in-path.js";
import type { Event, Model, WireHeader } from "../../model/model.js";
import { placesIn, setOf } from "../../model/wire.js";
import { planField } from "../../plan/fields.js";
import { anyTold, due, recorded, where } from "./sent.js";
import { addressOf, type Case, ownOf, type World } from "./world.js";

/** The address with its placeholders filled; and with values for them that their fields refuse, which is nowhere. */
export function urlCases(model: Model, anywhere: World): readonly Case[] {
  const event = anyTold(model);
  const refused = model.destination.urlFields.filter(({ from }) => from.kind === "setup");
  if (event === undefined) return [];
  const world = where(anywhere, event);
  const record = due(world, event, recorded(model, event));
  return [
    {
      id: "the contract's own",
      ask: "sent",
      given: { ...world, record },
      expect: { requests: [wholeUrl(model, event, defaultUrl(model))] },
    },
    ...refused.map((field) => ({
      id: `${field.wireName} is refused`,
      ask: "sent",
      given: { ...world, setup: { ...world.setup, [field.wireName]: "../../evil?" }, record },
      expect: { requests: field.type.input?.kind === "otherwise" ? [{}] : [] },
    })),
  ];
}

/** The address with what stands in its query, unless some of that is known to the machine alone. */
export function wholeUrl(model: Model, event: Event, url: string): { readonly url?: string } {
  const { query } = goldenAround(model, event);
  if (query === "") return { url };
  const ownNames = Object.keys(ownOf(model, event));
  const drawn = "query" in model.wire && model.wire.query !== undefined ? placesIn(model.wire.query) : [];
  const known = drawn.every(({ at }) => {
    const set = setOf(at);
    return (
      !("kind" in at && (at.kind === "time" || at.kind === "sent")) &&
      (set === undefined || (set.name !== undefined && !ownNames.includes(set.name)))
    );
  });
  return known ? { url: addressed(url, query) } : {};
}

export function defaultUrl(model: Model): string {
  const { destination } = model;
  const { address } = addressOf(model);
  if (typeof address === "string") return address;
  return destination.url.replace(/\{([^{}]+)\}/g, (place, name: string) =>
    name.startsWith("$")
      ? place
      : encodeURIComponent(String(destination.urlFields.find(({ wireName }) => wireName === name)?.example)),
  );
}

/** Addresses that somebody may write. `href`: it is taken, as this; absent: it is not. */
const STATED: readonly { readonly stated: unknown; readonly href?: string; readonly nothing?: true }[] = [
  { stated: "https://receiver.test/v1/events", href: "https://receiver.test/v1/events" },
  { stated: "  https://receiver.test:8443/a?b=c  ", href: "https://receiver.test:8443/a?b=c" },
  { stated: "HTTPS://Receiver.TEST", href: "https://receiver.test/" },
  { stated: "https://receiver.test:443/x", href: "https://receiver.test/x" },
  { stated: "https://[::1]:8443/x", href: "https://[::1]:8443/x" },
  { stated: "http://receiver.test/v1" },
  { stated: "https://ann@receiver.test/" },
  { stated: "https://ann:secret@receiver.test/" },
  { stated: "https:///v1" },
  { stated: "https:receiver.test" },
  { stated: "//receiver.test/v1" },
  { stated: "ftp://receiver.test/" },
  { stated: "https://receiver.test\\@other.test/" },
  { stated: "https://receiver.test/a b" },
  { stated: "https://receiver.test/\nx" },
  { stated: "receiver.test" },
  { stated: "javascript:alert(1)" },
  { stated: "http://127.1/" },
  { stated: "http://localhost.receiver.test/" },
  { stated: "", nothing: true },
  { stated: "   " },
];

/** Returns where it goes when somebody says otherwise, in each place that may. An operator's places stand alone: nobody named an address. */
export function endpointCases(model: Model, anywhere: World): readonly Case[] {
  const { override } = model.destination;
  const event = anyTold(model);
  if (override === undefined || event === undefined) return [];
  const world = where(anywhere, event);
  const record = due(world, event, recorded(model, event));
  const byOperator = model.destination.namedBy === "operator";
  const own = byOperator ? [] : [wholeUrl(model, event, defaultUrl(model))];
  const allowed = override.httpAllowedFor.map((host) => ({
    stated: `http://${host}:8080/x`,
    href: `http://${host}:8080/x`,
  }));
  const rejected = (): readonly object[] => (override.whenRejected === "disable" ? [] : own);
  return override.order.flatMap((place) => {
    const name = place.kind === "env" ? place.env : `${place.config} ${place.key}`;
    const texts = [
      ...STATED,
      ...allowed,
      ...(place.kind === "env" ? [] : [{ stated: 5 }, { stated: true }, { stated: ["https://receiver.test/"] }]),
    ];
    return texts.map(({ stated, ...found }): Case => {
      const sent =
        "href" in found
          ? [wholeUrl(model, event, String(found.href))]
          : "nothing" in found
            ? own
            : typeof stated === "object"
              ? []
              : rejected();
      return {
        id: `${name}=${JSON.stringify(stated)}`,
        ask: "sent",
        given: { ...stating(world, place, stated), ...(byOperator ? { address: null } : {}), record },
        expect: { requests: sent },
      };
    });
  });
}

type OverrideSource = NonNullable<Model["destination"]["override"]>["order"][number];

function stating(world: World, place: OverrideSource, stated: unknown): World {
  if (place.kind === "env") return { ...world, env: { ...world.env, [place.env]: String(stated) } };
  const before = world.config[place.config];
  return { ...world, config: { ...world.config, [place.config]: merged(before, place.key.split("."), stated) } };
}

function merged(before: unknown, [first = "", ...rest]: readonly string[], stated: unknown): object {
  const map = (typeof before === "object" && before !== null ? before : {}) as Readonly<Record<string, unknown>>;
  return { ...map, [first]: rest.length === 0 ? stated : merged(map[first], rest, stated) };
}

/** Secrets travel only where they are set, and only over https. */
export function headerCases(model: Model, anywhere: World): readonly Case[] {
  const event = anyTold(model);
  if (event === undefined) return [];
  const world = where(anywhere, event);
  const record = due(world, event, recorded(model, event));
  const drawn = goldenAround(model, event).headers;
  return model.wire.headers.flatMap((header): readonly Case[] => {
    if (header.kind === "picture") return [drawnHeader(model, event, { ...world, record }, header, drawn[header.name])];
    const env = (value: string) => ({ ...world, env: { ...world.env, [header.env]: value }, record });
    return [
      {
        id: `${header.name} is set`,
        ask: "sent",
        given: env("s3cret"),
        expect: { requests: [{ headers: { [header.name]: "s3cret" } }] },
      },
      {
        id: `${header.name} is not set`,
        ask: "sent",
        given: { ...world, record },
        expect: { requests: [{ headers: { [header.name]: null } }] },
      },
      {
        id: `${header.name} would be two headers`,
        ask: "sent",
        given: env("a\r\nx-other: b"),
        expect: { requests: [{ headers: { [header.name]: null, "x-other": null } }] },
      },
    ];
  });
}

/** A header that is drawn, where all that stands in it is known beforehand. */
function drawnHeader(
  model: Model,
  event: Event,
  given: Case["given"],
  { name, picture }: Extract<WireHeader, { kind: "picture" }>,
  text: string | undefined,
): Case {
  const fields = placesIn(picture).flatMap(({ at }) => {
    const set = setOf(at);
    return [...model.common, ...event.fields].filter(({ wireName }) => wireName === set?.name);
  });
  const known = fields.every((field) =>
    ["setup", "call", "package-version", "constant"].includes(planField(model, field).from.kind),
  );
  return {
    id: name,
    ask: "sent",
    given,
    expect: { requests: [{ headers: known && text !== undefined ? { [name]: text } : {} }] },
  };
}
