export type Guarantee =
  | "allowlist-only"
  | "off-is-off"
  | "never-blocks"
  | "never-throws"
  | "exit-code-unaffected"
  | "silent-on-failure"
  | "no-stdout"
  | "no-retry"
  | "no-new-dependencies"
  | "not-in-debug-builds";
