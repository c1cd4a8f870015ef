import { readFileSync } from "node:fs";
import { failed, type Outcome, orEmpty, passed } from "./outcome.js";
import { pagePath } from "./systems.js";

interface PageTable {
  readonly must_contain?: readonly string[];
  readonly must_not_contain?: readonly string[];
}

/** Texts that TELEMETRY.md must and must not contain, compared as a reader sees them. */
export async function runPage(table: PageTable, system: string): Promise<readonly Outcome[]> {
  const page = pageText(system);
  const must = (table.must_contain ?? []).map((text) => {
    const name = `${system}/telemetry-md contains ${text}`;
    return page.includes(asRead(text)) ? passed(name) : failed(name, text, "not on the page");
  });
  const mustNot = (table.must_not_contain ?? []).map((text) => {
    const name = `${system}/telemetry-md does not contain ${text}`;
    return page.includes(asRead(text)) ? failed(name, "not on the page", text) : passed(name);
  });
  return orEmpty(`${system}/telemetry-md`, [...must, ...mustNot]);
}

/** A system's TELEMETRY.md as a reader sees it. */
export function pageText(system: string): string {
  return asRead(readFileSync(pagePath(system), "utf8"));
}

/** Links by their words; entities decoded; backticks, escapes and emphasis removed; white space collapsed; case ignored. */
export function asRead(markdown: string): string {
  return markdown
    .replace(/`[^`]*`|\[([^\]]*)\]\([^)\s]*\)/g, (whole, text?: string) => text ?? whole)
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, "$1")
    .replace(/[`*_]/g, "")
    .replace(/\s+/g, " ")
    .toLowerCase();
}
