/** Every promise that a contract can make. Each has its sentence on the page and its suite in `templates/tests`. */
export const GUARANTEES = [
  "allowlist-only",
  "off-is-off",
  "never-blocks",
  "never-throws",
  "exit-code-unaffected",
  "silent-on-failure",
  "no-stdout",
  "no-retry",
  "no-new-dependencies",
  "not-in-debug-builds",
] as const;

export type Guarantee = (typeof GUARANTEES)[number];
