import { visible } from "../emit/visible.js";
import type { Draft } from "./draft.js";

/** The audit: what the old client collects, in order of concern. No value of a sample is in it. */
export function auditText({ concerns, counts, leftOut, others }: Draft): string {
  const { events, fields, samples } = counts;
  const head = `${counted(samples, "payload")}, ${counted(events, "kind")} of event, ${counted(fields, "field")} drafted.`;
  const odd =
    others === 0
      ? ""
      : `${counted(others, "payload")} of another outer form ${others === 1 ? "is" : "are"} not in the draft: draft ${others === 1 ? "it" : "them"} separately.\n`;
  const worries =
    concerns.length === 0
      ? "No value looks like a path, an address, a name or free text.\n"
      : `What to look at first:\n${concerns.map(({ path, what, times, of }) => `  ${visible(path)} looks like ${what} (${times} of ${of})`).join("\n")}\n`;
  const lost =
    leftOut.length === 0
      ? ""
      : `Left out of the draft:\n${leftOut.map(({ path, why }) => `  ${visible(path)}: ${why}`).join("\n")}\n`;
  return `${head}\n${odd}\n${worries}${lost === "" ? "" : `\n${lost}`}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
