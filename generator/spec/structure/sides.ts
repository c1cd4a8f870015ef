import { described, ref, type Schema } from "./schema.js";

/** The side that a step, or an older answer, takes by its value. */
export const SIDES: Readonly<Record<"enable" | "disable", Schema>> = {
  enable: described("When the value turns reporting on.", ref("enableMatch")),
  disable: described("When it turns reporting off.", ref("disableMatch")),
};
