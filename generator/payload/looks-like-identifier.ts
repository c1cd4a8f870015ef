import type { FrozenField } from "../model/frozen.js";
import { words } from "../names.js";

type FrozenType = FrozenField["type"];

/** Words that, at the end of a name, say that a value is somebody's own. */
const OWN =
  /^(?:host|hostname|account|user|username|login|email|mail|mac|ip|serial|fingerprint|imei|guid|uuid|sha|sha1|sha256|sha512|md5|hash|digest)$/i;
/** Words behind which what stands before them is told itself: `user_id`, `email_address`, `machine_name`. */
const TELLS = /^(?:id|ids|identifier|name|names|address|addr|key|login|handle|email|mail)$/i;
const WHOSE = /^(?:host|account|user|customer|device|machine|mac|ip|email|mail|person|owner|login)$/i;
/** A pattern that lets one of these through is for something else. */
const ORDINARY = ["hello", "1.2.3", "linux-x64", "z".repeat(32)];
const UUIDS = ["5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58", "5E1B6C04-8F2D-4A97-B3D0-41C9E27F6A58"];
const HASHES = [16, 20, 24, 28, 32, 40, 48, 56, 64, 96, 128]
  .map((length) => "0123456789abcdef".repeat(8).slice(0, length))
  .flatMap((text) => [text, text.toUpperCase()]);

/**
 * Returns why a value looks as if it told one person or machine from another, though no identifier is declared for it; undefined
 * where it doesn't. A closed set tells nobody apart, whatever it is called.
 */
export function looksLikeIdentifier(field: Pick<FrozenField, "wireName" | "type" | "example">): string | undefined {
  const { type, wireName } = field;
  if (!isOpen(type)) return undefined;
  const shape = shapeOf(type, field.example);
  if (shape !== undefined) return shape;
  const said = words(wireName);
  const [before = "", last = ""] = [said.at(-2), said.at(-1)];
  const named = OWN.test(last) || (TELLS.test(last) && WHOSE.test(before)) || OWN.test(said.join(""));
  // A number that is small is a count of them.
  const large = type.kind !== "int" || (type.schema.maximum ?? 0) >= 2 ** 32;
  return named && large ? "is called so" : undefined;
}

/** Returns whether a value could be one of very many. */
function isOpen({ identifier, kind, values, fields, of, schema }: FrozenType): boolean {
  if (identifier !== undefined || values !== undefined || fields !== undefined) return false;
  if (of !== undefined) return isOpen(of);
  return (kind === "string" || kind === "text" || kind === "int" || kind === "uuid") && schema.enum === undefined;
}

function shapeOf({ of, kind, schema }: FrozenType, example: unknown): string | undefined {
  if (of !== undefined) return shapeOf(of, Array.isArray(example) ? example[0] : undefined);
  if (kind !== "string" || schema.pattern === undefined) return undefined;
  const pattern = expressionOf(schema.pattern);
  if (pattern === undefined) return undefined;
  if (ORDINARY.some((text) => pattern.test(text))) return undefined;
  if (UUIDS.some((text) => pattern.test(text))) return "looks like a UUID";
  const isHash = HASHES.some((text) => pattern.test(text)) || (typeof example === "string" && isHex(example));
  return isHash ? "looks like a hash" : undefined;
}

/** A released version may hold what today's language would refuse. */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

/** Returns what UUIDs and hashes are written in, and a word is not. */
function isHex(text: string): boolean {
  return /^[0-9a-fA-F-]{16,}$/.test(text) && /[a-f]/i.test(text);
}
