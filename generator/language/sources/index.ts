import type { OtherLanguage } from "../../model/clients.js";
import type { FieldSource } from "../../model/model.js";
import type { SourceDefinition, SourceName } from "./define.js";

/** Every word of `from`, in the order of the reference page. A new one doesn't compile until each part knows it. */
export const SOURCES: Readonly<Record<SourceName, SourceDefinition>> = {
  call: { describes: "the emitter's caller", page: "", clients: ["python", "go", "rust"] },
  setup: { describes: "given once, to `setup`", page: "set once per process", clients: ["python", "go", "rust"] },
  "package-version": {
    describes: "the product's version",
    page: "filled in from the package",
    types: ["version", "string"],
    clients: ["python", "go", "rust"],
  },
  "schema-version": {
    describes: "`schema_version`",
    page: "",
    types: ["int", "const"],
    clients: ["python", "go", "rust"],
  },
  os: {
    describes: "the operating system, in the field's own words",
    page: "the operating system",
    types: ["enum", "string"],
    clients: ["python", "go", "rust"],
  },
  arch: {
    describes: "the architecture, in the field's own words",
    page: "the processor's architecture",
    types: ["enum", "string"],
    clients: ["python", "go", "rust"],
  },
  "node-major": {
    describes: "the major version of Node",
    page: "Node's major version",
    types: ["int"],
    clients: ["python", "go"],
  },
  "runtime-version": {
    describes: "of Node, Bun, Deno or Python",
    page: "the version of the language's runtime",
    types: ["version", "string"],
    clients: ["python", "go"],
  },
  "process-start": {
    describes: "when the process started",
    page: "when the process started",
    types: ["timestamp"],
    clients: ["python", "go", "rust"],
  },
  now: {
    describes: "when the call was made",
    page: "when it was recorded",
    types: ["timestamp"],
    ofCall: true,
    clients: ["python", "go", "rust"],
  },
  sequence: {
    describes:
      "how many events with it the process recorded before; where events wait, also those that a limit or a sample held back",
    page: "how many events with such a number the same run of the program recorded before, perhaps also those that a limit or a sample held back",
    types: ["int"],
    ofCall: true,
    clients: ["python", "go", "rust"],
  },
  command: {
    describes: "the command that was started, one of the field's values",
    page: "the command that was run",
    types: ["enum"],
    clients: ["python", "go"],
  },
};

/** The same of the sources that need more than a word. */
const WITH_PARAMETERS: Readonly<Record<Exclude<FieldSource["kind"], SourceName>, Pick<SourceDefinition, "clients">>> = {
  env: { clients: ["python", "go", "rust"] },
  identifier: { clients: ["python", "go", "rust"] },
  "each-event": { clients: ["python", "go", "rust"] },
};

/** Returns whether a client fills a field in from there. A word that isn't one has its finding already, and no client knows it. */
export function isFilledBy(client: OtherLanguage, { kind }: FieldSource): boolean {
  const word = { ...SOURCES, ...WITH_PARAMETERS }[kind] as Pick<SourceDefinition, "clients"> | undefined;
  return word?.clients.includes(client) === true;
}
