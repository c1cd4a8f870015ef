import { LANGUAGE_NAMES, LANGUAGES } from "../language/client-languages.js";
import type { Model } from "../model/model.js";

/** The languages of the code that sends, in brackets; nothing where it is TypeScript alone, as it is where the contract says nothing. */
export function sendingIn({ clients }: Model): string {
  const names = LANGUAGE_NAMES.filter((name) => clients[name] !== undefined);
  if (names.every((name) => name === "typescript")) return "";
  const words = names.map((name) => LANGUAGES[name].called);
  const last = words.pop() ?? "";
  return ` (in ${words.length === 0 ? last : `${words.join(", ")} and ${last}`})`;
}
