import { defineSink } from "./define.js";
import { embedded } from "./embedded.js";

/** Cloudflare's D1; on Node a SQLite file. */
export const d1 = defineSink({ about: "Cloudflare's D1; on Node a SQLite file", ...embedded });
