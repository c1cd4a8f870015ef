/** The names of all targets, for the command line: it must not load them to know them. A test holds the two together. */
export const targetNames = [
  "schema",
  "client",
  "python",
  "go",
  "rust",
  "worker",
  "docs",
  "html",
  "dashboards",
  "tests",
  "vectors",
] as const;

/** Those of them that are made only when they are asked for by name, or where this file or folder is there already. */
export const onRequest = {
  html: "telemetry.html",
  vectors: "vectors",
} as const;
