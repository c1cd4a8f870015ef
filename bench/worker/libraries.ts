import * as v from "valibot";
import { z } from "zod";

/** The same contract in the two libraries that people reach for. zod without eval, as Workers have it. */
z.config({ jitless: true });

const os = [
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
const arch = [
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
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const version = /^v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:[-+.]?[A-Za-z0-9][A-Za-z0-9.+-]*)?$/;
const client = /^[A-Za-z0-9_.:+/ @()-]+$/;
const agent = /^[a-z0-9][a-z0-9_-]*$/;
const language = /^[A-Za-z0-9_.:+#-]+$/;
const tool = /^[A-Za-z0-9_.:+-]+$/;
const counts = ["<100", "100-1k", "1k-10k", "10k+"] as const;
const durations = ["<10s", "10-60s", "1-5m", "5m+"] as const;

const vText = (pattern: RegExp, most: number) => v.pipe(v.string(), v.maxLength(most), v.regex(pattern));
const vInt = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const vList = (pattern: RegExp, most: number) => v.pipe(v.array(vText(pattern, 24)), v.maxLength(most));
const vSqlite = v.picklist(["native", "wasm"]);
const vCommon = v.object({
  machine_id: vText(uuid, 36),
  codegraph_version: vText(version, 32),
  os: v.picklist(os),
  arch: v.picklist(arch),
  node_major: vInt(1, 99),
  ci: v.boolean(),
  schema_version: v.literal(1),
});
const vEvents: Record<string, ReturnType<typeof v.object>> = {
  install: v.object({
    targets: vList(agent, 12),
    scope: v.picklist(["local", "global"]),
    kind: v.picklist(["fresh", "upgrade", "reinstall"]),
    sqlite_backend: vSqlite,
  }),
  index: v.object({
    languages: vList(language, 32),
    file_count_bucket: v.picklist(counts),
    duration_bucket: v.picklist(durations),
    sqlite_backend: vSqlite,
  }),
  usage_rollup: v.object({
    kind: v.picklist(["mcp_tool", "cli_command"]),
    name: vText(tool, 64),
    count: vInt(0, 1e6),
    error_count: vInt(0, 1e6),
    client_name: v.fallback(v.optional(vText(client, 64)), undefined),
    client_version: v.fallback(v.optional(vText(client, 32)), undefined),
  }),
  uninstall: v.object({ targets: vList(agent, 12) }),
};

const zText = (pattern: RegExp, most: number) => z.string().max(most).regex(pattern);
const zInt = (least: number, most: number) => z.int().min(least).max(most);
const zList = (pattern: RegExp, most: number) => z.array(zText(pattern, 24)).max(most);
const zSqlite = z.enum(["native", "wasm"]);
const zCommon = z.object({
  machine_id: zText(uuid, 36),
  codegraph_version: zText(version, 32),
  os: z.enum(os),
  arch: z.enum(arch),
  node_major: zInt(1, 99),
  ci: z.boolean(),
  schema_version: z.literal(1),
});
const zEvents: Record<string, ReturnType<typeof z.object>> = {
  install: z.object({
    targets: zList(agent, 12),
    scope: z.enum(["local", "global"]),
    kind: z.enum(["fresh", "upgrade", "reinstall"]),
    sqlite_backend: zSqlite,
  }),
  index: z.object({
    languages: zList(language, 32),
    file_count_bucket: z.enum(counts),
    duration_bucket: z.enum(durations),
    sqlite_backend: zSqlite,
  }),
  usage_rollup: z.object({
    kind: z.enum(["mcp_tool", "cli_command"]),
    name: zText(tool, 64),
    count: zInt(0, 1e6),
    error_count: zInt(0, 1e6),
    client_name: zText(client, 64).optional().catch(undefined),
    client_version: zText(client, 32).optional().catch(undefined),
  }),
  uninstall: z.object({ targets: zList(agent, 12) }),
};

interface Library {
  readonly common: (value: unknown) => object | undefined;
  readonly event: (name: string, value: unknown) => object | undefined;
}

const valibot: Library = {
  common: (value) => passed(v.safeParse(vCommon, value)),
  event: (name, value) => passed(v.safeParse(vEvents[name], value)),
};
const zod: Library = {
  common: (value) => zCommon.safeParse(value).data,
  event: (name, value) => zEvents[name]?.safeParse(value).data as object | undefined,
};

function passed(result: { success: boolean; output: unknown }): object | undefined {
  return result.success ? (result.output as object) : undefined;
}

function judge(library: Library, body: string, now: number): readonly unknown[] | undefined {
  const sent = JSON.parse(body);
  const common = library.common(sent);
  if (common === undefined || !Array.isArray(sent.events)) return undefined;
  return sent.events.slice(0, 100).flatMap((entry: { event: string; ts?: string; props?: unknown } | null) => {
    if (typeof entry !== "object" || entry === null || !Object.hasOwn(vEvents, entry.event)) return [];
    const fields = library.event(entry.event, entry.props);
    if (fields === undefined) return [];
    const time = Date.parse(entry.ts ?? "");
    const timely = time >= now - 30 * 86_400_000 && time <= now + 600_000;
    return [{ event: entry.event, fields: { ...common, ...fields }, ...(timely ? { time: entry.ts } : {}) }];
  });
}

export const judgeByValibot = (body: string, now: number) => judge(valibot, body, now);
export const judgeByZod = (body: string, now: number) => judge(zod, body, now);
