/**
 * The part of the tool that reads what others made, a bundle of its own: the traffic of an old client (`learn`), other tools' files
 * (`import`), packages (`verify --package`). Only these commands load it.
 */

export { importFiles } from "./import/import-files.js";
export { printImported } from "./import/print.js";
export { compareInstalled } from "./installed/compare-installed.js";
export { readPackage } from "./installed/read-package.js";
export { declaredBy, declaredIn, undeclared } from "./learn/against.js";
export { draftContract } from "./learn/draft.js";
export { startLearnReceiver } from "./learn/receive.js";
export { auditText } from "./learn/report.js";
export { readSample } from "./learn/sample.js";
