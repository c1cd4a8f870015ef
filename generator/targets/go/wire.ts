import { leavingBelow, pathOf } from "../../model/apart.js";
import type { FieldSet, Picture, PictureEntry, PictureItem, SetName, TimeForm, Wire } from "../../model/model.js";
import { flatPart, placedByName } from "../../model/wire.js";
import type { Plan } from "../../plan/plan.js";
import { type Code, call, literal } from "./code.js";
import { plain, text } from "./literal.js";

/** Set → what the generated code calls it. */
const SETS = { common: "commonSet", fields: "ownSet" } as const;

/** The requests as they are drawn: the runtime's functions, put together. */
export function drawOf({ wire }: Plan): Code {
  if (wire.format === "prometheus-text") throw new Error("a report, which is not drawn");
  const pictures = new Pictures(wire as Wire);
  const headers = drawnHeaders({ wire });
  const shown = headers.length === 0 ? "nil" : literal("[]drawnHeader", ...headers);
  const query =
    wire.query === undefined ? "nil" : call(`${pictures.words}.keysAndValues`, pictures.of(wire.query as Picture));
  const body = bodyOf(wire, pictures);
  return wire.each === undefined
    ? call("oneByOne", shown, query, body)
    : call("together", shown, query, body, pictures.of(wire.each as Picture));
}

/** Headers that are drawn, each with its name. */
export function drawnHeaders({ wire }: Pick<Plan, "wire">): readonly Code[] {
  const pictures = new Pictures(wire as Wire);
  return wire.headers.flatMap((header) =>
    header.kind === "picture" ? [literal("", text(header.name), pictures.asText(header.picture as Picture))] : [],
  );
}

const TEXTS: readonly string[] = ["json", "base64", "base64url", "joined", "line"];

function bodyOf(wire: Plan["wire"], pictures: Pictures): Code {
  if (wire.format === "prometheus-text") return "nil";
  if (flatPart(wire) === "each" && wire.each !== undefined) return `${pictures.words}.linesOfKeysAndValues`;
  if (wire.body === undefined) return "nil";
  const body = pictures.of(wire.body as Picture);
  if (TEXTS.includes(wire.body.kind)) return call("textBody", body);
  return flatPart(wire) === "body" ? call(`${pictures.words}.keysAndValues`, body) : call("jsonBody", body);
}

class Pictures {
  readonly words: string;
  readonly #wire: Wire;
  readonly #placed: ReturnType<typeof placedByName>;

  constructor(wire: Wire) {
    const bools = "bools" in wire ? wire.bools : undefined;
    this.words = bools === undefined ? "spelling(nil)" : `spelling{${bools.map(text).join(", ")}}`;
    this.#wire = wire;
    this.#placed = placedByName(wire);
  }

  asText(picture: Picture): Code {
    return call(`${this.words}.spelled`, this.of(picture));
  }

  #set({ of, name }: FieldSet): string {
    if (name !== undefined) {
      const { holder, last } = this.#placeOf(of, name);
      return `insideOf(${holder}, ${text(last)})`;
    }
    const set = this.#left(of, []);
    const placed = this.#placed[of];
    return placed.length === 0 ? set : `unplaced(${[set, ...placed.map(text)].join(", ")})`;
  }

  /** A set, of which what stands below these keys and is drawn elsewhere is left out. */
  #left(of: SetName, below: readonly string[]): string {
    return leavingBelow(this.#wire, of, below).reduce<string>(
      (all, path) => `apart(${[all, ...path.map(text)].join(", ")})`,
      SETS[of],
    );
  }

  /** The holder of a field, and its name there. */
  #placeOf(of: SetName, name: string): { readonly holder: string; readonly last: string } {
    const path = pathOf(this.#wire, of, name);
    const last = path.at(-1) ?? name;
    const holder = path.slice(0, -1).reduce((all, key) => `insideOf(${all}, ${text(key)})`, this.#left(of, path));
    return { holder, last };
  }

  #entry(entry: PictureEntry): Code {
    if ("spread" in entry) return call("spread", this.#set(entry.spread));
    if ("repeat" in entry)
      return call("repeated", this.#set(entry.repeat), call("entryOf", this.of(entry.key), this.of(entry.value)));
    return call("entryOf", this.of(entry.key), this.of(entry.value));
  }

  #item(item: PictureItem): Code {
    return "repeat" in item
      ? call("repeatedItem", this.#set(item.repeat), this.of(item.value))
      : call("listItem", this.of(item));
  }

  of(picture: Picture): Code {
    switch (picture.kind) {
      case "constant":
        return call("constant", picture.value === null ? "nothing{}" : plain(picture.value));
      case "event":
        return "eventName";
      case "time":
        return call("eventTime", FORMS[picture.form]);
      case "sent":
        return call("sentTime", FORMS[picture.form]);
      case "each":
        return "eachEvent";
      case "field": {
        const { holder, last } = this.#placeOf(picture.set, picture.name);
        return call("fieldOf", holder, text(last));
      }
      case "name":
        return "repeatedName";
      case "value":
        return "repeatedValue";
      case "text":
        return call(`${this.words}.spelled`, "repeatedValue");
      case "object":
        return call("objectWith", ...picture.entries.map((entry) => this.#entry(entry)));
      case "list":
        return call("listWith", ...picture.items.map((item) => this.#item(item)));
      case "json":
        return call("inJSON", this.of(picture.of));
      case "base64":
        return call("inBase64", this.of(picture.of));
      case "base64url":
        return call("inBase64URL", this.of(picture.of));
      case "joined":
        return call(`${this.words}.joined`, ...picture.pieces.map((piece) => this.of(piece)));
      case "line":
        return call(`${this.words}.lined`, text(picture.by), ...picture.pieces.map((piece) => this.of(piece)));
      default:
        return picture satisfies never;
    }
  }
}

const FORMS: Readonly<Record<TimeForm, string>> = {
  rfc3339: "asRFC3339",
  "unix-ms": "asUnixMS",
  "unix-s": "asUnix",
};
