import { isThere } from "../support/real-part.js";

/** Whether a real part (a database, a kernel's feature) is missing; the other way round for `skipIf`. */
export function isMissing(part: string, found: boolean): boolean {
  return !isThere(part, found);
}
