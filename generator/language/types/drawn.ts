import { accepts } from "../../model/accepts.js";
import type { JsonSchema } from "../../model/json-schema.js";
import { charactersOf, common } from "./characters.js";
import { type Part, parsePattern } from "./pattern.js";

/** A piece of a text that is drawn at random: so many of these characters. One character alone is fixed. */
export interface Drawn {
  readonly of: string;
  readonly times: number;
}

/**
 * The forms that the client makes without being told how: a random UUID, or 64, 32 or 16 hexadecimal digits. Its extremes, and
 * one between.
 */
const USUAL: readonly (readonly string[])[] = [
  [
    "00000000-0000-4000-8000-000000000000",
    "ffffffff-ffff-4fff-bfff-ffffffffffff",
    "5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58",
  ],
  ...[64, 32, 16].map((length) => [
    "0".repeat(length),
    "f".repeat(length),
    "0123456789abcdef".repeat(4).slice(-length),
  ]),
];

/** Returns how a random text of a form is made: `"usual"`, piece by piece, or not at all. */
export function drawnFrom(schema: JsonSchema): "usual" | readonly Drawn[] | undefined {
  if (schema.type === "integer") return "usual";
  if (schema.type !== "string" || schema.pattern === undefined) return undefined;
  if (USUAL.some((texts) => texts.every((text) => accepts(schema, text)))) return "usual";
  const parsed = parsePattern(schema.pattern);
  if ("unsupported" in parsed || parsed.alternatives.length !== 1) return undefined;
  const pieces = piecesOf((parsed.alternatives[0] ?? []).slice(1, -1));
  const length = pieces?.reduce((sum, { times }) => sum + times, 0) ?? 0;
  return pieces !== undefined && length > 0 && length <= (schema.maxLength ?? length) && isRandom(pieces)
    ? pieces
    : undefined;
}

/** Of fixed length all, groups with one way to read them included. */
function piecesOf(parts: readonly Part[]): readonly Drawn[] | undefined {
  const all = parts.map((part): readonly Drawn[] | undefined => {
    if (part.min !== part.max) return undefined;
    if (part.group !== undefined) {
      const [only, ...others] = part.group;
      const inner = only === undefined || others.length > 0 ? undefined : piecesOf(only);
      return inner && Array.from({ length: part.max }, () => inner).flat();
    }
    const plain = common(charactersOf(part.atom) ?? [], [[0x20, 0x7e]]);
    const of = plain.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)),
    );
    return of.length === 0 ? undefined : [{ of: of.join(""), times: part.max }];
  });
  return all.includes(undefined) ? undefined : (all as readonly (readonly Drawn[])[]).flat();
}

/** Returns whether two machines have different ones, nearly always: less than that tells nobody apart and is no identifier. */
function isRandom(pieces: readonly Drawn[]): boolean {
  return pieces.reduce((bits, { of, times }) => bits + times * Math.log2(of.length), 0) >= 16;
}
