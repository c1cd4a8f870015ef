import type { Clients } from "../model/clients.js";
import type { Model } from "../model/model.js";

/** Notes for the reader about each language: which version the client needs. */
const LANGUAGES: Readonly<Record<keyof Clients, string>> = {
  typescript: "TypeScript",
  python: "Python 3.9 or newer",
  go: "Go 1.22 or newer",
  rust: "Rust 1.74 or newer",
};

/** The languages of the code that sends, in brackets; nothing where it is TypeScript alone, as it is where the contract says nothing. */
export function sendingIn({ clients }: Model): string {
  const names = (Object.keys(LANGUAGES) as (keyof Clients)[]).filter((name) => clients[name] !== undefined);
  if (names.every((name) => name === "typescript")) return "";
  const words = names.map((name) => LANGUAGES[name]);
  const last = words.pop() ?? "";
  return ` (in ${words.length === 0 ? last : `${words.join(", ")} and ${last}`})`;
}
