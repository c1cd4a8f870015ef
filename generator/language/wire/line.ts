import type { Wrapper } from "./define.js";

export const line: Wrapper = {
  name: "$line",
  describes: "a list of texts, joined by `by`; a piece with an absent field is left out",
  pieces: true,
  wrap: (pieces, by) => ({ kind: "line", pieces, by }),
};
