/**
 * The part of the tool that drafts contracts out of what exists, a bundle of its own: from the traffic of an old client (`learn`), and
 * from other tools' files (`import`). Only these two commands load it.
 */

export { importFiles } from "./import/import-files.js";
export { printImported } from "./import/print.js";
export { declaredBy, declaredIn, undeclared } from "./learn/against.js";
export { draftContract } from "./learn/draft.js";
export { startLearnReceiver } from "./learn/receive.js";
export { auditText } from "./learn/report.js";
export { readSample } from "./learn/sample.js";
