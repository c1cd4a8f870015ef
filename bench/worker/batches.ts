/** Request bodies of the kinds that a receiver sees, for CodeGraph's contract. */

export const now = Date.parse("2026-06-13T08:00:00.000Z");
const ts = "2026-06-12T12:00:00.000Z";

const common = {
  machine_id: "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  codegraph_version: "0.9.12",
  os: "darwin",
  arch: "arm64",
  node_major: 22,
  ci: false,
  schema_version: 1,
};

const tools = ["codegraph_explore", "codegraph_search", "affected", "index", "codegraph_node", "sync"];

/** An event as clients send it: mostly rollups. */
function validEvent(index: number): unknown {
  if (index % 20 === 0)
    return {
      event: "install",
      ts,
      props: { targets: ["claude", "cursor"], scope: "local", kind: "fresh", sqlite_backend: "native" },
    };
  if (index % 20 === 10) {
    return {
      event: "index",
      ts,
      props: {
        languages: ["typescript", "go"],
        file_count_bucket: "1k-10k",
        duration_bucket: "10-60s",
        sqlite_backend: "native",
      },
    };
  }
  const name = tools[index % tools.length];
  const counts = { name, count: 12 + index, error_count: index % 3 };
  if (index % 3 === 0) return { event: "usage_rollup", ts, props: { kind: "cli_command", ...counts } };
  return {
    event: "usage_rollup",
    ts,
    props: { kind: "mcp_tool", ...counts, client_name: "Claude Code", client_version: "2.1" },
  };
}

/** An event as clients don't send it: events and fields that nobody knows, values out of their sets, addresses, odd forms. */
function hostileEvent(index: number): unknown {
  const kinds = [
    { event: "constructor", ts, props: {} },
    {
      event: "page_view",
      ts,
      props: { url: "https://ada@example.com/secret", referrer: "/home/ada", session: "x".repeat(40) },
    },
    {
      event: "install",
      ts,
      props: { targets: ["/home/ada"], scope: "local", kind: "fresh", sqlite_backend: "native" },
    },
    {
      event: "index",
      ts,
      props: { languages: "typescript", file_count_bucket: 1234, duration_bucket: "7s", sqlite_backend: null },
    },
    {
      event: "usage_rollup",
      ts: "2020-01-01T00:00:00.000Z",
      props: {
        kind: "mcp_tool",
        name: "codegraph_explore",
        count: 3,
        error_count: 0,
        client_name: "<script>",
        path: "/home/ada",
        user: "ada",
      },
    },
    { event: "usage_rollup", ts, props: { kind: "shell", name: "rm -rf /", count: -1, error_count: 1.5 } },
    null,
    { event: "uninstall", props: [] },
  ];
  return kinds[index % kinds.length];
}

export const batches: Readonly<Record<string, string>> = {
  "1 event": body(1, validEvent),
  "20 events": body(20, validEvent),
  "100 events": body(100, validEvent),
  "1 hostile": body(1, hostileEvent),
  "20 hostile": body(20, hostileEvent),
  "100 hostile": body(100, hostileEvent),
};

/** The same events as a picture of three levels has them: `data.batch.items`, each with its fields in `data.props`. */
export const nested: Readonly<Record<string, string>> = Object.fromEntries(
  ["1 event", "20 events", "100 events"].map((name) => {
    const { events, ...rest } = JSON.parse(batches[name] ?? "") as { events: readonly Sent[] };
    const items = events.map(({ event, ts: at, props }) => ({ event, meta: { at }, data: { props } }));
    return [name, JSON.stringify({ context: { client: rest }, data: { batch: { items } } })];
  }),
);

/** For the contract's own `wire`. */
export const nestedWire = `
  body: { context: { client: { $common: } }, data: { batch: { items: $each } } }
  each: { event: $event, meta: { at: $time }, data: { props: { $fields: } } }
`;

interface Sent {
  readonly event: string;
  readonly ts: string;
  readonly props: unknown;
}

function body(length: number, event: (index: number) => unknown): string {
  return JSON.stringify({ ...common, events: Array.from({ length }, (_, index) => event(index + 1)) });
}
