import { type Document, isScalar, parseDocument as parseYaml, visit, type YAMLMap } from "yaml";
import { syntaxMessage } from "./syntax-messages.js";

/** Parses somebody else's JSON or YAML, an object: plain data, or what is wrong with it, behind "it can't be read: ". Never throws. */
export function parseDocument(text: string): { readonly data: object } | { readonly problem: string } {
  try {
    // A line may end in CR alone, which the parser doesn't take for an end. It looks for keys that stand twice in quadratic time.
    const document = parseYaml(text.replace(/\r\n?/g, "\n"), { merge: true, uniqueKeys: false, logLevel: "error" });
    const [error] = document.errors;
    if (error !== undefined) return { problem: inWords(error.code, error.linePos?.[0].line) };
    const unclear = unclearKey(document);
    if (unclear !== undefined) return { problem: unclear };
    // Dates and the like become what JSON can hold; aliases are followed so often and no more.
    const data = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }) ?? null)) as unknown;
    return typeof data === "object" && data !== null && !Array.isArray(data)
      ? { data }
      : { problem: "it is no object in JSON or YAML" };
  } catch (error) {
    if (error instanceof RangeError) return { problem: inWords("RESOURCE_EXHAUSTION") };
    return { problem: "an alias in it (`*name`) leads to nothing, into itself, or to more than can be written out" };
  }
}

function inWords(code: string, line?: number): string {
  if (code === "MULTIPLE_DOCS") return `a second document begins in line ${line}; give each a file of its own`;
  const { message, hint = "" } = syntaxMessage(code);
  const sentences = `${message} ${hint}`.trim().replace(/[.?]$/, "");
  return line === undefined ? sentences : `line ${line}: ${sentences}`;
}

/** Of two keys that read alike only the last would be left, and a list as a key would become some text. */
function unclearKey(document: Document): string | undefined {
  let problem: string | undefined;
  visit(document, {
    Map: (_, map: YAMLMap) => {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) problem = "a key of it is no text";
        else if (keys.has(String(key.value)))
          problem = `${JSON.stringify(key.value)} stands in it twice as a key of one object`;
        else if (key.value !== "<<") keys.add(String(key.value));
        if (problem !== undefined) return visit.BREAK;
      }
      return undefined;
    },
  });
  return problem;
}
