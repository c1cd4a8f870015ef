import { parseDocument as parseYaml } from "yaml";

/** Parses somebody else's JSON or YAML: plain data, or what is wrong with it. Never throws. */
export function parseDocument(text: string): { readonly data: unknown } | { readonly problem: string } {
  try {
    const document = parseYaml(text.replace(/^\uFEFF/, ""), { merge: true, uniqueKeys: false, logLevel: "silent" });
    const [error] = document.errors;
    if (error !== undefined) return { problem: error.message.split("\n")[0] ?? "it can't be parsed" };
    // Dates and the like become what JSON can hold; aliases are followed so often and no more.
    return { data: JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }) ?? null)) as unknown };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "it can't be parsed" };
  }
}
