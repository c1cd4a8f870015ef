/** A change of one key: its path, and what stands there before and after. */
export type Change = readonly (readonly [path: string, before: unknown, after: unknown])[];

const field = "events.index.fields.full";
const full = (more = {}) => ({ type: "bool", optional: true, why: "Whether all was read.", ...more });
const keys = { enabled: { type: "bool" }, notice: { type: "bool" }, machine_id: { type: "identifier" } };
const consent = (more = {}) => ({
  model: "opt-out",
  order: [{ env: "DO_NOT_TRACK", disable_when: "truthy" }, { stored: "enabled" }],
  commands: {
    status: { run: "tool status" },
    disable: { run: "tool off" },
    enable: { run: "tool on" },
  },
  state_file: { path: "~/.tool/telemetry.json", keys },
  ...more,
});
const ask = (more = {}) =>
  consent({ ask: [{ where: "first run", question: "May we?", preselected: "decline", ...more }] });
const notice = (more = {}) => ({ when: "before-first-send", stream: "stderr", text: "tool tells.", ...more });
const old = { from: "~/.old/a.json", key: "a" };
const adopts = (more = {}) => consent({ adopts: [{ ...old, ...more }] });
const line = (more = {}) => ({ file: "~/.old/queue", event: "ev", time: "ts", fields: "props", ...more });
const machine = (more = {}) => ({
  identifies: "machine",
  made_from: "random",
  format: { type: "uuid", version: 4 },
  created: "first-send",
  ...more,
});
const given = (more = {}) => machine({ made_from: "given", created: "platform", what: "the disk's number", ...more });
const traced = { derived_from: ["hardware"], justification: "Nothing else tells machines apart." };
const to = (more = {}) => ({
  url: "https://telemetry.tool.example/v1/events",
  operator: { name: "Tool", party: "first" },
  client_ip: "discarded",
  ...more,
});
const elsewhere = (more = {}) => to({ override: { order: [{ env: "TOOL_URL" }], ...more } });
const total = (one_per: readonly string[], combine: object = { exact: "calls" }) => ({
  when: "Once per full index.",
  why: "Which sizes deserve work.",
  rollup: { one_per, combine },
  fields: {
    backend: { type: "enum", values: ["native", "wasm"], why: "Share of the backends." },
    exact: { type: "int", max: 10, example: 3, why: "How many there were." },
    ...("most" in combine
      ? { most: { type: "int", max: 10, example: 3, optional: true, why: "The largest, or the smallest." } }
      : {}),
  },
});
const peak = (by: string) => total(["day", "backend"], { exact: "calls", most: by });
const now = (more = {}) => ({ mode: "immediate", ...more });
const queue = (more = {}, beside = {}) => ({
  mode: "queued",
  queue: { file: "~/.tool/queue", max_size: "64KiB", when_full: "drop-oldest", ...more },
  ...beside,
});
const flush = (...flush: readonly object[]) => queue({}, { flush });
const debug = (more = {}) => now({ debug: { env: "D", ...more } });
const request = (more = {}) => ({
  format: "json",
  body: { $common: null, events: "$each" },
  each: { event: "$event", ts: "$time", props: { $fields: null } },
  ...more,
});

/** Of the second edition of the list. */
export const EDITIONS: Change = [
  [`${field}.since_epoch`, 2, undefined],
  ["events.index.since_epoch", undefined, 2],
  ["events.index.since_epoch", 2, undefined],
];

/** Who decides. */
export const DECIDES: Change = [
  ["consent", consent(), consent({ evaluated: "at-start" })],
  ["consent", ask(), ask({ ask_again: "every-time" })],
  ["consent", ask({ ask_again: "every-time" }), ask()],
  ["consent", ask(), ask({ stores: { notice: true } })],
  ["consent", ask(), ask({ described: true })],
  ["consent.notice", notice(), notice({ once: false })],
  ["consent.notice", notice({ once: false }), notice()],
  ["consent.notice", notice({ when: "first-run" }), notice()],
  ["consent.notice", notice(), notice({ described: true })],
  ["consent", consent(), consent({ commands: { status: { run: "tool status", prints: ["enabled"] } } })],
  ["consent.state_file.deleting_it", undefined, "Deleting it turns telemetry off."],
  ["consent", consent({ adopts: [old] }), consent({ adopts: [{ ...old, described: true }] })],
  ["consent", ask(), ask({ only_where: "ci" })],
  ["consent", adopts({ epoch_from: { stored: "at", epochs: { 1: "2023-08-25" } } }), adopts()],
  ["consent", adopts(), adopts({ identifiers: { machine_id: "id" } })],
  ["identifiers.machine_id", machine(), given()],
  ["identifiers.machine_id", given(), given({ what: "the host's name" })],
  ["identifiers.machine_id", given(), given(traced)],
  ["identifiers.machine_id", given(traced), given({ ...traced, justification: "Machines have to be told apart." })],
  ["identifiers.machine_id", machine(), machine({ in_ci: "leave-out" })],
  ["identifiers.machine_id", machine({ in_ci: "leave-out" }), machine()],
  ["identifiers.machine_id", machine({ deletion_by: "writing to us" }), machine()],
  ["identifiers.machine_id", machine(), machine({ created: "each-event" })],
  ["identifiers.machine_id", machine({ created: "process-start" }), machine()],
  [
    "events.index.even_when_off",
    { reason: "We count.", despite: ["stored"] },
    { reason: "To see.", despite: ["stored"] },
  ],
];

/** When, and how it travels. */
export const TRAVELS: Change = [
  [`${field}`, full(), full({ only_when: { backend: "native" } })],
  [`${field}`, full({ only_when: { backend: "native" } }), full()],
  [`${field}`, full({ legacy: true }), full()],
  [`${field}`, full(), full({ nullable: true })],
  [`${field}`, full(), full({ note: "Roughly." })],
  ["events.index.note", undefined, "Roughly."],
  ["events.index.sample", { one_in: 10 }, { one_in: 10, by: "machine_id" }],
  ["destination", to(), elsewhere()],
  ["destination", elsewhere(), to()],
  ["destination", elsewhere(), elsewhere({ order: [{ env: "TOOL_URL" }, { env: "URL" }] })],
  ["destination", elsewhere({ when_rejected: "disable" }), elsewhere()],
  ["destination", elsewhere({ http_allowed_for: ["localhost"] }), elsewhere()],
  ["destination", to({ stored_in: "Germany" }), to({ stored_in: "Elsewhere" })],
  ["destination", to({ access: "The maintainers." }), to({ access: "Anybody." })],
  ["destination", to({ retention: { raw: "30d", aggregates: "a year" } }), to({ retention: { raw: "30d" } })],
  ["destination", to({ retention: { tiers: { backups: "30d" } } }), to({ retention: { tiers: { backups: "60d" } } })],
  ["destination", to({ deletion: "Write to us." }), to()],
  ["wire", request(), request({ headers: { "X-Os": "{common.os}" } })],
  ["wire", request(), request({ query: { os: "$common.os" } })],
  ["wire", request(), request({ described: true, what: "protobuf" })],
  ["wire", request({ described: true, what: "protobuf" }), request({ described: true, what: "msgpack" })],
  ["delivery", now(), now({ timeout: "10s" })],
  ["delivery", now(), now({ attempts: 3 })],
  ["delivery", now(), now({ on_failure: "log" })],
  ["delivery", now({ on_failure: "log" }), now({ on_failure: "log", log_level: "warn" })],
  ["delivery", now({ retry: { what: "Thrice.", described: true } }), now()],
  ["delivery", queue(), queue({}, { batch: 20 })],
  ["delivery", queue({}, { batch: 20 }), queue({}, { batch: 10 })],
  ["delivery", now(), queue()],
  ["delivery", queue(), queue({ file: "~/.tool/q" })],
  ["delivery", queue(), queue({ max_size: "128KiB" })],
  ["delivery", queue(), queue({ when_full: "drop-newest" })],
  ["delivery", queue(), queue({ reclaim_after: "2h" })],
  ["delivery", queue(), flush({ at: "process-exit", wait: true })],
  ["delivery", flush({ at: "command-start" }), flush({ at: "command-start", commands: ["run"] })],
  [
    "delivery",
    flush({ at: "command-start" }, { at: "command-end" }),
    flush({ at: "command-start" }, { at: "command-end", wait: true }),
  ],
  ["delivery", flush({ at: "interval", every: "6h" }), flush({ at: "interval", every: "1h" })],
  ["delivery", debug(), debug({ when: "present" })],
  ["delivery", debug({ sends: false, when: "present" }), debug({ sends: false })],
  ["delivery", debug(), debug({ shows: "one-line-per-send", line: "sent" })],
  ["delivery", debug(), debug({ level: "debug" })],
  ["delivery", debug(), debug({ stream: "log" })],
  ["ingest.rate_limit", undefined, { per: "machine_id", requests: 9, window: "1h" }],
];

/** Where events wait in a queue. */
export const WAITING: Change = [
  ["consent", consent({ adopts: [old] }), consent({ adopts: [old, { queue: line() }] })],
  ["consent", consent({ adopts: [old, { queue: line() }] }), consent({ adopts: [old] })],
  ["consent", consent({ adopts: [{ queue: line() }] }), consent({ adopts: [{ queue: line({ file: "~/.old/q" }) }] })],
  ["consent", consent({ adopts: [{ queue: line() }] }), consent({ adopts: [{ queue: line({ event: "e" }) }] })],
  ["consent", consent({ adopts: [{ queue: line() }] }), consent({ adopts: [{ queue: line({ time: "t" }) }] })],
  ["consent", consent({ adopts: [{ queue: line() }] }), consent({ adopts: [{ queue: line({ fields: "f" }) }] })],
  ["events.index", total(["week", "backend"]), total(["day", "backend"])],
  ["events.index", total(["day", "backend"]), total(["hour", "backend"])],
  ["events.index", total(["hour", "backend"]), total(["week", "backend"])],
  ["events.index", total(["300 calls", "backend"]), total(["100 calls", "backend"])],
  ["events.index", total(["day", "backend"]), total(["100 calls", "backend"])],
  ["events.index", total(["100 calls", "backend"]), total(["day", "backend"])],
  ["events.index", peak("max"), peak("min")],
  ["events.index", peak("last"), peak("sum")],
  ["ingest.responses", undefined, { puts_back: "5xx" }],
  ["ingest.responses", { puts_back: [503] }, undefined],
];

/** Where a request carries one event. */
export const ALONE: Change = [
  ["delivery", now(), now({ answer: "1KiB" })],
  ["delivery", now({ answer: "1KiB" }), now({ answer: "2KiB" })],
  ["delivery", now({ answer: "1KiB" }), now()],
];

/** Of metrics, in a contract of their own. */
export const GAUGES: Change = [
  ["metrics.tool_nodes.every", "24h", "12h"],
  ["metrics.tool_nodes.every", "24h", "48h"],
  ["metrics.tool_nodes.first_after", undefined, "1h"],
  ["metrics.tool_projects.first_after", "15m", undefined],
  ["metrics.tool_up.jitter", "5m", undefined],
  ["metrics.tool_up.only_where", undefined, "ci"],
  ["metrics.tool_up.expires", "2030-01-01", undefined],
  ["metrics.tool_up.class", undefined, "technical"],
  ["metrics.tool_up.purpose", undefined, "support"],
  ["metrics.tool_up.owner", undefined, "core"],
  ["metrics.tool_up.note", undefined, "Roughly."],
  ["metrics.tool_nodes.value", { type: "int", max: 1000, example: 3 }, { type: "int", max: 2000, example: 3 }],
];
