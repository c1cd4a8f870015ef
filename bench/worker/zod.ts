import { z } from "zod";
import {
  agent,
  arch,
  client,
  counts,
  durations,
  judge,
  type Library,
  language,
  os,
  tool,
  uuid,
  version,
} from "./library.js";

/** Without eval, as Workers have it. */
z.config({ jitless: true });

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

const parse = (schema: { safeParse(value: unknown): { data?: object } }) => (value: unknown) =>
  schema.safeParse(value).data;
const zod: Library = {
  common: parse(zCommon),
  events: Object.fromEntries(Object.entries(zEvents).map(([name, schema]) => [name, parse(schema)])),
};

export const judgeByZod = (body: string, now: number) => judge(zod, body, now);
