/**
 * An unquoted text. YAML 1.1 (PyYAML, Ruby, Go's older parsers) and YAML 1.2 (this tool) disagree about many of them, and a
 * reader about more: those are reported, so that a spec means the same to everybody.
 */
export interface PlainScalar {
  readonly value: null | boolean | number | string;
  /** Its other reading, for a message: `a yes or no in YAML 1.1`. */
  readonly trap?: string;
}

/** Only a text that begins like one of these can be anything but a text. One cheap test for the other 95 %. */
const SUSPECT = /^(?:[-+.]?[0-9]|[-+]?\.|[~=<ynYNoOtTfF])|^$/;

const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const PLAIN_FLOAT = /^-?(?:0|[1-9][0-9]*)\.[0-9]+$/;

/** Texts that are a number, a yes or no, or a date to one of the two versions but not to both, or not the same one. */
const TRAPS: readonly (readonly [RegExp, string])[] = [
  [/^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/, "a boolean in YAML 1.1"],
  [/^(?:True|TRUE|False|FALSE|Null|NULL)$/, "a boolean or null in some YAML versions and text in others"],
  [/^[-+]?0[0-9_]+$/, "a number of base eight in YAML 1.1"],
  [/^0o[0-7]+$/, "a number of base eight in YAML 1.2"],
  [/^[-+]?0x[0-9a-fA-F_]+$/, "a number of base sixteen"],
  [/^[-+]?0b[01_]+$/, "a number of base two in YAML 1.1"],
  [/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/, "a number of base sixty in YAML 1.1"],
  [/^[-+]?[0-9][0-9,]*_[0-9_,]*(?:\.[0-9_]*)?$/, "a number in YAML 1.1"],
  [/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?$/, "a date in YAML 1.1"],
  [/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/, "a number with an exponent in YAML 1.2"],
  [/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/, "a number that JSON can't express"],
  [/^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$|^\+[0-9]+$|^-0$/, "a number in an unusual spelling"],
  [/^(?:<<|=)$/, "a merge or a default value in YAML 1.1"],
];

/** Reads an unquoted text of one line. */
export function plainScalar(source: string): PlainScalar {
  if (!SUSPECT.test(source)) return { value: source };
  if (source === "" || source === "~" || source === "null") return { value: null };
  if (source === "true" || source === "false") return { value: source === "true" };
  if (PLAIN_INTEGER.test(source)) return integer(source);
  if (PLAIN_FLOAT.test(source)) return { value: Number(source) };
  const trap = TRAPS.find(([pattern]) => pattern.test(source))?.[1];
  return trap === undefined ? { value: source } : { value: source, trap };
}

function integer(source: string): PlainScalar {
  const value = Number(source);
  return Number.isSafeInteger(value) ? { value } : { value: source, trap: "a number that is too large to be exact" };
}
