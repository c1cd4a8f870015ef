/**
 * The content of another tool's file, in the terms of a contract. Each reader makes one of these; one printer writes them down.
 */
export interface Imported {
  readonly product?: string;
  readonly summary?: string;
  readonly events: readonly ImportedEvent[];
  /** Sent with every event. */
  readonly common: readonly ImportedField[];
  readonly identifiers: ReadonlyMap<string, string>;
  /** The items without a counterpart. Nothing is dropped without a line here. */
  readonly lost: readonly Lost[];
  /** The number of versions in the files, the draft's own with them. Absent: one. */
  readonly schemaVersion?: number;
}

/** What a reader makes of its files; what it lost, and who is identified, the collector has. */
export type Drafted = Omit<Imported, "lost" | "identifiers">;

export interface ImportedEvent {
  readonly name: string;
  readonly description?: string | undefined;
  readonly fields: readonly ImportedField[];
  /** For a person: owners, an end, where it was reviewed. */
  readonly notes: readonly string[];
  /** It is no longer sent: its name is kept, so that it doesn't come back as something else. */
  readonly retired?: boolean;
}

export interface ImportedField {
  readonly name: string;
  /** A type in YAML's flow form, without its braces; undefined: there is none, and `lost` says why. */
  readonly type: string | undefined;
  readonly description?: string | undefined;
  readonly optional: boolean;
  readonly notes?: readonly string[];
}

export interface Lost {
  /** `build.tool`, `page_view`, a file. */
  readonly where: string;
  readonly what: string;
}

/** Collects while a file is read. */
export interface Collector {
  readonly lose: (where: string, what: string) => void;
  /** Declares an identifier of this format and gives the type of a field that holds it. */
  readonly identifier: (name: string, format: string) => string;
}

/** A document as it was parsed: nothing in it is trusted to be what it should. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

export type DataMap = { readonly [key: string]: Data };

export function mapIn(data: Data | undefined): DataMap {
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as DataMap) : {};
}

export function listIn(data: Data | undefined): readonly Data[] {
  return Array.isArray(data) ? data : [];
}

export function textIn(data: Data | undefined): string | undefined {
  return typeof data === "string" && data.trim() !== "" ? data.trim().replace(/\s+/g, " ") : undefined;
}

/** What a table says of a word that stands in a file: `constructor` is in no table. */
export function worded<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Data as a text, whatever it is: an object has no text of its own that could be relied on. */
export function said(data: unknown): string {
  return typeof data === "object" && data !== null ? JSON.stringify(data) : String(data);
}
