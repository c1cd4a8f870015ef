import type { ClassInfo } from "./define-classes.js";
import { less } from "./less.js";
import { more } from "./more.js";
import { refused } from "./refused.js";
import { docs, same } from "./same.js";

const all = { ...more, ...less, ...same, ...docs, ...refused };

export type ClassId = keyof typeof all;

/** Every class of change, by its permanent id. */
export const EVOLUTION_CODES: Readonly<Record<ClassId, ClassInfo>> = all;
