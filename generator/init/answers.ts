import type { Language } from "../emit/javascript.js";

/** The answers that `init` needs. */
export interface Answers {
  /** A lower-case name: `my-tool`. */
  readonly product: string;
  /** The address for reports. */
  readonly url: string;
  readonly consent: "opt-in" | "opt-out";
  /** The form in which the TypeScript client is printed. */
  readonly language: Language;
  readonly client: Client;
}

/** The client's language, and the folder that it goes to; undefined where that is usual. */
export interface Client {
  readonly of: "typescript" | "python" | "go" | "rust";
  readonly to?: string;
}

/** The languages that a first contract can have a client in. */
export const clientLanguages = ["typescript", "python", "go", "rust"] as const;

/**
 * Returns what a project is written in, by the file that its packages are listed in. One with a package.json is Node's, whatever else lies there.
 * @param stated what a person said.
 */
export function clientOf(
  product: string,
  has: (path: string) => boolean,
  stated?: (typeof clientLanguages)[number],
): Client {
  const seen = has("package.json")
    ? "typescript"
    : has("go.mod")
      ? "go"
      : has("pyproject.toml") || has("setup.py")
        ? "python"
        : has("Cargo.toml")
          ? "rust"
          : "typescript";
  const of = stated ?? seen;
  if (of === "typescript") return { of };
  if (of === "go") return { of, to: "internal/telemetry" };
  if (of === "rust") return { of, to: "src/telemetry" };
  const name = product.replaceAll("-", "_");
  return { of, to: `${has(`src/${name}`) || !has(name) ? "src/" : ""}${name}/telemetry` };
}

/**
 * Returns the project's own name where it has no package.json: in pyproject.toml or Cargo.toml, or by the last word of its module
 * in go.mod that is no version. Undefined where it doesn't say.
 */
export function statedName(read: (path: string) => string | undefined): string | undefined {
  for (const [path, table] of [
    ["pyproject.toml", "project|tool\\.poetry"],
    ["Cargo.toml", "package"],
  ] as const) {
    const named = new RegExp(`^\\[(?:${table})\\]\\s*\\n(?:(?!\\[).*\\n)*?name\\s*=\\s*["']([^"'\\n]+)["']`, "m");
    const found = named.exec((read(path) ?? "").replaceAll("\r\n", "\n"));
    if (found !== null) return found[1];
  }
  const [, module = ""] = /^module\s+"?([^\s"]+)/m.exec(read("go.mod") ?? "") ?? [];
  return module.split("/").findLast((word) => word !== "" && !/^v\d+$/.test(word));
}

/** The default answers; the address is nobody's. */
export const placeholder = { product: "my-tool", url: "https://telemetry.example.com/v1/events" } as const;

/** A name that the language takes, made of a package's or a folder's: `@acme/My Tool` → `my-tool`. */
export function productName(name: string): string {
  const plain = name
    .replace(/^@[^/]*\//, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return plain === "" ? placeholder.product : plain;
}

/** The complaint about an answer, for the person who gave it; undefined when it will do. */
export const problem = {
  product: (text: string) =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)
      ? undefined
      : "A product's name is lower-case letters, digits and single dashes: my-tool.",
  url: (text: string) =>
    isPlainHttps(text) ? undefined : `Reports go to an https:// address with a path: ${placeholder.url}.`,
  consent: (text: string) => (text === "opt-in" || text === "opt-out" ? undefined : "It is opt-in or opt-out."),
} as const;

function isPlainHttps(text: string): boolean {
  if (!/^https:\/\/[^\s"'`\\{}<>@#?]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).pathname !== "/";
}
