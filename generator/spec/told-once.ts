import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SpecFile } from "./load.js";

interface Read {
  readonly spec: SpecFile;
  readonly findings: readonly Diagnostic[];
}

/** All findings of a project's contracts: what is found in a consent that several share is told of the one that has it. */
export function toldOnce(contracts: readonly Read[]): readonly Diagnostic[] {
  const same = ({ code, message }: Diagnostic) => `${code} ${message}`;
  return contracts.flatMap(({ spec: { uses }, findings }) => {
    const owner = contracts.find(({ spec }) => spec.source === uses?.owner);
    const there = new Set(owner?.findings.map(same));
    return findings.filter((one) => one.span?.start !== uses?.start || !there.has(same(one)));
  });
}

/** With what was found in the consent of another contract at the words that name it: the author wrote no other line of it. */
export function placedByUse(findings: readonly Diagnostic[], { uses }: SpecFile): readonly Diagnostic[] {
  if (uses === undefined) return findings;
  const { start, written, added } = uses;
  return findings.map((one) =>
    one.span === undefined || one.span.start < added
      ? one
      : { ...one, span: { ...one.span, start, end: start + written.length } },
  );
}

/** The text that was read, as its author wrote that line. */
export function asWritten(text: string, { uses }: SpecFile): string {
  return uses === undefined
    ? text
    : `${text.slice(0, uses.start)}${uses.written}${text.slice(uses.start + uses.written.length)}`;
}
