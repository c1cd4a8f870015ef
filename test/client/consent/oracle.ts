/**
 * The oracle of `decide`, read straight from the language's tables, slowly and without a line of the runtime: the judge of
 * `decide`. Its spec is the parsed YAML, its state file is text.
 */
export interface SpecConsent {
  readonly model: "opt-in" | "opt-out";
  readonly order?: readonly Record<string, unknown>[];
  readonly builds?: Readonly<Record<string, string>>;
  readonly state_file?: {
    readonly keys: Readonly<Record<string, { readonly type: string; readonly values?: readonly string[] }>>;
  };
}

export interface World {
  readonly env: Readonly<Record<string, string>>;
  readonly build?: string;
  /** Name → content; absent: there is no such configuration. "unreadable": there is one, and nobody can tell what it says. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The state file's bytes; null: there is none. */
  readonly stored: string | null;
}

interface Verdict {
  readonly enabled: boolean;
  readonly decidedBy: string;
}

export function oracle(spec: SpecConsent, world: World): Verdict {
  if (world.build !== undefined && Object.keys(spec.builds ?? {}).includes(world.build)) {
    const kind = spec.builds?.[world.build];
    if (kind !== "normal") return { enabled: false, decidedBy: "build" };
  }
  const steps = spec.order ?? [];
  for (const [index, step] of steps.entries()) {
    let found: { value: unknown } | "unsure" | undefined;
    let name: string;
    if (typeof step["env"] === "string") {
      name = step["env"];
      if (Object.keys(world.env).includes(name)) found = { value: world.env[name] };
    } else if (typeof step["config"] === "string") {
      name = "config";
      const content = world.config[step["config"]];
      if (content === "unreadable") return { enabled: false, decidedBy: "config" };
      const path = String(step["key"]).split(".");
      found = dig(content, path);
      // Who writes a no where a mapping would hold the answer means all that would be in it.
      if (path.slice(1).some((_, at) => isNo(dig(content, path.slice(0, at + 1))?.value))) found = "unsure";
      const deeper = (spec.order ?? []).some(
        (other) => other["config"] === step["config"] && String(other["key"]).startsWith(`${step["key"]}.`),
      );
      const below = typeof found === "object" ? found.value : undefined;
      if (deeper && typeof below === "object" && below !== null && !Array.isArray(below)) found = undefined;
    } else {
      name = "stored";
      found = storedUnder(String(step["stored"]), spec, world.stored);
    }
    const file = name === "config" || name === "stored";
    const disable = step["disable_when"] ?? (file ? [false] : undefined);
    const enable = step["enable_when"] ?? (file && step["disable_when"] === undefined ? [true] : undefined);
    if (name === "config" && typeof found === "object" && !isUnderstood(found.value, [enable, disable]))
      found = "unsure";
    if (found === "unsure") {
      // Off anyway, and nothing behind it turns it on: then it decides nothing.
      const rest = steps.slice(index + 1);
      const grants = rest.some((one) => "enable_when" in one || !("env" in one || "disable_when" in one));
      if (name === "stored" && spec.model === "opt-in" && !grants) continue;
      return { enabled: false, decidedBy: name };
    }
    if (found === undefined) continue;
    if (disable !== undefined && holds(disable, found.value)) return { enabled: false, decidedBy: name };
    if (enable !== undefined && holds(enable, found.value)) return { enabled: true, decidedBy: name };
  }
  return { enabled: spec.model === "opt-out", decidedBy: "default" };
}

/** A list or a mapping is no answer; and where both sides name their values one by one, nothing of another type is. */
function isUnderstood(value: unknown, sides: readonly unknown[]): boolean {
  if (typeof value === "object" && value !== null) return false;
  const written = sides.filter((side) => side !== undefined);
  if (!written.every(Array.isArray)) return true;
  return written.flat().some((one) => value !== null && typeof one === typeof value);
}

function isNo(value: unknown): boolean {
  return typeof value !== "object" && ["false", "off", "no", "0"].includes(String(value).trim().toLowerCase());
}

function dig(content: unknown, path: readonly string[]): { value: unknown } | undefined {
  let here = content;
  for (const part of path) {
    if (typeof here !== "object" || here === null || !Object.keys(here).includes(part)) return undefined;
    here = (here as Record<string, unknown>)[part];
  }
  return { value: here };
}

function storedUnder(key: string, spec: SpecConsent, text: string | null): { value: unknown } | "unsure" | undefined {
  if (text === null) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return "unsure";
  }
  if (Array.isArray(content) || typeof content !== "object" || content === null) return "unsure";
  const found = dig(content, [key]);
  const type = spec.state_file?.keys[key];
  if (found === undefined || type === undefined) return undefined;
  if (type.type === "bool" && found.value !== true && found.value !== false) return "unsure";
  if (type.type === "enum" && !(typeof found.value === "string" && type.values?.includes(found.value))) return "unsure";
  return found;
}

function holds(match: unknown, value: unknown): boolean {
  const empty = value === null || value === "";
  const structure = typeof value === "object" && value !== null;
  if (structure)
    return match === "present" || match === "non-empty" || (typeof match === "object" && !Array.isArray(match));
  switch (match) {
    case "present":
      return true;
    case "non-empty":
      return !empty;
    case "truthy":
      return ["1", "true", "yes", "on"].some((word) => String(value).trim().toLowerCase() === word);
    case "falsy":
      return ["0", "false", "no", "off"].some((word) => String(value).trim().toLowerCase() === word);
  }
  if (Array.isArray(match)) return match.some((one) => typeof one === typeof value && one === value);
  const { any_except: except } = match as { any_except: readonly string[] };
  return !except.some((one) => one === (value === null ? "" : String(value)));
}
