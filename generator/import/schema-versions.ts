import { type Data, mapIn, said, textIn } from "./imported.js";

export type Document = { readonly file: string; readonly data: Data };

/** One schema as it was at one time. */
export interface SchemaVersion {
  readonly version: string;
  readonly document: Document;
}

/** The versions of each self-describing schema, oldest first, and the files that aren't such schemas. */
export function chainsIn(documents: readonly Document[]): {
  readonly chains: ReadonlyMap<string, readonly SchemaVersion[]>;
  readonly others: readonly string[];
} {
  const chains = new Map<string, SchemaVersion[]>();
  const others: string[] = [];
  for (const document of documents) {
    const self = mapIn(mapIn(document.data)["self"]);
    const name = textIn(self["name"]);
    if (name === undefined) others.push(document.file);
    else chains.set(name, [...(chains.get(name) ?? []), { version: said(self["version"] ?? "1-0-0"), document }]);
  }
  for (const chain of chains.values()) chain.sort((a, b) => compareVersions(a.version, b.version));
  return { chains, others };
}

/** Returns how many versions the contract of these schemas has: as many as its longest chain. */
export function countVersions(documents: readonly Document[]): number {
  return Math.max(1, ...[...chainsIn(documents).chains.values()].map((chain) => chain.length));
}

/**
 * The schemas as of one version of the contract. Chains end together: the newest version of the contract has the newest of each, the one
 * before it the next older, and a shorter chain stays with its oldest. Nothing in the files says which versions were in use together.
 */
export function schemasAt(documents: readonly Document[], version: number): readonly Document[] {
  const behind = countVersions(documents) - version;
  return [...chainsIn(documents).chains.values()].flatMap((chain) => {
    const one = chain[Math.max(0, chain.length - 1 - behind)];
    return one === undefined ? [] : [one.document];
  });
}

/** `1-0-2`: model, revision, addition. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split("-").map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
