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

/** Those of them that are made only where their folder is there already, or when they are asked for by name. */
export const onRequest: readonly string[] = ["vectors"];
