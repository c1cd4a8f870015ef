import { github } from "./github.js";
import { json } from "./json.js";
import type { Format } from "./report.js";
import { sarif } from "./sarif.js";
import { text } from "./text.js";

/** The formats of a run's report: one file per form, one line here. */
export const formats = { text, json, github, sarif } as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
