import { printMarkdown } from "../../emit/markdown.js";
import { contractPage } from "../../page/page.js";
import type { Target } from "../target.js";

/** The page that the product's users read. */
export const docsTarget = {
  name: "docs",
  describes: "TELEMETRY.md, the page that users read",
  generate: (model) => [{ path: "TELEMETRY.md", text: printMarkdown(contractPage(model)) }],
} satisfies Target;
