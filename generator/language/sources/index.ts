import type { SourceDefinition, SourceName } from "./define.js";

/** Every word of `from`, in the order of the reference page. A new one doesn't compile until each part knows it. */
export const SOURCES: Readonly<Record<SourceName, SourceDefinition>> = {
  call: { describes: "the emitter's caller", page: "" },
  setup: { describes: "given once, to `setup`", page: "set once per process" },
  "package-version": {
    describes: "the product's version",
    page: "filled in from the package",
    types: ["version", "string"],
  },
  "schema-version": { describes: "`schema_version`", page: "", types: ["int", "const"] },
  os: {
    describes: "the operating system, in the field's own words",
    page: "the operating system",
    types: ["enum", "string"],
  },
  arch: {
    describes: "the architecture, in the field's own words",
    page: "the processor's architecture",
    types: ["enum", "string"],
  },
  "node-major": {
    describes: "the major version of Node",
    page: "Node's major version",
    types: ["int"],
  },
  "runtime-version": {
    describes: "of Node, Bun, Deno or Python",
    page: "the version of the language's runtime",
    types: ["version", "string"],
  },
  "process-start": {
    describes: "when the process started",
    page: "when the process started",
    types: ["timestamp"],
  },
  now: {
    describes: "when the call was made",
    page: "when it was recorded",
    types: ["timestamp"],
    ofCall: true,
  },
  sequence: {
    describes: "how many events the process recorded before",
    page: "how many events the same run of the program recorded before",
    types: ["int"],
    ofCall: true,
  },
  command: {
    describes: "the command that was started, one of the field's values",
    page: "the command that was run",
    types: ["enum"],
  },
};
