import { type Context, treeAt } from "./wire-context.js";

/** The names that a set may have in a request, and those that it may have by a rule. */
export interface Names {
  readonly names: ReadonlyMap<string, string>;
  readonly open?: (name: string) => boolean;
}

/** The keys of one object, as they are met: each is told once that is another's, too. */
export class Siblings {
  readonly #context: Context;
  readonly #parts: Names[] = [];
  readonly #told = new Set<string>();

  constructor(context: Context) {
    this.#context = context;
  }

  add(names: Names, path: readonly string[]): void {
    this.#addNames(names, path);
    this.#addOpen(names, path);
    this.#parts.push(names);
  }

  tell(name: string, other: string, path: readonly string[]): void {
    this.#context.report.add(
      "name-taken",
      treeAt(this.#context.root, path),
      `"${name}" is already the key of ${other}.`,
      { hint: "Choose another key." },
    );
  }

  #addNames({ names }: Names, path: readonly string[]): void {
    for (const [name, what] of names) {
      const other = this.#ownerOf(name);
      if (other === undefined || this.#told.has(name)) continue;
      // Two fields of one name are told where they are declared.
      const areFields = other.startsWith("the field") && what.startsWith("the field");
      if (areFields && !/ of "/.test(other + what)) continue;
      this.#told.add(name);
      this.tell(name, what.startsWith("another entry") || what.startsWith("the event") ? other : what, path);
    }
  }

  /** A map may have any key that its pattern lets through. */
  #addOpen({ open: isKey }: Names, path: readonly string[]): void {
    if (isKey === undefined) return;
    for (const { names, open } of this.#parts) {
      const name = open === undefined ? [...names.keys()].find(isKey) : "another map";
      if (name === undefined || this.#told.has(name)) continue;
      this.#told.add(name);
      this.tell(name, "a map that is spread next to it", path);
    }
  }

  /** What has a key already. */
  #ownerOf(name: string): string | undefined {
    return this.#parts
      .map(({ names, open }) => names.get(name) ?? (open?.(name) === true ? "a key of a map" : undefined))
      .find((owner) => owner !== undefined);
  }
}
