import { says } from "../../generator/language/consent/step.js";
import type { Model, Scalar } from "../../generator/model/model.js";

/** One line that the page prints as a switch. */
export type Switch = {
  /** The line or the sentence that says so. */
  readonly said: string;
} & (
  | { readonly kind: "env"; readonly name: string; readonly value: string }
  | { readonly kind: "flag"; readonly words: readonly string[] }
  | { readonly kind: "given"; readonly name: string; readonly value: unknown }
  | { readonly kind: "command"; readonly words: readonly string[]; readonly line: string }
  | { readonly kind: "config"; readonly key: string; readonly value: unknown; readonly file: string }
  /** A file that has to be there, or has to hold one line. */
  | { readonly kind: "file"; readonly file: string; readonly line?: string }
);

/** Reads the page's `To turn it off` or `To turn it on`, read as a person would. */
export function switchesOf(page: string, direction: "on" | "off", part?: string): readonly Switch[] {
  const [own = "", ...sections] = page.split(/^### The part /m);
  const section = sections.find((one) => part !== undefined && one.startsWith(`\`${part}\``)) ?? "";
  const lines = (part === undefined ? own : (section.split(/^##/m)[0] ?? "")).split("\n");
  const from = lines.findIndex((line) => new RegExp(`(?:^|\\. |\\* )To turn it ${direction}`).test(line));
  const said = lines[from] ?? "";
  // To turn it off are lines of a shell, and a sentence of settings behind them; to turn it on, one sentence has all.
  const shell: Switch[] = leadingCode(said).map(shellLine);
  let at = from + 2;
  if (from >= 0 && /^```sh/.test(lines[at] ?? "")) {
    for (at++; !/^```/.test(lines[at] ?? "```"); at++) shell.push(shellLine(lines[at] ?? ""));
    at += 2;
  }
  const behind = lines[at] ?? "";
  return [
    ...shell,
    ...settingsIn(said),
    ...(/^Or (?:set|give|make|write|turn|run) /.test(behind) ? settingsIn(behind) : []),
  ];
}

/** Returns the code right behind the colon. */
function leadingCode(sentence: string): readonly string[] {
  const [, spans = ""] = /^To turn it on[^:]*: ((?:(`+)(?:(?!\2).)+\2(?:, | or |\.$)?)*)/.exec(sentence) ?? [];
  return [...spans.matchAll(/(`+)((?:(?!\1).)+)\1/g)].map(([, , text]) => text?.trim() ?? "");
}

function shellLine(line: string): Switch {
  const set = /^(?:export )?([A-Za-z_]\w*)=(.*)$/s.exec(line);
  if (set === null) return { said: line, kind: "command", words: line.trim().split(/\s+/), line };
  return { said: line, kind: "env", name: set[1] ?? "", value: unquoted(set[2] ?? "") };
}

/** As a shell reads a word. What it would read otherwise than it stands there is no value that a contract has. */
function unquoted(text: string): string {
  if (/^'.*'$/s.test(text)) return text.slice(1, -1).replaceAll("'\\''", "'");
  return /^[\w@%+=:,./-]*$/.test(text) ? text : `${text} in a shell`;
}

function settingsIn(sentence: string): readonly Switch[] {
  const inFiles = [
    ...sentence.matchAll(/set (`+)((?:(?!\1).)+)\1 to (`+)((?:(?!\3).)+)\3 in (`+)((?:(?!\5).)+)\5/g),
  ].map(
    ([, , key, , value, , file]): Switch => ({
      said: sentence,
      kind: "config",
      key: key?.trim() ?? "",
      value: read(value ?? ""),
      file: file?.trim() ?? "",
    }),
  );
  const made = [...sentence.matchAll(/make a file (`+)((?:(?!\1).)+)\1/g)].map(
    ([, , file]): Switch => ({ said: sentence, kind: "file", file: file?.trim() ?? "" }),
  );
  const written = [...sentence.matchAll(/write (`+)((?:(?!\1).)+)\1 into (`+)((?:(?!\3).)+)\3/g)].map(
    ([, , line, , file]): Switch => ({
      said: sentence,
      kind: "file",
      file: file?.trim() ?? "",
      line: String(read(line ?? "")),
    }),
  );
  const given = [...sentence.matchAll(/set (`+)([^`]+)\1 to (`+)([^`]+)\3 \(/g)].map(
    ([, , name, , value]): Switch => ({
      said: sentence,
      kind: "given",
      name: name?.trim() ?? "",
      value: read(value ?? ""),
    }),
  );
  const flags = [...sentence.matchAll(/give the flag `([^`]+)`/g)].map(
    ([, flag]): Switch => ({ said: sentence, kind: "flag", words: [flag ?? ""] }),
  );
  const commands = [...sentence.matchAll(/run `([^`]+)`, only where/g)].map(
    ([, line = ""]): Switch => ({ said: sentence, kind: "command", words: line.trim().split(/\s+/), line }),
  );
  const variables = [...sentence.matchAll(/set the environment variable (`+)(\w+)=((?:(?!\1).)*)\1/gs)].map(
    ([, , name, value]): Switch => ({ said: sentence, kind: "env", name: name ?? "", value: unquoted(value ?? "") }),
  );
  return [...inFiles, ...made, ...written, ...given, ...flags, ...commands, ...variables];
}

function read(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return /^".*"$/s.test(text) ? JSON.parse(text) : text;
}

/** Returns the step of the contract that a switch is about: what stands before it decides before it. */
export function stepOf(consent: Pick<Model["consent"], "order">, one: Switch): number {
  // Of several that look into one place, the one to which the value says something.
  const at = consent.order.findIndex((step) => {
    const { place } = step;
    switch (one.kind) {
      case "env":
        return place.kind === "env" && place.env === one.name && says(step, one.value) !== undefined;
      case "config":
        return (
          place.kind === "config" &&
          place.config === one.file &&
          place.key === one.key &&
          says(step, one.value as Scalar) !== undefined
        );
      case "file":
        return (
          place.kind === "config" &&
          place.config === one.file &&
          place.key === "" &&
          says(step, one.line ?? true) !== undefined
        );
      case "given":
        return place.kind === "given" && place.given === one.name && says(step, one.value as Scalar) !== undefined;
      case "flag":
        return (
          place.kind === "flag" &&
          one.words[0]?.split("=")[0] === place.flag &&
          says(step, flagValue(one.words, place)) !== undefined
        );
      case "command":
        return place.kind === "stored";
      default:
        return one satisfies never;
    }
  });
  return at < 0 ? consent.order.length : at;
}

/** Returns the text of a flag that has a value; a flag without one is a text of its own. */
function flagValue(
  [word = ""]: readonly string[],
  { flag, valued }: { readonly flag: string; readonly valued?: true },
): string {
  return valued ? word.slice(flag.length + 1) : "1";
}

/** Commands that the page names: in blocks of shell lines, and as ways to see it oneself. */
export function commandsOn(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block ?? "");
  const see = /^## How to see it yourself\n(.*?)^## /ms.exec(page)?.[1] ?? "";
  const ways = [...see.matchAll(/^- `([^`]+)` (?:says|shows)/gm)].map(([, way]) => way ?? "");
  const resets = [...page.matchAll(/\*\*Reset by:\*\* `([^`]+ reset)`/g)].map(([, way]) => way ?? "");
  const on = page.split("\n").flatMap(leadingCode);
  return [...new Set([...blocks.flatMap((block) => block.split("\n")), ...ways, ...resets, ...on])].filter(
    (line) => line !== "" && !/^(?:export )?[A-Za-z_]\w*=/.test(line),
  );
}
