import type { FrozenField } from "../../model/frozen.js";
import { words } from "../../names.js";
import { charactersOf, sizeOf } from "./characters.js";
import { type Part, parsePattern } from "./pattern.js";

type FrozenType = FrozenField["type"];
type Judged = Pick<FrozenType, "of" | "keys" | "cases" | "identifier" | "kind" | "values" | "fields" | "schema">;

/** Words that, at the end of a name, say that a value is somebody's own. */
const OWN =
  /^(?:host|hostname|fqdn|account|user|username|nickname|realname|firstname|lastname|surname|login|email|mail|phone|telephone|mac|ip|ipv4|ipv6|ssid|bssid|serial|fingerprint|imei|imsi|udid|hwid|guid|uuid|ulid|sha|sha1|sha256|sha512|md5|hash|digest)$/i;
/** Words behind which what stands before them is told itself: `user_id`, `email_address`, `machine_name`, `repo_url`. */
const TELLS =
  /^(?:id|ids|uid|identifier|name|names|address|addr|number|serial|key|login|handle|email|mail|url|remote|slug)$/i;
const WHOSE =
  /^(?:host|account|user|customer|tenant|device|machine|hardware|mac|ip|email|mail|phone|person|owner|author|committer|employee|login|git|repo|repository|remote|origin|org|organisation|organization|company|team|workspace|session|visitor|installation|install)$/i;
/** A pattern that lets one of these through is for something else. */
const ORDINARY = ["hello", "1.2.3", "linux-x64", "z".repeat(32)];
const UUIDS = ["5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58", "5E1B6C04-8F2D-4A97-B3D0-41C9E27F6A58"];
const HASHES = [16, 20, 24, 28, 32, 40, 48, 56, 64, 96, 128]
  .map((length) => "0123456789abcdef".repeat(8).slice(0, length))
  .flatMap((text) => [text, text.toUpperCase()]);
const IP = "looks like an IP address";
const ADDRESSES = [
  [IP, ["10.20.30.40", "192.168.100.200", "fe80::1", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"]],
  [
    "looks like a network card's address",
    ["00:1b:44:11:3a:b7", "00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "00-1B-44-11-3A-B7", "001b.4411.3ab7"],
  ],
  ["looks like an e-mail address", ["ann@example.org"]],
  ["looks like a phone number", ["+420601123456"]],
] as const;
/** Four numbers are an address, or a version where the name says so. */
const VERSION = /^(?:version|release|build)$/i;
const DATE = /^[0-9]{4}-?[0-9]{2}-?[0-9]{2}[0-9TZ:.+ -]*$/;
/** So many bits of chance in every text tell apart whatever there is: 33 would do for all people alive. */
const CHANCE = 40;

/**
 * Returns why a value looks as if it told one person or machine from another, though no identifier is declared for it; undefined
 * where it doesn't. A closed set tells nobody apart, whatever it is called.
 */
export function looksLikeIdentifier(field: Pick<FrozenField, "wireName" | "type" | "example">): string | undefined {
  const { type, wireName } = field;
  const open = texts(type).filter(isOpen);
  if (open.length === 0) return undefined;
  const said = words(wireName);
  const ofVersion = said.some((word) => VERSION.test(word));
  const shape = open.flatMap((one) => shapeOf(one, field.example, ofVersion) ?? [])[0];
  if (shape !== undefined) return shape;
  const [before = "", last = ""] = [said.at(-2), said.at(-1)];
  const named = OWN.test(last) || (TELLS.test(last) && WHOSE.test(before)) || OWN.test(said.join(""));
  // A number that is small is a count of them.
  const isLarge = open.some(({ kind, schema }) => kind !== "int" || (schema.maximum ?? 0) >= 2 ** 32);
  return named && isLarge ? "is called so" : undefined;
}

/** What a value is made of: the items of a list, the keys and values of a map, and each case. */
function texts(type: Judged): readonly Judged[] {
  const inner = [type.of, type.keys, ...(type.cases ?? []).map((one) => one.type)].filter((one) => one !== undefined);
  return inner.length === 0 ? [type] : inner.flatMap(texts);
}

/** Returns whether a value could be one of very many. */
function isOpen({ identifier, kind, values, fields, schema }: Judged): boolean {
  if (identifier !== undefined || values !== undefined || fields !== undefined) return false;
  return (kind === "string" || kind === "text" || kind === "int" || kind === "uuid") && schema.enum === undefined;
}

function shapeOf({ kind, schema }: Judged, example: unknown, ofVersion: boolean): string | undefined {
  if (kind !== "string" || schema.pattern === undefined) return undefined;
  const pattern = expressionOf(schema.pattern);
  if (pattern === undefined) return undefined;
  if (ORDINARY.some((text) => pattern.test(text))) return undefined;
  if (UUIDS.some((text) => pattern.test(text))) return "looks like a UUID";
  const shown = textsIn(example).filter((text) => pattern.test(text));
  const isVersion = ofVersion || shown.some(hasLargeNumber);
  const address = ADDRESSES.find(
    ([what, samples]) => samples.some((text) => pattern.test(text)) && !(isVersion && what === IP),
  );
  if (address !== undefined) return address[0];
  if (HASHES.some((text) => pattern.test(text)) || shown.some(isHex)) return "looks like a hash";
  if (shown.some((text) => DATE.test(text))) return undefined;
  return chanceIn(schema.pattern) >= CHANCE ? "looks like a random key" : undefined;
}

/** A released version may hold what today's language would refuse. */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

/** The texts of an example, wherever they stand in it. */
function textsIn(example: unknown): readonly string[] {
  if (typeof example === "string") return [example];
  if (typeof example !== "object" || example === null) return [];
  return Object.entries(example).flatMap(([key, value]) => [key, ...textsIn(value)]);
}

/** Four numbers of which one is too large for an address. */
function hasLargeNumber(text: string): boolean {
  return /^[0-9]+(?:\.[0-9]+){3}$/.test(text) && text.split(".").some((part) => Number(part) > 255);
}

/** Returns what UUIDs and hashes are written in, and a word is not. */
function isHex(text: string): boolean {
  return /^[0-9a-fA-F-]{16,}$/.test(text) && /[a-f]/i.test(text);
}

const measured = new Map<string, number>();

/** The bits of chance that every text of a form has, at least, in runs of a fixed length: a word is as long as it is. */
function chanceIn(source: string): number {
  const before = measured.get(source);
  if (before !== undefined) return before;
  const parsed = parsePattern(source);
  const bits = "alternatives" in parsed ? leastOf(parsed.alternatives) : 0;
  measured.set(source, bits);
  return bits;
}

function leastOf(alternatives: readonly (readonly Part[])[]): number {
  return Math.min(...alternatives.map((parts) => parts.reduce((sum, part) => sum + chanceOf(part), 0)));
}

function chanceOf({ atom, group, min, max }: Part): number {
  if (min === 0) return 0;
  if (group !== undefined) return min * leastOf(group);
  if (min !== max && min < 8) return 0;
  const size = sizeOf(charactersOf(atom) ?? []);
  return size < 10 ? 0 : min * Math.log2(Math.min(size, 94));
}
