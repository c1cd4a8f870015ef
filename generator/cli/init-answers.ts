import type { Language } from "../emit/javascript.js";
import {
  type Answers,
  type clientLanguages,
  clientOf,
  placeholder,
  problem,
  productName,
  statedName,
} from "../init/answers.js";
import { isCrate } from "../init/cargo.js";
import type { Context } from "./context.js";
import { wrapped } from "./wrapped.js";

/** The arguments from the command line. */
export interface Given {
  readonly product?: string;
  readonly url?: string;
  readonly consent?: "opt-in" | "opt-out";
  readonly language?: Language;
  readonly client?: (typeof clientLanguages)[number];
  readonly yes?: boolean;
}

/** The parts of the project that can be seen. */
export interface Seen {
  readonly packageText: string | undefined;
  /** Its tsconfig.json. */
  readonly compilerText: string | undefined;
  /** Its folder's name. */
  readonly folder: string;
  readonly has: (path: string) => boolean;
  /** The text of a file, where there is one. */
  readonly read: (path: string) => string | undefined;
}

const questions = {
  product: "Product name",
  url: "Address that reports are sent to (your worker; you can change it later)",
  consent: "opt-in (off until the user says yes) or opt-out (on until the user says no)",
} as const;

/** The answers: as given, as asked on a terminal, or as is usual with --yes. Prints what is wrong or missing, and returns undefined. */
export async function askAnswers(context: Context, given: Given, seen: Seen): Promise<Answers | undefined> {
  const { name, type } = packageOf(seen.packageText);
  const usual = {
    product: productName(name ?? statedName(seen.read) ?? seen.folder),
    url: placeholder.url,
    consent: "opt-in",
  };
  const keys = ["product", "url", "consent"] as const;
  const missing = keys.filter((key) => given[key] === undefined);
  const complaints = keys.flatMap((key) => (given[key] === undefined ? [] : (problem[key](given[key]) ?? [])));
  if (!given.yes && missing.length > 0 && context.ask === undefined)
    complaints.push(`There is no terminal to ask on. Add --yes, or ${missing.map((key) => `--${key}`).join(", ")}.`);
  if (complaints.length > 0) {
    context.err(`${complaints.join("\n")}\n`);
    return undefined;
  }
  const asked: Partial<Record<keyof typeof questions, string>> = {};
  for (const key of given.yes ? [] : missing) {
    const answer = await answerTo(context, key, usual[key]);
    if (answer === undefined) {
      context.err("\nNothing was written.\n");
      return undefined;
    }
    asked[key] = answer;
  }
  const { product, url, consent } = { ...usual, ...given, ...asked };
  const has = (path: string) => (path === "Cargo.toml" ? isCrate(seen.read(path) ?? "") : seen.has(path));
  const client = clientOf(product, has, given.client ?? (given.language && "typescript"));
  return {
    product,
    url,
    consent: consent === "opt-out" ? "opt-out" : "opt-in",
    // Where the client is in another language nothing is printed as JavaScript.
    language: client.of === "typescript" ? (given.language ?? languageOf(seen, type)) : "ts",
    client,
  };
}

/** Asks until it will do; undefined where there is nobody any more. */
async function answerTo(context: Context, key: keyof typeof questions, usual: string): Promise<string | undefined> {
  for (;;) {
    const typed = await context.ask?.(`${wrapped(questions[key], context.width)}\n[${usual}] `);
    if (typed === undefined) return undefined;
    const answer = typed.trim() || usual;
    const wrong = problem[key](answer);
    if (wrong === undefined) return answer;
    context.err(`${wrong}\n`);
  }
}

/**
 * TypeScript where the project compiles what is next to its sources; else JavaScript with declarations, of the kind that its
 * package.json says. A `rootDir` shuts out TypeScript from elsewhere, what is compiled to CommonJS may not ask where it lies, and
 * Node itself, where it only takes the types out, finds no `.ts` by the name of the `.js` that a compiler would make.
 */
function languageOf({ packageText, compilerText, has }: Seen, type: unknown): Language {
  const plain = type === "module" ? "js" : "cjs";
  if (compilerText === undefined && !has("node_modules/typescript") && !/"typescript"\s*:/.test(packageText ?? ""))
    return plain;
  const rootDir = /"rootDir"\s*:\s*"(?!\.?\/?")/.test(compilerText ?? "");
  const commonJs = type !== "module" && /"module"\s*:\s*"(?:commonjs|node(?:next|\d+))"/i.test(compilerText ?? "");
  const byNode = /"rewriteRelativeImportExtensions"\s*:\s*true/.test(compilerText ?? "");
  return rootDir || commonJs || byNode ? plain : "ts";
}

function packageOf(text: string | undefined): { readonly name?: string | undefined; readonly type?: unknown } {
  try {
    const { name, type } = JSON.parse(text ?? "{}") as { name?: unknown; type?: unknown };
    return { name: typeof name === "string" ? name : undefined, type };
  } catch {
    return {};
  }
}
