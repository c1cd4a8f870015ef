/** The worker as one writes it by hand: a table of checks per property, and loops over it. The same answers, none of our code. */

type Check = (value: unknown) => boolean;

const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const text =
  (pattern: RegExp, most: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= most && pattern.test(value);
const int =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const list =
  (check: Check, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

const agents = list(text(/^[a-z0-9][a-z0-9_-]*$/, 24), 12);
const sqlite = oneOf("native", "wasm");
const client = /^[A-Za-z0-9_.:+/ @()-]+$/;

const envelope: Record<string, Check> = {
  machine_id: text(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 36),
  codegraph_version: text(/^v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:[-+.]?[A-Za-z0-9][A-Za-z0-9.+-]*)?$/, 32),
  os: oneOf("aix", "android", "cygwin", "darwin", "freebsd", "haiku", "linux", "netbsd", "openbsd", "sunos", "win32"),
  arch: oneOf("arm", "arm64", "ia32", "loong64", "mips", "mipsel", "ppc", "ppc64", "riscv64", "s390", "s390x", "x64"),
  node_major: int(1, 99),
  ci: (value) => typeof value === "boolean",
  schema_version: oneOf(1),
};

const events: Record<string, { readonly required: readonly string[]; readonly props: Record<string, Check> }> = {
  install: {
    required: ["targets", "scope", "kind", "sqlite_backend"],
    props: {
      targets: agents,
      scope: oneOf("local", "global"),
      kind: oneOf("fresh", "upgrade", "reinstall"),
      sqlite_backend: sqlite,
    },
  },
  index: {
    required: ["languages", "file_count_bucket", "duration_bucket", "sqlite_backend"],
    props: {
      languages: list(text(/^[A-Za-z0-9_.:+#-]+$/, 24), 32),
      file_count_bucket: oneOf("<100", "100-1k", "1k-10k", "10k+"),
      duration_bucket: oneOf("<10s", "10-60s", "1-5m", "5m+"),
      sqlite_backend: sqlite,
    },
  },
  usage_rollup: {
    required: ["kind", "name", "count", "error_count"],
    props: {
      kind: oneOf("mcp_tool", "cli_command"),
      name: text(/^[A-Za-z0-9_.:+-]+$/, 64),
      count: int(0, 1e6),
      error_count: int(0, 1e6),
      client_name: text(client, 64),
      client_version: text(client, 32),
    },
  },
  uninstall: { required: ["targets"], props: { targets: agents } },
};

export function judgeByClosures(body: string, now: number): readonly unknown[] | undefined {
  const sent = JSON.parse(body);
  if (typeof sent !== "object" || sent === null || !Array.isArray(sent.events)) return undefined;
  const common: Record<string, unknown> = {};
  for (const [key, check] of Object.entries(envelope)) if (check(sent[key])) common[key] = sent[key];
  if (common.machine_id === undefined) return undefined;
  const accepted: unknown[] = [];
  for (const entry of sent.events.slice(0, 100)) {
    if (typeof entry !== "object" || entry === null || !Object.hasOwn(events, entry.event)) continue;
    const { required, props } = events[entry.event] as (typeof events)[string];
    const fields: Record<string, unknown> = { ...common };
    for (const [key, value] of Object.entries(entry.props ?? {})) {
      if (Object.hasOwn(props, key) && props[key]?.(value)) fields[key] = value;
    }
    if (fields.kind !== "mcp_tool") {
      delete fields.client_name;
      delete fields.client_version;
    }
    if (!required.every((key) => key in fields)) continue;
    const time = Date.parse(entry.ts);
    const timely = time >= now - 30 * 86_400_000 && time <= now + 600_000;
    accepted.push({ event: entry.event, fields, ...(timely ? { time: entry.ts } : {}) });
  }
  return accepted;
}
