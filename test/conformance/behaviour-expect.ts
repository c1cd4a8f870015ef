import type { Seen } from "./behaviour-drive.js";

export type Expected = Readonly<Record<string, unknown>>;

/** The checks of what a case expects: what was seen of it, to be compared. */
export const expectations: Readonly<Record<string, (seen: Seen, expected: unknown) => unknown>> = {
  requests: ({ requests }) => requests.length,
  requests_to: ({ requests }) => requests.map(({ url }) => url),
  hosts: ({ requests }) => [...new Set(requests.map(({ url }) => new URL(url).hostname))],
  events: ({ events }) => events.map(({ event }) => event),
  body_keys: ({ requests }) => Object.keys(JSON.parse(requests[0]?.body ?? "{}") as object).sort(),
  same_uid: ({ events }) => new Set(events.map(({ fields }) => fields["uid"])).size === 1,
  throws: ({ thrown }) => thrown,
  stderr: ({ stderr }) => stderr.join("\n"),
  stderr_lines: ({ stderr }) => stderr,
  stderr_contains: ({ stderr }, expected) =>
    (expected as readonly string[]).filter((text) => stderr.join("\n").includes(text)),
  stdout: ({ stdout }) => stdout.join("\n"),
  log_levels: ({ logged }) => logged,
  files: ({ files }) => files,
  stored_include: ({ stored }, expected) =>
    Object.fromEntries(Object.keys(expected as object).map((key) => [key, stored[key]])),
};
