import type { FieldSet, Picture, PictureEntry, TimeForm, Wire } from "../../model/model.js";
import { flatPart, placedByName, wirePlaces } from "../../model/wire.js";
import type { Plan } from "../../plan/plan.js";
import { jsonText, text } from "./literal.js";

const TEXTS: readonly string[] = ["json", "base64", "base64url", "joined", "line"];

/** The inputs of a request other than its event and fields: parameters of the functions that build it. */
export interface Drawing {
  /** Common fields are built for each event. */
  readonly common: boolean;
  /** The time stands in it. */
  readonly timed: boolean;
}

/** Returns whether the time of an event stands somewhere in a request. */
export function isTimed({ wire }: Plan): boolean {
  return wirePlaces(wire as Wire).some(({ at }) => "kind" in at && (at.kind === "time" || at.kind === "sent"));
}

/** Prints a body, headers and a query that are more than whole sets. */
export function drawnCode(plan: Plan, { common, timed }: Drawing): readonly string[] {
  const { wire } = plan;
  if (wire.format === "prometheus-text" || !("format" in wire))
    throw new Error("a form that the Rust client doesn't know");
  const pictures = new Pictures(wire as Wire);
  const take = [
    "&self",
    "event: &str",
    ...(common ? ["common: &[Option<Entry>]"] : []),
    "fields: &[Option<Entry>]",
    ...(timed ? ["at: u64"] : []),
  ].join(", ");
  const lets = common ? "" : "        let common = &self.common;\n";
  const each = wire.each === undefined ? "" : `        let each = ${pictures.whole(wire.each as Picture)};\n`;
  const all = each === "" || flatPart(wire) === "each" ? "" : '        let each = format!("[{each}]");\n';
  const method = (name: string, back: string, code: string) =>
    `    #[rustfmt::skip]\n    #[allow(unused_variables, clippy::unused_self, clippy::similar_names)]\n    pub(super) fn ${name}(${take}) -> ${back} {\n${lets}${code}    }\n`;
  const headers = wire.headers.map((header) =>
    header.kind === "secret"
      ? `secret_header(url, ${text(header.name)}, ${text(header.env)})`
      : `drawn_header(${text(header.name)}, ${pictures.asText(header.picture as Picture)})`,
  );
  return [
    `    /// What travels.\n${method("body", "String", `${each}${all}        ${bodyOf(wire as Wire, pictures)}\n`)}`,
    ...(headers.length === 0
      ? []
      : [
          `\n${method(
            "headers",
            "Vec<Header>",
            `        let headers = [\n${headers.map((header) => `            ${header},\n`).join("")}        ];\n        headers.into_iter().flatten().collect()\n`,
          ).replace("(&self,", "(&self, url: &str,")}`,
        ]),
    ...(wire.query === undefined
      ? []
      : [
          `\n${method("query", "String", `        ${pictures.keyValues(`&${pictures.whole(wire.query as Picture)}`)}\n`)}`,
        ]),
    "}\n\n",
  ];
}

/** The arguments of the functions that build requests. */
export function drawnArgs({ common, timed }: Drawing, fields = "fields"): string {
  return ["event", ...(common ? ["&common"] : []), fields, ...(timed ? ["at"] : [])].join(", ");
}

function bodyOf(wire: Wire, pictures: Pictures): string {
  if (wire.format === "prometheus-text") return "";
  if (flatPart(wire) === "each") return pictures.keyValues("&each");
  if (wire.body === undefined) return "String::new()";
  const body = pictures.whole(wire.body);
  if (TEXTS.includes(wire.body.kind)) return `bare_text(${body})`;
  return flatPart(wire) === "body" ? pictures.keyValues(`&${body}`) : body;
}

/** Pictures as expressions: each of its JSON, or of nothing. */
class Pictures {
  readonly #bools: string;
  readonly #placed: ReturnType<typeof placedByName>;

  constructor(wire: Wire) {
    const [no, yes] = ("bools" in wire ? wire.bools : undefined) ?? ["false", "true"];
    this.#bools = `[${text(no)}, ${text(yes)}]`;
    this.#placed = placedByName(wire);
  }

  keyValues(object: string): string {
    return `key_values(${object}, ${this.#bools})`;
  }

  asText(picture: Picture): string {
    if (picture.kind === "constant") return `Some(String::from(${text(String(picture.value))}))`;
    if (picture.kind === "event") return "Some(String::from(event))";
    return `spelled(${this.of(picture)}, ${this.#bools})`;
  }

  /** An option of its JSON. */
  of(picture: Picture): string {
    const { code, sure } = this.#drawn(picture);
    return sure ? `Some(${code})` : code;
  }

  /** Its JSON; of what is absent an empty text. */
  whole(picture: Picture): string {
    const { code, sure } = this.#drawn(picture);
    return sure ? code : `${code}.unwrap_or_default()`;
  }

  #made(picture: Picture, make: (json: string) => string): { readonly code: string; readonly sure: boolean } {
    const { code, sure } = this.#drawn(picture);
    return sure ? { code: make(code), sure } : { code: `${code}.map(|it| ${make("it")})`, sure };
  }

  #set({ of, name }: FieldSet): string {
    if (name !== undefined) return `inside_of(${of}, ${text(name)})`;
    return `unplaced(${of}, &[${this.#placed[of].map(text).join(", ")}])`;
  }

  #entry(entry: PictureEntry): string {
    if ("spread" in entry) return `drawn.all(${this.#set(entry.spread)}); `;
    const put = (key: Picture, value: Picture) => `drawn.put(${this.asText(key)}, ${this.of(value)}); `;
    if (!("repeat" in entry)) return put(entry.key, entry.value);
    return `for (name, value) in ${this.#set(entry.repeat)} { ${put(entry.key, entry.value)}} `;
  }

  #drawn(picture: Picture): { readonly code: string; readonly sure: boolean } {
    const sure = (code: string) => ({ code, sure: true });
    switch (picture.kind) {
      case "constant":
        return sure(`String::from(${jsonText(picture.value)})`);
      case "event":
        return sure("quoted(event)");
      case "time":
      case "sent":
        return sure(TIMES[picture.form]);
      case "each":
        return sure("each.clone()");
      case "field":
        return { code: `json_of(${picture.set}, ${text(picture.name)})`, sure: false };
      case "name":
        return sure("quoted(&name)");
      case "value":
        return sure("value.clone()");
      case "text":
        return { code: `spelled(Some(value.clone()), ${this.#bools}).map(|it| quoted(&it))`, sure: false };
      case "object":
        return sure(
          `{ let mut drawn = Drawn::new(); ${picture.entries.map((entry) => this.#entry(entry)).join("")}drawn.end() }`,
        );
      case "list": {
        const push = (of: Picture) => {
          const { code, sure } = this.#drawn(of);
          return `items.push(${sure ? code : `${code}.unwrap_or_else(|| String::from("null"))`}); `;
        };
        const items = picture.items.map((item) =>
          "repeat" in item ? `for (name, value) in ${this.#set(item.repeat)} { ${push(item.value)}} ` : push(item),
        );
        return sure(`{ let mut items: Vec<String> = Vec::new(); ${items.join("")}format!("[{}]", items.join(",")) }`);
      }
      case "json":
        return this.#made(picture.of, (json) => `quoted(&${json})`);
      case "base64":
      case "base64url":
        return this.#made(
          picture.of,
          (json) => `quoted(&base64(&bare_text(${json}), ${picture.kind === "base64url"}))`,
        );
      case "joined":
        return {
          code: `joined(&[${picture.pieces.map((piece) => this.asText(piece)).join(", ")}]).map(|it| quoted(&it))`,
          sure: false,
        };
      case "line":
        return sure(
          `quoted(&lined(&[${picture.pieces.map((piece) => this.asText(piece)).join(", ")}], ${text(picture.by)}))`,
        );
      default:
        return picture satisfies never;
    }
  }
}

const TIMES: Readonly<Record<TimeForm, string>> = {
  rfc3339: "quoted(&rfc3339(at))",
  "unix-ms": "at.to_string()",
  "unix-s": "(at / 1000).to_string()",
};
