import type { Entry } from "../runtime/sinks/entry.js";
import type { Who } from "../runtime/sinks/sink.js";

/** Whose entries are being deleted at this moment: none of theirs is kept or sent. */
export class Forgotten {
  readonly #all = new Set<Who>();

  /** Until the work is over, whatever becomes of it. */
  async during(who: Who, work: () => Promise<boolean>): Promise<boolean> {
    this.#all.add(who);
    try {
      return await work();
    } finally {
      this.#all.delete(who);
    }
  }

  has = ({ fields }: Entry): boolean => {
    for (const { name, value } of this.#all)
      if (Object.hasOwn(fields, name) && String(fields[name]) === value) return true;
    return false;
  };

  /** The others. */
  without(entries: readonly Entry[]): readonly Entry[] {
    return this.#all.size === 0 ? entries : entries.filter((entry) => !this.has(entry));
  }
}
