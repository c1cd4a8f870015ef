/**
 * A package.json with some scripts more, and every other byte as it was: a person's own order, spaces and line ends stay.
 * A script that is there already is left alone. @returns undefined where the text is not an object with an object of scripts.
 */
export function addScripts(text: string, scripts: Readonly<Record<string, string>>): string | undefined {
  const known = scriptsOf(text);
  if (known === undefined) return undefined;
  const missing = Object.entries(scripts).filter(([name]) => !Object.hasOwn(known.scripts, name));
  if (missing.length === 0) return text;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /^[{]\s*?\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const [depth, members] = known.there
    ? [2, missing.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)]
    : [
        1,
        [
          `"scripts": {${missing.map(([name, value]) => `${eol}${unit.repeat(2)}${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(",")}${eol}${unit}}`,
        ],
      ];
  const { end, empty } = objectAt(text, known.there ? ["scripts"] : []);
  const indent = eol + unit.repeat(depth);
  const before = text.slice(0, end).trimEnd();
  const added = `${before}${empty ? "" : ","}${members.map((member) => indent + member).join(",")}`;
  return `${added}${eol}${unit.repeat(depth - 1)}${text.slice(end)}`;
}

function scriptsOf(text: string): { readonly there: boolean; readonly scripts: object } | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) return undefined;
    const scripts: unknown = "scripts" in json ? json.scripts : {};
    return isObject(scripts) ? { there: "scripts" in json, scripts } : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns where the closing brace of an object stands in JSON that is known to be well-formed. The last of two equal keys counts, as in JSON.parse. */
function objectAt(text: string, path: readonly string[]): { readonly end: number; readonly empty: boolean } {
  const keys: string[] = [];
  let found = { end: -1, empty: true };
  let last = "";
  let opened = "";
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token === "{" || token === "[") keys.push(last);
    else if (token === "}" || token === "]") {
      const here = keys.slice(1);
      if (token === "}" && here.length === path.length && here.every((key, at) => key === path[at]))
        found = { end: index, empty: opened === "{" };
      keys.pop();
      last = "";
    } else if (token.startsWith('"')) last = JSON.parse(token) as string;
    opened = token;
  }
  return found;
}
