/**
 * The pattern of `text`, as a regular expression of JavaScript's: no control characters (C0, DEL, C1), no line separators, no
 * marks that turn the direction of reading, no byte order mark, no half of a surrogate pair. Every alternative begins
 * differently, so it is linear; it means the same with and without the regular expression's `u` flag. Other languages have no
 * surrogates in their regular expressions: for them it is a rule, not a pattern.
 */
export const ONE_LINE =
  "^(?:[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])+$";
