import { code, enumerate, say } from "../../../emit/document.js";
import { PureCall } from "../../../emit/literal.js";
import { shown } from "../../../emit/shown.js";
import type { JsonValue } from "../../../model/json-schema.js";
import type { Consent, ConsentStep, Scalar } from "../../../model/model.js";
import { endingForm, FILE_FORMS, FORM_NAMES, type FormName, holdsTextsOnly } from "../../file-forms.js";
import { CONFIGURATION } from "../../file-paths.js";
import { type Kind, kindOf } from "../matches/define.js";
import { kindsIn } from "../matches/index.js";
import { type PlaceWord, putUnder, under, unsure } from "./define.js";

/** Without a key: whether the file is there, or, in `text`, what stands in it. */
interface Config {
  readonly kind: "config";
  readonly config: string;
  readonly key: string;
  readonly form?: FormName;
  /** Only where none of these files is there. */
  readonly behind?: readonly string[];
}

/** A configuration file, or what else a cluster or a project is configured by. */
export const config: PlaceWord<Config> = {
  keys: {
    config: {
      description:
        "A configuration file, or what else a cluster or project is configured by. Of several a no in any counts, and a yes of the first that is there.",
      anyOf: [
        { type: "string", minLength: 1, pattern: CONFIGURATION },
        {
          type: "array",
          items: { type: "string", minLength: 1, pattern: CONFIGURATION },
          minItems: 1,
          uniqueItems: true,
        },
      ],
    },
    key: {
      description:
        "The key in it; a dot goes one level down. Without one: whether the file is there at all, or, with `form: text`, its one line.",
      type: "string",
      minLength: 1,
    },
    form: {
      description:
        "The file's form, where its ending (`.json`, `.jsonc`, `.yml`, `.yaml`, `.toml`, `.ini`, `.txt`) doesn't say; `jsonc` is JSON with comments. In `ini` and `text` there are only texts.",
      enum: [...FORM_NAMES],
    },
  },
  required: ["config"],
  sides: ["enable", "disable"],
  usual: { yes: true, no: false },
  read: (written) => ({
    kind: "config",
    config: [written["config"] ?? ""].flat().map(String)[0] ?? "",
    key: String(written["key"] ?? ""),
    ...formOf(written),
    ...(Array.isArray(written["behind"]) ? { behind: written["behind"].map(String) } : {}),
  }),
  by: () => "config",
  looked: (place) =>
    say`${what(place)}${place.behind === undefined ? "" : say`, where there is no ${enumerate(place.behind.map(code), "or")}`}`,
  textsOnly: ({ form }) => holdsTextsOnly(form),
  refuses: (place, value) =>
    isMarker(place) && value !== true ? "Whether a file is there is `present` or `absent`." : undefined,
  name: ({ config, key }) => `${config} ${key}`.trim(),
  find: (step, consent, _, product) => {
    const { behind } = step.place;
    const found = findIn(step, consent, product);
    return behind === undefined
      ? found
      : new PureCall("unlessThere", [
          found,
          ...behind.map((file) => new PureCall("marker", [file, filePlace(file, product)])),
        ]);
  },
  put: (place, value, world) => {
    const { config, key, behind = [] } = place;
    if (behind.some((file) => world.config[file] !== undefined)) return false;
    if (key === "") {
      if (world.config[config] !== undefined) return false;
      world.config[config] = isMarker(place) ? {} : value;
      return true;
    }
    world.config[config] ??= {};
    return (
      typeof world.config[config] === "object" && putUnder(world.config[config] as Record<string, unknown>, key, value)
    );
  },
  found: (place, world, step, consent) => {
    const content = world.config[place.config];
    if ((place.behind ?? []).some((file) => world.config[file] !== undefined)) return undefined;
    if (isMarker(place)) return content === undefined ? undefined : true;
    if (hasNoAbove(content, place.key)) return unsure;
    const value = place.key === "" ? oneLine(content) : under(content, place.key);
    if (value === unsure) return unsure;
    if (value === undefined || (typeof value === "object" && isAbove(place, consent))) return undefined;
    if (typeof value === "object") return unsure;
    return kindsOfStep(step)?.includes(kindOf(value as Scalar)) === false ? unsure : (value as Scalar);
  },
  holds: () => true,
  file: ({ config }) => config,
  set: (_, value, name) => `${name}: ${value}`,
  toSet: (place, value) => {
    const { config, key } = place;
    if (key !== "") return say`set ${code(key)} to ${shown(value)} in ${code(config)}`;
    return isMarker(place) ? say`make a file ${code(config)}` : say`write ${shown(value)} into ${code(config)}`;
  },
  sense: ({ key }) => key,
  clients: ["python", "go", "rust"],
};

/** Returns the form of a value. Where only texts can stand, the step says so; a text is read where a value of it is asked for. */
function formOf(written: Readonly<Record<string, JsonValue>>): Pick<Config, "form"> {
  const { form, key, enable_when: yes, disable_when: no } = written;
  // A word that isn't one has its finding already.
  const said = FORM_NAMES.find((one) => one === form);
  if (form !== undefined) return said === undefined ? {} : { form: said };
  const names = [written["config"] ?? ""].flat();
  const promised = names.map((name) => endingForm(String(name)));
  const only = promised.every((one) => one === promised[0]) ? promised[0] : undefined;
  const asked = [yes, no].some((side) => side !== undefined && side !== "present" && side !== "absent");
  if (only === undefined || !FILE_FORMS[only].textsOnly) return {};
  return FILE_FORMS[only].oneText && (key !== undefined || !asked) ? {} : { form: only };
}

/** Returns whether a step asks for nothing but that a file is there. */
export function isMarker({ key, form }: Pick<Config, "key" | "form">): boolean {
  return key === "" && form !== "text";
}

/** Returns where a file lies that may begin with `~/` or `{app_dir}/`; else in the working directory. */
export function filePlace(file: string, product: string): PureCall {
  const below = file.slice(file.indexOf("/") + 1);
  // Another product's folder is next to this one's.
  const [, other, theirs] = /^\{app_dir\}\/\.\.\/([^/]+)\/(.+)$/.exec(file) ?? [];
  if (other !== undefined && theirs !== undefined) return new PureCall("inAppFolder", [other, theirs]);
  if (file.startsWith("~/")) return new PureCall("inHome", [below]);
  return file.startsWith("{app_dir}/")
    ? new PureCall("inAppFolder", [product, below])
    : new PureCall("fromHere", [file]);
}

function what(place: Config) {
  const { config, key } = place;
  if (key !== "") return say`${code(key)} in ${code(config)}`;
  return isMarker(place) ? say`the file ${code(config)}` : say`the text in ${code(config)}`;
}

function findIn(step: ConsentStep & { readonly place: Config }, consent: Consent, product: string): PureCall {
  const { config, key } = step.place;
  if (isMarker(step.place)) return new PureCall("marker", [config, filePlace(config, product)]);
  if (key === "") return new PureCall("wholeText", [config]);
  const kinds = kindsOfStep(step);
  const above = isAbove(step.place, consent);
  const all: readonly string[] = above ? [...(kinds ?? ["string", "boolean", "number"]), "object"] : (kinds ?? []);
  return new PureCall("config", [config, key, ...all]);
}

/** Returns whether what people write to turn everything off stands where the mapping would be that holds the key. */
function hasNoAbove(content: unknown, key: string): boolean {
  const parts = key.split(".");
  const above = parts.slice(1).map((_, at) => under(content, parts.slice(0, at + 1).join(".")));
  return above.some(
    (one) => typeof one !== "object" && /^\s*(?:false|off|no|0|disabled?|none|never|n|f)\s*$/i.test(String(one)),
  );
}

/** A text, without the spaces around it. Of an empty one, and of one of several lines, nobody knows what it was to say. */
function oneLine(content: unknown): unknown {
  if (typeof content !== "string") return content;
  const line = content.trim();
  return line === "" || /[\r\n]/.test(line) ? unsure : line;
}

/** The kinds of values that the step can be about; nothing where any scalar will do. What is of another kind can't be told. */
export function kindsOfStep({ place, enableWhen, disableWhen }: ConsentStep): readonly Kind[] | undefined {
  const kinds = [enableWhen, disableWhen].flatMap((match) => (match === undefined ? [] : [kindsIn(match)]));
  const all = [...new Set(kinds.flatMap((kind) => kind ?? []))].sort();
  // Absence alone is about no value at all: whatever is there decides nothing.
  if (kinds.includes(undefined) || all.length === 0) return undefined;
  // In INI and plain text a number is a text of its usual spelling.
  return place.kind === "config" && config.textsOnly(place) ? ["string"] : all;
}

/** Returns whether another step looks below this key: then a mapping there is no answer, and nothing wrong. */
function isAbove({ config, key }: Config, { order }: Consent): boolean {
  return order.some(
    ({ place }) => place.kind === "config" && place.config === config && place.key.startsWith(`${key}.`),
  );
}
