import * as v from "valibot";
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

const parse = (schema: unknown) => (value: unknown) => {
  const result = v.safeParse(schema, value);
  return result.success ? (result.output as object) : undefined;
};
const valibot: Library = {
  common: parse(vCommon),
  events: Object.fromEntries(Object.entries(vEvents).map(([name, schema]) => [name, parse(schema)])),
};

export const judgeByValibot = (body: string, now: number) => judge(valibot, body, now);
