import type { FrozenContract } from "../model/frozen.js";
import type { Model } from "../model/model.js";
import { classify } from "./classify.js";
import type { Finding } from "./finding.js";

/** The numbers that a contract must have after what changed since its last release. */
export interface Raised {
  readonly schemaVersion: number;
  readonly consentEpoch: number;
  /** For `history`: what changed, in one sentence. */
  readonly change: string;
}

/** Undefined when its numbers are high enough. */
export function neededNumbers(model: Model, released: readonly FrozenContract[] = model.frozen): Raised | undefined {
  const last = released.at(-1);
  if (last === undefined) return undefined;
  const findings = classify(last, model).filter(({ needs, verdict }) => needs !== "nothing" && verdict !== "refused");
  const told = Math.max(...released.map(({ consentEpoch }) => consentEpoch));
  const untold = findings.some(({ needs }) => needs === "version and epoch");
  const schemaVersion = findings.length > 0 ? last.schemaVersion + 1 : model.schemaVersion;
  const consentEpoch = untold ? Math.max(told + 1, model.consentEpoch) : model.consentEpoch;
  if (schemaVersion === model.schemaVersion && consentEpoch === model.consentEpoch) return undefined;
  return { schemaVersion, consentEpoch, change: inOneSentence(findings) };
}

function inOneSentence(findings: readonly Finding[]): string {
  const said = findings.slice(0, 3).map(({ sentence }) => sentence);
  return [...said, ...(findings.length > 3 ? [`And ${findings.length - 3} more changes.`] : [])].join(" ");
}

/** The spec's text with the numbers raised: schema_version, consent_epoch, the constant that travels, and an entry in history. */
export function raiseNumbers(text: string, model: Model, { schemaVersion, consentEpoch, change }: Raised): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  let raised = text;
  if (schemaVersion !== model.schemaVersion) {
    raised = raised.replace(constant(model.schemaVersion), `$1${schemaVersion}`);
    raised = raised.replace(/^(schema_version:[ \t]*)\d+/m, `$1${schemaVersion}`);
    raised = withEntry(raised, `{ version: ${schemaVersion}, change: ${JSON.stringify(change)} }`, newline);
  }
  if (consentEpoch === model.consentEpoch) return raised;
  if (/^consent_epoch:/m.test(raised)) return raised.replace(/^(consent_epoch:[ \t]*)\d+/m, `$1${consentEpoch}`);
  return raised.replace(
    /^schema_version:.*$/m,
    (line) => `${line.replace(/\r$/, "")}${newline}consent_epoch: ${consentEpoch}${line.endsWith("\r") ? "\r" : ""}`,
  );
}

/** `{ type: const, value: 1, from: schema-version }`, on one line or on several. */
function constant(version: number): RegExp {
  return new RegExp(
    `(\\bvalue:[ \\t]*)${version}(?=[\\s,}](?:(?!\\btype:)[^]){0,120}?\\bfrom:[ \\t]*schema-version)`,
    "g",
  );
}

/** At the end of the list under `history:`, in the list's own indentation. */
function withEntry(text: string, entry: string, newline: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^history:[ \t]*(#.*)?$/.test(line));
  if (start === -1) return text;
  let end = start + 1;
  while (end < lines.length && /^(\s|#|-|$)/.test(lines[end] ?? "")) end++;
  while (end > start + 1 && (lines[end - 1] ?? "").trim() === "") end--;
  const indent = /^(\s*)-/.exec(lines[start + 1] ?? "")?.[1] ?? "  ";
  return [...lines.slice(0, end), `${indent}- ${entry}`, ...lines.slice(end)].join(newline);
}
