import { type Code, flat, layout } from "../../emit/code-layout.js";
import { key, quoted } from "../../emit/literal.js";
import { leavingBelow, pathOf } from "../../model/apart.js";
import { placesInPath } from "../../model/in-path.js";
import type {
  FieldSet,
  Model,
  Picture,
  PictureEntry,
  PictureItem,
  SetName,
  TimeForm,
  Wire,
} from "../../model/model.js";
import { contentType, flatPart, placedByName } from "../../model/wire.js";
import { CODE_NAMES, parametersOf } from "./wire-parameters.js";

export interface WireCode {
  /** `body: ({ common, each }) => ({ … }),` and what is next to it, as lines. */
  readonly members: readonly string[];
  /** The runtime's helpers that it names. */
  readonly uses: readonly string[];
}

/**
 * The pictures of a request as straight code: the client has no interpreter of them. A picture that is spread, or whose parts
 * are, becomes an object literal; what is rare is a small function of the runtime.
 */
export function wireCode(model: Model): WireCode {
  const { wire } = model;
  const uses = new Set<string>();
  if (wire.format === "prometheus-text" && wire.headers.length === 0)
    return { members: [`type: ${quoted(contentType(wire))}`], uses: [] };
  const bools = "bools" in wire ? wire.bools : undefined;
  const print = printer(wire, bools, uses);
  const { method } = model.destination;
  const members = [
    ...(method === undefined ? [] : [`method: ${quoted(method)}`]),
    `type: ${quoted(contentType(wire))}`,
  ];
  const add = (name: string, picture: Picture | undefined, wrap?: string) => {
    if (picture === undefined) return;
    const code = print(picture);
    if (wrap !== undefined) uses.add(wrap);
    const body: Code =
      wrap === undefined ? code : { before: `${wrap}(`, code, after: wrap === "asQuery" ? spelt(bools) : ")" };
    members.push(arrow(name, parametersOf(picture), body));
  };
  if (wire.format !== "prometheus-text") {
    add("query", wire.query, "asQuery");
    const flat = flatPart(wire);
    if (wire.each !== undefined) add("each", wire.each, flat === "each" ? "asQuery" : undefined);
    if (flat === "each" && wire.each !== undefined) members.push(arrow("body", ["each"], 'each.join("\\n")'));
    else if (isText(wire.body)) add("body", wire.body);
    else add("body", wire.body, flat === "body" ? "asQuery" : "asJson");
  }
  if (placesInPath(model.destination.url).length > 0) {
    uses.add("inPath");
    members.push("address: inPath");
  }
  const drawnHeaders = wire.headers.flatMap((header) => (header.kind === "picture" ? [header] : []));
  if (drawnHeaders.length > 0) {
    const entries: Code[] = drawnHeaders.map(({ name, picture }) => ({
      before: `${key(name)}: `,
      code: asTextCode(picture, print, bools, uses),
    }));
    const parameters = [...new Set(drawnHeaders.flatMap(({ picture }) => parametersOf(picture)))];
    members.push(arrow("headers", parameters, { open: "{", items: entries, close: "}" }));
  }
  const secrets = wire.headers.flatMap((header) =>
    header.kind === "secret" ? [`${key(header.name)}: ${quoted(header.env)}`] : [],
  );
  if (secrets.length > 0)
    members.push(layout({ before: "secrets: ", code: { open: "{", items: secrets, close: "}" } }, 4));
  return { members, uses: [...uses].sort() };
}

function isText(picture: Picture | undefined): boolean {
  return picture !== undefined && ["json", "base64", "base64url", "joined", "line"].includes(picture.kind);
}

function arrow(name: string, parameters: readonly string[], body: Code): string {
  const given = parameters.length === 0 ? "()" : `({ ${parameters.join(", ")} })`;
  const start = `${name}: ${given} => `;
  const object = typeof body !== "string" && "open" in body && body.open === "{";
  return layout({ before: object ? `${start}(` : start, code: body, ...(object ? { after: ")" } : {}) }, 4);
}

function spelt(bools: readonly [string, string] | undefined): string {
  return bools === undefined ? ")" : `, ${spelling(bools)})`;
}

function spelling(bools: readonly string[]): string {
  return `[${bools.map(quoted).join(", ")}]`;
}

type Print = (picture: Picture, item?: boolean) => Code;

function printer(wire: Wire, bools: readonly [string, string] | undefined, uses: Set<string>): Print {
  const placed = placedByName(wire);
  const helper = (name: string): string => {
    uses.add(name);
    return name;
  };
  /** A set, of which what stands below these keys and is drawn elsewhere is left out. */
  const leftOf = (of: SetName, below: readonly string[] = []): string => {
    const inner = leavingBelow(wire, of, below);
    return inner.length === 0
      ? CODE_NAMES[of]
      : `${helper("apart")}(${CODE_NAMES[of]}, [${inner.map(spelling).join(", ")}])`;
  };
  const memberOf = (of: SetName, name: string): string => {
    const path = pathOf(wire, of, name);
    return path.reduce(
      (holder, key, at) => `${at === 0 ? holder : `${helper("inside")}(${holder})`}[${quoted(key)}]`,
      leftOf(of, path),
    );
  };
  const fieldsIn = ({ of, name }: FieldSet): string => {
    const set = leftOf(of);
    if (name !== undefined) return `${helper("inside")}(${memberOf(of, name)})`;
    return placed[of].length === 0 ? set : `${helper("without")}(${set}, [${placed[of].map(quoted).join(", ")}])`;
  };
  const timeCode = (form: TimeForm, of: string): string => {
    switch (form) {
      case "rfc3339":
        return of;
      case "unix-ms":
        return `Date.parse(${of})`;
      case "unix-s":
        return `${helper("seconds")}(${of})`;
      default:
        form satisfies never;
        return of;
    }
  };
  const text = (picture: Picture): Code => asTextCode(picture, print, bools, uses);
  const entry = (one: PictureEntry): Code => {
    if ("spread" in one) return `...${fieldsIn(one.spread)}`;
    if ("repeat" in one)
      return {
        before: `...${helper("entries")}(${fieldsIn(one.repeat)}, ({ name, value }) => `,
        code: { open: "[", items: [print(one.key), print(one.value)], close: "]" },
        after: ")",
      };
    const value = print(one.value);
    if (one.key.kind !== "constant") return { before: `[${flat(print(one.key))}]: `, code: value };
    const name = key(String(one.key.value));
    return value === name ? name : { before: `${name}: `, code: value };
  };
  const listItem = (one: PictureItem): Code => {
    if (!("repeat" in one)) return print(one);
    const value = print(one.value);
    const object = typeof value !== "string" && "open" in value && value.open === "{";
    return {
      before: `...${helper("items")}(${fieldsIn(one.repeat)}, ({ name, value }) => ${object ? "(" : ""}`,
      code: value,
      after: object ? "))" : ")",
    };
  };
  const print: Print = (picture) => {
    switch (picture.kind) {
      case "constant":
        return typeof picture.value === "string" ? quoted(picture.value) : JSON.stringify(picture.value);
      case "event":
        return "event";
      case "time":
        return timeCode(picture.form, "ts");
      case "sent":
        return timeCode(picture.form, "sent");
      case "each":
        return "each";
      case "field":
        return memberOf(picture.set, picture.name);
      case "name":
        return "name";
      case "value":
        return "value";
      case "text":
        return `${helper("asText")}(value${bools === undefined ? "" : `, ${spelling(bools)}`})`;
      case "object":
        return objectCode(picture.entries, entry, fieldsIn);
      case "list":
        return { open: "[", items: picture.items.map(listItem), close: "]" };
      case "json":
        return { before: `${helper("asJson")}(`, code: print(picture.of), after: ")" };
      case "base64":
      case "base64url":
        return {
          before: `${helper("inBase64")}(`,
          code: isText(picture.of) ? print(picture.of) : print({ kind: "json", of: picture.of }),
          after: { base64: ")", base64url: ', "base64url")' }[picture.kind],
        };
      case "joined":
        return {
          before: `${helper("joined")}(`,
          code: { open: "[", items: picture.pieces.map(print as (piece: Picture) => Code), close: "]" },
          after: spelt(bools),
        };
      case "line":
        return {
          before: `${helper("line")}(`,
          code: { open: "[", items: picture.pieces.map(text), close: "]" },
          after: `, ${quoted(picture.by)})`,
        };
      default:
        return picture satisfies never;
    }
  };
  return print;
}

/** An object that holds one set and nothing else is that set. */
function objectCode(
  entries: readonly PictureEntry[],
  entry: (one: PictureEntry) => Code,
  fieldsIn: (set: FieldSet) => string,
): Code {
  const [only] = entries;
  return entries.length === 1 && only !== undefined && "spread" in only
    ? fieldsIn(only.spread)
    : { open: "{", items: entries.map(entry), close: "}" };
}

/** Returns what stands in a text, as text: of an absent value nothing. */
function asTextCode(
  picture: Picture,
  print: Print,
  bools: readonly [string, string] | undefined,
  uses: Set<string>,
): Code {
  if (isText(picture) || picture.kind === "constant")
    return picture.kind === "constant" ? quoted(String(picture.value)) : print(picture);
  uses.add("asText");
  return { before: "asText(", code: print(picture), after: spelt(bools) };
}
