const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, KiB: 1024, MiB: 1024 * 1024 } as const;

/** The forms of durations and sizes, for the meta-schema: `1500ms`, `365d`, `256KiB`. No size means that nothing fits: there is none. */
export const DURATION = "^(?:0|[1-9][0-9]{0,8})(?:ms|s|m|h|d)$";
export const SIZE = "^[1-9][0-9]{0,8}(?:B|KiB|MiB)$";

/** `15m` → 900,000 milliseconds. */
export function milliseconds(text: string): number {
  return scaled(text, MILLISECONDS);
}

/** `64KiB` → 65,536 bytes. */
export function bytes(text: string): number {
  return scaled(text, BYTES);
}

function scaled(text: string, units: Readonly<Record<string, number>>): number {
  const [, digits = "0", unit = ""] = /^([0-9]+)([A-Za-z]+)$/.exec(text) ?? [];
  return Number(digits) * (units[unit] ?? 0);
}
