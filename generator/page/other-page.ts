import { code, type Inline, link } from "../emit/document.js";
import type { Identifier } from "../model/model.js";
import { fromFile, fromFolder } from "../model/relative-path.js";

/** Another contract of the same product, named by its path from this one, with a way to its page. */
export function otherContract(source: string, path: string): Inline {
  return link(pageOf(source, path), code(fromFile(source, path)));
}

/** The contracts in which an identifier has the same value. */
export function sharedBy({ sharedWith = [], use }: Identifier): readonly string[] {
  return [...(use === undefined ? [] : [use]), ...sharedWith];
}

/** From this page to another contract's. */
function pageOf(source: string, path: string): string {
  const folder = (spec: string) => {
    const [, system] = /\/systems\/([^/]+)\/[^/]+$/.exec(spec) ?? [];
    return system === undefined ? "" : `generated/systems/${system}`;
  };
  return fromFolder(folder(source), `${folder(fromFile(source, path))}/TELEMETRY.md`);
}
