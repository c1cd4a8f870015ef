import { CODES, type CodeInfo } from "./diagnostics/codes.js";
import { compareText } from "./diagnostics/diagnostic.js";
import { EXAMPLES, type Example } from "./diagnostics/examples.js";
import { RUN_CODES } from "./diagnostics/run-codes.js";
import {
  type Block,
  code,
  codeBlock,
  type Page,
  paragraph,
  prose,
  type Section,
  say,
  strong,
} from "./emit/document.js";
import { printMarkdown } from "./emit/markdown.js";
import type { ClassInfo } from "./evolve/classes/define-classes.js";
import { EVOLUTION_CODES } from "./evolve/classes/index.js";
import { type Impact, impactTitles } from "./evolve/finding.js";

/** Everything that can be found, by its permanent id: in a spec, between two versions of one, around a run. */
export function allFindings(): ReadonlyMap<string, CodeInfo | ClassInfo> {
  const all = [...Object.entries(CODES), ...Object.entries(EVOLUTION_CODES), ...Object.entries(RUN_CODES)];
  return new Map<string, CodeInfo | ClassInfo>(all.sort(([a], [b]) => compareText(a, b)));
}

/** Returns what `plainsight explain ID` prints; undefined for what is no finding. */
export function explain(id: string): string | undefined {
  const info = allFindings().get(id);
  if (info === undefined) return undefined;
  return [
    `${id}: ${info.title}`,
    kindOf(info),
    "",
    `Why: ${info.why}`,
    `What to do: ${info.mend}`,
    ...exampleLines(id),
  ].join("\n");
}

function exampleLines(id: string): readonly string[] {
  const example = exampleOf(id);
  if (example === undefined) return [""];
  const lines = (text: string) => text.replace(/^/gm, "  ");
  return [
    "",
    `${verbOf(id)}, ${places[example.in]}:`,
    "",
    lines(example.refused),
    "",
    "Fixed:",
    "",
    lines(example.mended),
    "",
  ];
}

function exampleOf(id: string): Example | undefined {
  return (EXAMPLES as Readonly<Record<string, Example | undefined>>)[id];
}

/** A warning refuses nothing. */
function verbOf(id: string): string {
  const info = allFindings().get(id);
  return info !== undefined && "severity" in info && info.severity === "warning" ? "Warned about" : "Refused";
}

const places: Readonly<Record<Example["in"], string>> = {
  fields: "in the fields of an event",
  events: "in events",
  contract: "in the contract",
};

function kindOf(info: CodeInfo | ClassInfo): string {
  if (!("impact" in info)) return info.severity;
  const { impact, needs } = info;
  if (impact === "refused") return `${impactTitles.refused}: there is no exception, label or flag for it`;
  const raised = {
    nothing: "nothing needs to be raised",
    version: "schema_version must be raised",
    "version and epoch": "schema_version and consent_epoch must be raised",
  };
  return `${impactTitles[impact]}: ${raised[needs]}`;
}

/** The ids that are close to one that isn't known, closest first. */
export function idsLike(id: string): readonly string[] {
  const words = new Set(id.toLowerCase().split(/[^a-z]+/));
  const shared = (known: string) => known.split("-").filter((word) => words.has(word)).length;
  return [...allFindings().keys()]
    .filter((known) => shared(known) > 0 || known.includes(id))
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 5);
}

/** The reference page: `plainsight explain --all`. */
export function findingsPage(): string {
  const page: Page = {
    title: "Every finding",
    source: "generator/findings.ts",
    intro: [
      paragraph(
        say`Everything that ${code("plainsight")} can report, by permanent id. ${code("plainsight explain ID")} prints the same text.`,
      ),
    ],
    sections: [
      ...(["more", "less", "same", "docs", "refused"] as const).map(changes),
      { title: "In a spec", blocks: [], sections: Object.entries(CODES).sort(byId).map(section) },
      { title: "Around a run", blocks: [], sections: Object.entries(RUN_CODES).sort(byId).map(section) },
    ],
  };
  return printMarkdown(page);
}

function changes(impact: Impact): Section {
  const own = Object.entries(EVOLUTION_CODES).filter(([, info]) => info.impact === impact);
  return {
    title: `Between two versions: ${impactTitles[impact]}`,
    blocks: [],
    sections: own.sort(byId).map(section),
  };
}

function section([id, info]: readonly [string, CodeInfo | ClassInfo]): Section {
  const title = `${info.title.charAt(0).toUpperCase()}${info.title.slice(1)}`;
  return {
    title: code(id),
    blocks: [
      paragraph(say`${strong(title)}. ${kindOf(info)}.`),
      paragraph(prose(info.why)),
      paragraph(say`${strong("What to do")}: ${prose(info.mend)}`),
      ...exampleBlocks(id),
    ],
  };
}

function exampleBlocks(id: string): readonly Block[] {
  const example = exampleOf(id);
  if (example === undefined) return [];
  return [
    paragraph(say`${strong(verbOf(id))}, ${places[example.in]}:`),
    codeBlock("yaml", example.refused),
    paragraph(say`${strong("Fixed")}:`),
    codeBlock("yaml", example.mended),
  ];
}

function byId([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b);
}
