import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { stringify } from "yaml";
import { holds, readMatch } from "../../generator/language/consent/matches/index.js";
import { allSteps, factsBeside } from "../../generator/language/consent/parts.js";
import { isMarker } from "../../generator/language/consent/places/config.js";
import type { FormName } from "../../generator/language/file-forms.js";
import { endingForm } from "../../generator/language/file-forms.js";
import type { JsonValue } from "../../generator/model/json-schema.js";
import type { ConsentPlace, Model } from "../../generator/model/model.js";
import type { Row } from "./consent-rows.js";

type Config = Extract<ConsentPlace, { kind: "config" }>;
type Content = Readonly<Record<string, unknown>>;

/** `facts.json`: how the program tells its own facts by what a row says. Fact → key of a row's `context` → match. */
export type Told = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;

/** Every fact that the contract asks for. What a row doesn't name doesn't hold; what it names as true does. */
export function factsOf(
  { consent, events, metrics }: Model,
  context: Content = {},
  told: Told = {},
): Readonly<Record<string, boolean>> {
  const steps = allSteps(consent).flatMap(({ place }) => (place.kind === "fact" ? [place.fact] : []));
  const names = [...steps, ...factsBeside(consent, [...events, ...metrics]).map(({ fact }) => fact)];
  const isSo = (name: string) =>
    Object.entries(told[name] ?? {}).some(([key, match]) => {
      const value = context[key];
      return isScalar(value) && holds(readMatch(match), value);
    });
  return Object.fromEntries(names.map((name) => [name, context[name] === true || isSo(name)]));
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/**
 * Writes what a row says into the files that the client reads, each in its own form.
 * @returns what stands in those that the program gives: by name.
 */
export function writeConfigs(
  model: Model,
  { home, here }: { readonly home: string; readonly here: string },
  row: Row,
): (name: string) => unknown {
  const places = allSteps(model.consent).flatMap(({ place }) => (place.kind === "config" ? [place] : []));
  const names = [...new Set(places.map(({ config }) => config))];
  // A state file that is only read is a configuration.
  const stored = model.consent.stateFile === undefined && isContent(row.stored) ? row.stored : {};
  const given = new Map<string, unknown>();
  for (const [at, name] of names.entries()) {
    const own = places.filter(({ config }) => config === name);
    const content = contentOf(own, { ...stored, ...row.config }, at === 0);
    const file = fileOf(name, own, model.product, home, here);
    if (content === undefined) continue;
    if (file === undefined) given.set(name, content);
    else write(file.path, inForm(file.form, content));
  }
  return (name) => given.get(name);
}

/** Returns a configuration file's content. A key that no step names stands in the first one, as it is written. */
function contentOf(places: readonly Config[], said: Content, first: boolean): unknown {
  const [{ config, behind = [] } = { config: "" }] = places;
  const own = said[config];
  if (isContent(own)) return nested(own);
  if (own !== undefined) return own === false ? undefined : own;
  // Of several files it stands in the first.
  if (behind.length > 0) return undefined;
  const keys = places.map(({ key }) => key);
  const entries = Object.entries(said).flatMap(([key, value]) => {
    const asked = keyFor(key, keys);
    return asked === undefined ? (first ? [[key, value] as const] : []) : [[asked, value] as const];
  });
  return entries.length === 0 ? undefined : nested(Object.fromEntries(entries));
}

/** A row's key as it is asked for: the same, or what is written one level down. */
export function keyFor(key: string, asked: readonly string[]): string | undefined {
  return asked.find((one) => one === key) ?? asked.find((one) => one.endsWith(`.${key}`));
}

/** Returns the file that the client reads by itself, and in which form; undefined where the program gives it. */
function fileOf(name: string, places: readonly Config[], product: string, home: string, here: string) {
  const form = places.find((place) => place.form !== undefined)?.form ?? endingForm(name);
  const marker = places.every(isMarker);
  if (form === undefined && !marker) return undefined;
  const path = name.startsWith("~/")
    ? join(home, name.slice(2))
    : name.startsWith("{app_dir}/")
      ? join(home, ".config", product, name.slice("{app_dir}/".length))
      : name.startsWith("/")
        ? undefined
        : join(here, name);
  return path === undefined ? undefined : { path, form: marker ? ("text" as const) : (form ?? "json") };
}

/** A configuration as it would be written by hand. In INI and plain text there are only texts. */
function inForm(form: FormName, content: unknown): string {
  if (form === "json") return JSON.stringify(content);
  if (form === "jsonc") return `// Settings.\n${JSON.stringify(content, null, 2)} /* So far. */`;
  if (form === "yaml") return stringify(content);
  if (form === "text") return isContent(content) ? String(Object.values(content)[0] ?? "") : String(content);
  const lines: string[] = [];
  const value = (one: unknown) => (form === "toml" ? JSON.stringify(one) : String(one));
  const tables = Object.entries(isContent(content) ? content : {});
  for (const [key, one] of tables) if (!isContent(one)) lines.push(`${key} = ${value(one)}`);
  for (const [key, one] of tables)
    if (isContent(one))
      lines.push(`[${key}]`, ...Object.entries(one).map(([name, text]) => `${name} = ${value(text)}`));
  return `${lines.join("\n")}\n`;
}

/** Nothing can be written where the product keeps what is its own: a file lies in its folder's place. */
export function closeFolder(place: string | undefined, home: string): void {
  const [first] = place?.slice(home.length + 1).split(sep) ?? [];
  if (first !== undefined) writeFileSync(join(home, first), "");
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function isContent(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{ "a.b": 1 }` as it stands in a file: `{ "a": { "b": 1 } }`. */
export function nested(flat: Content): Content {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split(".");
    let here = root;
    for (const key of keys.slice(0, -1)) {
      here[key] ??= {};
      here = here[key] as Record<string, unknown>;
    }
    here[keys.at(-1) ?? ""] = value;
  }
  return root;
}
