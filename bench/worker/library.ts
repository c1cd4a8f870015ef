/** The part that both libraries' versions of the contract share: its sets, its patterns, and the loop around the schemas. */
export const os = [
  "aix",
  "android",
  "cygwin",
  "darwin",
  "freebsd",
  "haiku",
  "linux",
  "netbsd",
  "openbsd",
  "sunos",
  "win32",
] as const;
export const arch = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips",
  "mipsel",
  "ppc",
  "ppc64",
  "riscv64",
  "s390",
  "s390x",
  "x64",
] as const;
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const version = /^v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:[-+.]?[A-Za-z0-9][A-Za-z0-9.+-]*)?$/;
export const client = /^[A-Za-z0-9_.:+/ @()-]+$/;
export const agent = /^[a-z0-9][a-z0-9_-]*$/;
export const language = /^[A-Za-z0-9_.:+#-]+$/;
export const tool = /^[A-Za-z0-9_.:+-]+$/;
export const counts = ["<100", "100-1k", "1k-10k", "10k+"] as const;
export const durations = ["<10s", "10-60s", "1-5m", "5m+"] as const;

export interface Library {
  /** Undefined: not valid. Else what is known of it. */
  readonly common: (value: unknown) => object | undefined;
  readonly events: Readonly<Record<string, (value: unknown) => object | undefined>>;
}

export function judge(library: Library, body: string, now: number): readonly unknown[] | undefined {
  const sent = JSON.parse(body);
  const common = library.common(sent);
  if (common === undefined || !Array.isArray(sent.events)) return undefined;
  return sent.events.slice(0, 100).flatMap((entry: { event: string; ts?: string; props?: unknown } | null) => {
    if (typeof entry !== "object" || entry === null || !Object.hasOwn(library.events, entry.event)) return [];
    const fields = library.events[entry.event]?.(entry.props);
    if (fields === undefined) return [];
    const time = Date.parse(entry.ts ?? "");
    const timely = time >= now - 30 * 86_400_000 && time <= now + 600_000;
    return [{ event: entry.event, fields: { ...common, ...fields }, ...(timely ? { time: entry.ts } : {}) }];
  });
}
