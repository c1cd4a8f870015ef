import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { readBytes, whyUnreadable } from "../read-file.js";
import { type ReadContract, readContract } from "./read-contract.js";

export interface LoadedContract extends ReadContract {
  /** The spec's own text, for showing lines of it. Empty when it could not be read. */
  readonly text: string;
}

/**
 * Reads a spec from the disk. The only place of this room that touches it; never throws.
 * @param path where it is. @param shownAs what people call it: `spec/events.yaml`.
 */
export function loadContract(path: string, shownAs: string): LoadedContract {
  const text = readText(path, shownAs);
  if (typeof text !== "string") return { text: "", diagnostics: [text] };
  return { text, ...readContract(text, shownAs) };
}

function readText(path: string, shownAs: string): string | Diagnostic {
  const span = { file: shownAs, start: 0, end: 0 };
  let bytes: Uint8Array;
  try {
    bytes = readBytes(path);
  } catch (error) {
    return {
      code: "spec-unreadable",
      severity: "error",
      message: `${shownAs} can't be read: ${whyUnreadable(error)}.`,
      hint: "Check the path, and that you may read it.",
      span,
    };
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return {
      code: "spec-not-text",
      severity: "error",
      message: `${shownAs} is not UTF-8 text.`,
      hint: "Save the spec as UTF-8 text.",
      span,
    };
  }
}
