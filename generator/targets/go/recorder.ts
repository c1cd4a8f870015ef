import { sentFor } from "../../plan/counters.js";
import { notNull } from "../../plan/nullable.js";
import type { Plan, PlanField, PlanRollup, PlanValue } from "../../plan/plan.js";
import { innerOf, wordsOf } from "./events.js";
import { comment, text } from "./literal.js";
import { exported, type Names } from "./names.js";
import { wordsOf as wordsOfName } from "./rollups.js";
import { isText, memberOf, type Types } from "./types.js";

/** Names of what a recorder has beside its events. */
const METHODS = new Set(["Events"]);

/** Returns what a test of the program records with: a client of its own, and each event as it would travel, as a struct. */
export function printRecorder(plan: Plan, types: Types, names: Names): string {
  const sent = new Sent(types, names);
  const emitters = plan.emitters.flatMap((emitter) => (emitter.kind === "metric" ? [] : [emitter]));
  const methods = emitters.map((emitter) => {
    const words = emitter.kind === "event" ? wordsOf(emitter) : wordsOfName(emitter.name);
    const called = exported(words);
    const method = METHODS.has(called) ? `${called}Event` : called;
    const fields = emitter.kind === "event" ? emitter.fields : [...emitter.by, ...countersOf(emitter)];
    const struct = sent.struct([...words, "sent"], fields, `as it would travel`, emitter.name);
    return [
      comment([`${method} is each ${emitter.name} that was recorded, in order.`]),
      `func (r *Recorder) ${method}() []${struct} {\n\treturn recordedAs[${struct}](r, ${text(emitter.name)})\n}\n`,
    ].join("");
  });
  return [
    [
      comment([
        "NewRecorder makes a client for a test, and what it records. All is as if telemetry were on, without a file, a connection or a goroutine; what is kept back for once a day or once a machine counts for this client alone.",
      ]),
      "func NewRecorder(options Options) (*Client, *Recorder) {\n\tclient := New(options)\n",
      `\treturn client, client.${innerOf(plan)}.recordOnly()\n}\n`,
    ].join(""),
    ...methods,
    ...sent.structs,
  ].join("\n");
}

function countersOf({ counters }: PlanRollup): readonly PlanField[] {
  return counters.map(({ name, words, counts, value }) => ({
    name,
    words,
    from: { kind: "call" },
    value: sentFor({ counts, value }),
    optional: ["max", "min", "last"].includes(counts),
    onlyWhen: {},
    example: null,
    given: null,
    doc: [],
  }));
}

/** Structs of what travels. */
class Sent {
  readonly structs: string[] = [];
  readonly #types: Types;
  readonly #names: Names;

  constructor(types: Types, names: Names) {
    this.#types = types;
    this.#names = names;
  }

  struct(words: readonly string[], fields: readonly PlanField[], as: string, name: string): string {
    const struct = this.#names.take(words);
    const at = this.structs.push("") - 1;
    const members = fields
      .filter(({ from }) => from.kind !== "identifier")
      .map((field) => {
        const fieldDoc = field.doc.filter((line) => line !== "").join(" ");
        const doc = `${fieldDoc === "" ? `${memberOf(field)} is ${field.name}.` : fieldDoc}${absent(field)}`;
        return `${comment([doc], "\t")}\t${memberOf(field)} ${this.#of(field, words)} ${tag(field.name)}\n`;
      });
    this.structs[at] = [
      comment([`${struct} is ${name} ${as}.`]),
      `type ${struct} struct${members.length === 0 ? "{}" : ` {\n${members.join("")}}`}\n`,
    ].join("");
    return struct;
  }

  #of(field: PlanField, owner: readonly string[]): string {
    const { value, optional } = field;
    const present = notNull(value);
    const type = this.#value(present, field, owner);
    const absentAsZero =
      type.startsWith("[]") || type.startsWith("map[") || type === "any" || isText({ value: present });
    const isPointer = present !== value || (optional && !absentAsZero);
    return isPointer ? `*${type}` : type;
  }

  #value(value: PlanValue, field: PlanField, owner: readonly string[]): string {
    switch (value.is) {
      case "below":
      case "up-to":
        return "string";
      case "hashed":
        return this.#value(value.form, field, owner);
      case "always":
        return typeof value.value === "string" ? "string" : typeof value.value === "boolean" ? "bool" : "float64";
      case "list":
      case "items":
        return `[]${this.#value(value.of, field, owner)}`;
      case "map":
        return `map[string]${this.#value(value.of, field, owner)}`;
      case "or-null":
        return `*${this.#value(value.of, field, owner)}`;
      case "or-else":
      case "cut":
        return this.#value(value.of, field, owner);
      case "object":
        return this.struct(
          [...owner.slice(0, -1), ...field.words, "sent"],
          value.fields,
          "as it would travel",
          field.name,
        );
      case "cases":
        return "any";
      case "one-of":
      case "flag":
      case "integer":
      case "number":
      case "rounded":
      case "text":
      case "line":
        return this.#types.of({ ...field, value, optional: false }, owner);
      default:
        return value satisfies never;
    }
  }
}

function tag(name: string): string {
  const json = `json:${JSON.stringify(name)}`;
  return /^[ -_a-~]*$/.test(json) ? `\`${json}\`` : text(json);
}

function absent(field: PlanField): string {
  const { value, optional } = field;
  if (value.is === "or-null") return " Nil: there is none.";
  if (!optional) return "";
  return isText(field) ? " An empty text: it is not there." : " Nil: it is not there.";
}
