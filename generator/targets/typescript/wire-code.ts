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
  const printer = new PicturePrinter(wire, uses);
  const { method } = model.destination;
  const members = [
    ...(method === undefined ? [] : [`method: ${quoted(method)}`]),
    `type: ${quoted(contentType(wire))}`,
  ];
  const add = (name: string, picture: Picture | undefined, wrap?: string) => {
    if (picture === undefined) return;
    const code = printer.print(picture);
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
      code: printer.text(picture),
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

/** Prints pictures, and remembers which of the runtime's helpers they name. */
class PicturePrinter {
  readonly #wire: Wire;
  readonly #bools: readonly [string, string] | undefined;
  readonly #uses: Set<string>;
  /** What has a place of its own, and isn't spread with the rest. */
  readonly #placed: ReturnType<typeof placedByName>;

  constructor(wire: Wire, uses: Set<string>) {
    this.#wire = wire;
    this.#bools = "bools" in wire ? wire.bools : undefined;
    this.#uses = uses;
    this.#placed = placedByName(wire);
  }

  print(picture: Picture): Code {
    switch (picture.kind) {
      case "constant":
        return typeof picture.value === "string" ? quoted(picture.value) : JSON.stringify(picture.value);
      case "event":
      case "each":
      case "name":
      case "value":
        return picture.kind;
      case "time":
        return this.#time(picture.form, "ts");
      case "sent":
        return this.#time(picture.form, "sent");
      case "field":
        return this.#member(picture.set, picture.name);
      case "text":
        return `${this.#helper("asText")}(value${this.#bools === undefined ? "" : `, ${spelling(this.#bools)}`})`;
      case "object":
        return objectCode(
          picture.entries,
          (entry) => this.#entry(entry),
          (set) => this.#fields(set),
        );
      case "list":
        return { open: "[", items: picture.items.map((item) => this.#item(item)), close: "]" };
      case "json":
        return { before: `${this.#helper("asJson")}(`, code: this.print(picture.of), after: ")" };
      case "base64":
      case "base64url":
        return {
          before: `${this.#helper("inBase64")}(`,
          code: this.print(isText(picture.of) ? picture.of : { kind: "json", of: picture.of }),
          after: { base64: ")", base64url: ', "base64url")' }[picture.kind],
        };
      case "joined":
        return {
          before: `${this.#helper("joined")}(`,
          code: { open: "[", items: picture.pieces.map((piece) => this.print(piece)), close: "]" },
          after: spelt(this.#bools),
        };
      case "line":
        return {
          before: `${this.#helper("line")}(`,
          code: { open: "[", items: picture.pieces.map((piece) => this.text(piece)), close: "]" },
          after: `, ${quoted(picture.by)})`,
        };
      default:
        return picture satisfies never;
    }
  }

  /** The same as a text. */
  text(picture: Picture): Code {
    if (picture.kind === "constant") return quoted(String(picture.value));
    const code = this.print(picture);
    return isText(picture) ? code : { before: `${this.#helper("asText")}(`, code, after: spelt(this.#bools) };
  }

  #helper(name: string): string {
    this.#uses.add(name);
    return name;
  }

  #time(form: TimeForm, of: string): string {
    switch (form) {
      case "rfc3339":
        return of;
      case "unix-ms":
        return `Date.parse(${of})`;
      case "unix-s":
        return `${this.#helper("seconds")}(${of})`;
      default:
        form satisfies never;
        return of;
    }
  }

  /** A set, of which what stands below these keys and is drawn elsewhere is left out. */
  #left(of: SetName, below: readonly string[] = []): string {
    const inner = leavingBelow(this.#wire, of, below);
    if (inner.length === 0) return CODE_NAMES[of];
    return `${this.#helper("apart")}(${CODE_NAMES[of]}, [${inner.map(spelling).join(", ")}])`;
  }

  #member(of: SetName, name: string): string {
    const path = pathOf(this.#wire, of, name);
    return path.reduce(
      (holder, key, at) => `${at === 0 ? holder : `${this.#helper("inside")}(${holder})`}[${quoted(key)}]`,
      this.#left(of, path),
    );
  }

  #fields({ of, name }: FieldSet): string {
    const set = this.#left(of);
    if (name !== undefined) return `${this.#helper("inside")}(${this.#member(of, name)})`;
    const placed = this.#placed[of];
    return placed.length === 0 ? set : `${this.#helper("without")}(${set}, [${placed.map(quoted).join(", ")}])`;
  }

  #entry(entry: PictureEntry): Code {
    if ("spread" in entry) return `...${this.#fields(entry.spread)}`;
    if ("repeat" in entry)
      return {
        before: `...${this.#helper("entries")}(${this.#fields(entry.repeat)}, ({ name, value }) => `,
        code: { open: "[", items: [this.print(entry.key), this.print(entry.value)], close: "]" },
        after: ")",
      };
    const value = this.print(entry.value);
    if (entry.key.kind !== "constant") return { before: `[${flat(this.print(entry.key))}]: `, code: value };
    const name = key(String(entry.key.value));
    return value === name ? name : { before: `${name}: `, code: value };
  }

  #item(item: PictureItem): Code {
    if (!("repeat" in item)) return this.print(item);
    const value = this.print(item.value);
    const isObject = typeof value !== "string" && "open" in value && value.open === "{";
    return {
      before: `...${this.#helper("items")}(${this.#fields(item.repeat)}, ({ name, value }) => ${isObject ? "(" : ""}`,
      code: value,
      after: isObject ? "))" : ")",
    };
  }
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
