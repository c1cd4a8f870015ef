import { FLAG } from "../../language/consent/places/flag.js";
import { CONFIGURATION, PLACE } from "../../language/file-paths.js";
import { DURATION, SIZE } from "../units.js";

export const PRODUCT = "^[a-z][a-z0-9-]*$";
export const ENV = "^[A-Za-z_][A-Za-z0-9_]*$";
export const NAME = "^[A-Za-z0-9_$@#](?:[A-Za-z0-9_$@#:./+*()?!%&,;=|~ -]*[A-Za-z0-9_$@#:./+*()?!%&,;=|~-])?$";
export const TYPE_NAME = "^[a-z][a-z0-9_]*$";
/** A field's name in code, as it is written in a contract: each language spells it in its own case. */
export const FIELD_CODE_NAME = "^[a-z](?:[a-z0-9_]*)$";
export const CODE_NAME = "^[a-z][A-Za-z0-9]*$";
export const METRIC = "^[a-zA-Z_:][a-zA-Z0-9_:]*$";
export const LABEL = "^[a-zA-Z_][a-zA-Z0-9_]*$";
export const PART = "^[a-z][a-z0-9_-]*$";
export const HEADER = "^[A-Za-z][A-Za-z0-9_.-]*$";
export const ENDPOINT = "^(?:from-build|operator)$|^https://[^\\s/?#@\\\\]+(?:/[^\\s?#@\\\\]*)?$";
export const SINK_URL = "^https://[^\\s/?#@\\\\]+(?:[/?][^\\s#@\\\\]*)?$";
export const DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
export const MODE = "^0[0-7]{3}$";
export const CONTROL_FREE = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$";

/** The forms of texts, in words: regular expressions are for machines. */
export const IN_WORDS: Readonly<Record<string, string>> = {
  [PRODUCT]: "a lower-case name such as my-product",
  [FLAG]: "a flag such as --no-telemetry",
  [ENV]: "the name of an environment variable, such as MY_PRODUCT_TELEMETRY",
  [NAME]: "a name of letters, digits and signs that begins with a letter, a digit, _ $ @ or #",
  [TYPE_NAME]: "a type's name: lower-case letters, digits and _",
  [FIELD_CODE_NAME]: "a name in code: lower-case letters, digits and _, such as file_count",
  [PART]: "the name of a part of consent: lower-case letters, digits, _ and -",
  [HEADER]: "the name of a header, such as X-Cluster-ID",
  [CODE_NAME]: "a name in code such as countInstall",
  [METRIC]: "a Prometheus metric's name: letters, digits, _ and :",
  [LABEL]: "a Prometheus label's name: letters, digits and _",
  [ENDPOINT]: "an https:// URL without user, query or fragment, or from-build, or operator",
  [SINK_URL]: "an https:// URL without user or fragment",
  [DATE]: "a date such as 2026-06-12",
  [PLACE]: "a path to a file that begins with ~/, {app_dir}/ or the root, without . or .. or braces in it",
  [CONFIGURATION]: "a path to a file, without . or .. or braces in it, or the name of something else",
  [MODE]: "a file mode such as 0600",
  [CONTROL_FREE]: "one line without control characters",
  [DURATION]: "a duration such as 1500ms, 5s, 15m, 6h or 365d",
  [SIZE]: "a size such as 512B, 64KiB or 10MiB",
};

/** What to write in place of a text that is of no form, where people often write that. */
const INSTEAD: readonly (readonly [pattern: string, written: RegExp, hint: string])[] = [
  [ENDPOINT, /^http:/, "Write an https:// URL: nothing is sent without https."],
  [SINK_URL, /^http:/, "Write an https:// URL: nothing is sent without https."],
  [SINK_URL, /^postgres(ql)?:/, "Leave url out: the whole connection string is the secret, secret: DATABASE_URL."],
  [FLAG, /=/, 'Write the flag alone, and the value that says no beside it: disable_when: ["false"].'],
  [ENV, /^\$/, "Write the name without the dollar."],
  [ENV, /=/, 'Write the name alone, and the value beside it: disable_when: ["1"].'],
];

export function taughtInstead(pattern: string, text: string): string | undefined {
  return INSTEAD.find(([of, written]) => of === pattern && written.test(text))?.[2];
}
