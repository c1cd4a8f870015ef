import type { Wrapper } from "./define.js";

export const line: Wrapper = {
  name: "$line",
  describes: "texts joined by `by`; a piece with an absent field goes",
  pieces: true,
  wrap: (pieces, by) => ({ kind: "line", pieces, by }),
};
