import { judge } from "./judge.js";
import type { Checks, Finding, PayloadReport, Rules } from "./rules.js";

/** Brings the page to life: the search, and the box that judges a payload. Without it the page is complete, but still. */
export function start(checks: Checks): void {
  const rules = JSON.parse(element("rules").textContent ?? "{}") as Rules;
  search(element<HTMLInputElement>("search"), element("found"));
  checking(rules, checks);
}

function element<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found as Kind;
}

/** Hides everything without all the words, and sections that become empty; marks the matches. */
function search(input: HTMLInputElement, found: HTMLElement): void {
  const pieces = [
    ...document.querySelectorAll<HTMLElement>("main section :is(tbody tr, li, p, pre, blockquote)"),
  ].filter((piece) => piece.closest("#check") === null);
  const texts = new Map(pieces.map((piece) => [piece, words(piece)]));
  const sections = [...document.querySelectorAll<HTMLElement>("main section")].filter(
    (section) => section.id !== "check",
  );
  input.addEventListener("input", () => {
    const wanted = input.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    for (const piece of pieces) {
      const heading = piece.closest("section")?.querySelector("h2, h3")?.textContent?.toLowerCase() ?? "";
      piece.hidden = !wanted.every((word) => texts.get(piece)?.includes(word) || heading.includes(word));
    }
    for (const table of document.querySelectorAll<HTMLElement>("main .table"))
      table.hidden = table.querySelector("tbody tr:not([hidden])") === null;
    for (const section of sections)
      section.hidden = section.querySelector(":is(tbody tr, li, p, pre, blockquote):not([hidden])") === null;
    mark(
      pieces.filter((piece) => !piece.hidden),
      wanted,
    );
    document.body.classList.toggle("searching", wanted.length > 0);
    const left = pieces.filter((piece) => !piece.hidden).length;
    found.textContent = wanted.length === 0 ? "" : `${left} of ${pieces.length} passages`;
  });
}

/** Puts marks around the words in these pieces, and takes away those of the last search. */
function mark(pieces: readonly HTMLElement[], wanted: readonly string[]): void {
  for (const old of document.querySelectorAll("main mark")) {
    const parent = old.parentNode;
    old.replaceWith(...old.childNodes);
    parent?.normalize();
  }
  if (wanted.length === 0) return;
  const texts = pieces.flatMap((piece) => {
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (walker.nextNode() !== null) found.push(walker.currentNode as Text);
    return found;
  });
  for (const text of texts) markIn(text, wanted);
}

/** The rest of a text behind a mark is looked through in turn. */
function markIn(text: Text, wanted: readonly string[]): void {
  const lower = text.data.toLowerCase();
  const found = wanted.map((word) => ({ at: lower.indexOf(word), length: word.length })).filter(({ at }) => at >= 0);
  const first = found.reduce<(typeof found)[number] | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  );
  // What gets longer or shorter in lower case has its words elsewhere.
  if (first === undefined || lower.length !== text.data.length) return;
  const word = text.splitText(first.at);
  const rest = word.splitText(first.length);
  const element = document.createElement("mark");
  word.replaceWith(element);
  element.append(word);
  markIn(rest, wanted);
}

function words(piece: HTMLElement): string {
  return (piece.textContent ?? "").toLowerCase();
}

function checking(rules: Rules, checks: Checks): void {
  const payload = element<HTMLTextAreaElement>("payload");
  const example = element<HTMLSelectElement>("example");
  for (const [index, { name }] of rules.examples.entries()) example.append(new Option(name, String(index)));
  example.addEventListener("change", () => {
    payload.value = rules.examples[Number(example.value)]?.text ?? payload.value;
    show(judge(payload.value, rules, checks));
  });
  element("judge").addEventListener("click", () => show(judge(payload.value, rules, checks)));
  payload.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) show(judge(payload.value, rules, checks));
  });
}

function isWrong({ verdict }: Finding): boolean {
  return verdict !== "allowed";
}

const signs = { allowed: "\u2713", "not on the list": "\u2717", "not allowed": "\u2717", missing: "\u2717" } as const;

/** Shows a report, the mistakes first. */
function show(report: PayloadReport): void {
  const verdict = element("verdict");
  const table = element("findings");
  const rows = "problem" in report ? [] : report.findings;
  const wrong = rows.filter(isWrong).length;
  verdict.className = "problem" in report || wrong > 0 ? "refused" : "allowed";
  verdict.textContent = "problem" in report ? report.problem : summary(rows.length, wrong);
  table.hidden = rows.length === 0;
  table
    .querySelector("tbody")
    ?.replaceChildren(...[...rows.filter(isWrong), ...rows.filter((finding) => !isWrong(finding))].map(row));
}

function summary(all: number, wrong: number): string {
  if (wrong === 0) return `Allowed: the contract lists all ${all} of these.`;
  return `Not allowed as it stands: ${wrong} of ${all} ${all === 1 ? "place" : "places"} ${wrong === 1 ? "is" : "are"} not in the contract.`;
}

function row({ about, place, sent, verdict }: Finding): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.className = verdict === "allowed" ? "allowed" : "refused";
  const name = cell("th", place);
  name.scope = "row";
  row.append(name, cell("td", sent), cell("td", `${signs[verdict]} ${verdict}`), cell("td", about));
  return row;
}

/** Text only: what was pasted never becomes markup. */
function cell<Tag extends "td" | "th">(tag: Tag, text: string): HTMLElementTagNameMap[Tag] {
  const cell = document.createElement(tag);
  cell.textContent = text;
  return cell;
}
