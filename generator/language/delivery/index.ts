import { every } from "./every.js";
import { expires } from "./expires.js";
import { limit } from "./limit.js";
import { sample } from "./sample.js";

/** The words that say how often an event is sent, by their keys. To add one: one file, one line here, and its field in the model. */
export const RHYTHM = { every, expires, limit, sample } as const;
