import type { DrawnFormat, FormatKeys } from "../define.js";
import { inWords } from "./described.js";
import { form } from "./form.js";
import { json } from "./json.js";
import { prometheusText } from "./prometheus-text.js";
import { query } from "./query.js";

/** Every format of what travels, in the order of the reference page. To add one: one file, and one line here. */
export const FORMATS = { json, form, query, "prometheus-text": prometheusText };

/** The formats that people may write: one of them, or that their own code makes another. */
export const WRITTEN_FORMATS: readonly FormatKeys[] = [...Object.values(FORMATS), inWords];

export type FormatName = keyof typeof FORMATS;
/** Those in which requests are drawn. */
export type DrawnFormatName = {
  [K in FormatName]: (typeof FORMATS)[K] extends DrawnFormat ? K : never;
}[FormatName];
