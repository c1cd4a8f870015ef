/** The exports for generated suites, as `plainsight/tests`: nobody's repository holds a copy of it. */
export { agreement } from "./agreement/agreement.js";
export { truthTable } from "./agreement/truth-table.js";
export { answers } from "./answers.js";
export { guarantees } from "./guarantees/guarantees.js";
export type { ConsentRow, Golden, Product, Telemetry } from "./product.js";
