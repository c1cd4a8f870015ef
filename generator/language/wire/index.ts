import type { Placeholder, Wrapper } from "./define.js";
import { each } from "./each.js";
import { base64, base64url, json as jsonText } from "./encoded.js";
import { event } from "./event.js";
import { common, fields } from "./field.js";
import { name, text, value } from "./item.js";
import { line } from "./line.js";
import { sent, time } from "./time.js";

export { fieldSet } from "./field.js";
export { WRITTEN_FORMATS } from "./formats/index.js";

/** Every placeholder of a picture, in the order of the reference page. To add one: one file, and one line here. */
export const PLACEHOLDERS = [
  event,
  time,
  sent,
  each,
  common,
  fields,
  name,
  value,
  text,
] satisfies readonly Placeholder[];

/** Every key that makes something of the picture behind it. */
export const WRAPPERS = [jsonText, base64, base64url, line] satisfies readonly Wrapper[];
