import { defineSink } from "./define.js";
import { embedded } from "./embedded.js";

/** A SQLite file on Node; on Workers D1. The default of a contract that names no sink. */
export const sqlite = defineSink({ about: "a SQLite file on Node; on Workers D1", ...embedded });
