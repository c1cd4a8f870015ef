import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asRead, pageText } from "../conformance/page.js";
import { hasTest } from "../conformance/test-names.js";

const root = join(import.meta.dirname, "../..");
const folders = ["fixtures", "further"].map((name) => join(root, "test/conformance", name));

/** The kind of proof, and its words: `case accept-health`, `table consent: default`, `page: 365 days`. */
export interface Requirement {
  readonly id: string;
  readonly says: string;
  readonly proofs: readonly string[];
}

/** A table of requirements: a line for each, its proofs indented below. */
export function readRequirements(text: string): readonly Requirement[] {
  const found: { id: string; says: string; proofs: string[] }[] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, id, says] = /^([A-Z]{2}-\d{3}) (.+)$/.exec(line) ?? [];
    if (id !== undefined && says !== undefined) found.push({ id, says, proofs: [] });
    else found.at(-1)?.proofs.push(line.trim());
  }
  return found;
}

/** Returns why a proof is none; undefined when it is one. */
export function flaw(proof: string, id: string, system: string): string | undefined {
  const [, kind = "", name = ""] =
    /^(case|table|behaviour|test|page:|not here:|python test:|python vectors:|python suite:|not in python:|go vectors:|go suite:|go program:) (.+)$/.exec(
      proof,
    ) ?? [];
  return Object.hasOwn(kinds, kind) ? kinds[kind]?.(name, id, system) : "no kind of proof";
}

/** Returns whether a sentence is about the client: what shows it is something that a client does. */
export function isAboutClient({ proofs }: Requirement): boolean {
  return proofs.some((proof) => /^(test client\/|behaviour |table )/.test(proof));
}

/** Returns whether something shows it of the client in Python, or says why nothing can. */
export function isShownInPython({ proofs }: Requirement): boolean {
  return proofs.some((proof) => /^(not in )?python/.test(proof));
}

/** Returns whether something shows it of the client in Go. */
export function isShownInGo({ proofs }: Requirement): boolean {
  return proofs.some((proof) => proof.startsWith("go "));
}

interface Row {
  readonly id?: string;
  readonly name?: string;
  readonly requirements?: readonly string[];
}

const kinds: Readonly<Record<string, (name: string, id: string, system: string) => string | undefined>> = {
  // A case that is named for a requirement has to say so itself.
  case: (name, id, system) => {
    const files = read(system, `${name}.expect.json`) as Row[];
    return cites(files, id, `no case called ${name}`);
  },
  table: (words, id, system) => {
    const [table = "", row] = words.split(": ");
    const tables = read(system, `${table}.json`) as (readonly Row[] | (Row & { readonly cases?: readonly Row[] }))[];
    const wholes = tables.flatMap((one) => ("map" in one ? [] : [one]));
    const rows = [...wholes, ...tables.flatMap((one) => ("map" in one ? one : (one.cases ?? [])))];
    if (row === undefined) return cites(rows, id, `no table called ${table}`);
    // What a table cites as a whole, its rows show.
    const named = rows.filter((one) => one.id === row || one.name === row);
    return cites(named.length > 0 ? [...named, ...wholes] : [], id, `no row of ${table} called ${row}`);
  },
  behaviour: (name, id, system) => {
    const rows = (read(system, "behaviour.json") as { cases: Row[] }[]).flatMap(({ cases }) => cases);
    const row = rows.filter((one) => one.name === name);
    return cites(row, id, `no behaviour called ${name}`) ?? (hasTest(name) ? undefined : `no test called ${name}`);
  },
  test: (words) => {
    const [path = "", ...name] = words.split(": ");
    const file = path.startsWith("generated/") ? `../${path}` : path;
    if (!existsSync(join(root, "test", file))) return `no file ${path}`;
    return name.length === 0 || hasTest(name.join(": "), [file]) ? undefined : `no test of that name in ${path}`;
  },
  "page:": (text, _, system) => (pageText(system).includes(asRead(text)) ? undefined : "not on the page"),
  "not here:": () => undefined,
  "not in python:": () => undefined,
  // Put to the Go client by test/vectors/go.test.ts.
  "go vectors:": (question, _, system) =>
    existsSync(join(root, "generated/systems", system, "vectors", `${question}.json`)) ? undefined : `no ${question}`,
  // What a product's own run of go test holds its client to.
  "go suite:": (name) =>
    readFileSync(join(root, "generator/targets/go/tests.ts"), "utf8").includes(`func ${name}(t *testing.T)`)
      ? undefined
      : `the suite has no ${name}`,
  // Put beside its generated client by test/go/network.test.ts.
  "go program:": (name) =>
    readFileSync(join(root, "test/go/programs/network_test.go"), "utf8").includes(`func ${name}(t *testing.T)`)
      ? undefined
      : `no program has ${name}`,
  "python test:": (words, id, system) => kinds["test"]?.(words, id, system),
  // Put to the Python client by test/vectors/python.test.ts.
  "python vectors:": (question, _, system) =>
    existsSync(join(root, "generated/systems", system, "vectors", `${question}.json`)) ? undefined : `no ${question}`,
  // What a product's own run of pytest holds its client to.
  "python suite:": (name) =>
    readFileSync(join(root, "templates/python/tests/telemetry_suite.py"), "utf8").includes(`    def ${name}(self`)
      ? undefined
      : `the suite has no ${name}`,
};

function read(system: string, file: string): unknown[] {
  return folders
    .map((folder) => join(folder, system, file))
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as unknown);
}

function cites(rows: readonly Row[], id: string, missing: string): string | undefined {
  if (rows.length === 0) return missing;
  return rows.some(({ requirements }) => requirements?.includes(id)) ? undefined : `it does not cite ${id}`;
}
