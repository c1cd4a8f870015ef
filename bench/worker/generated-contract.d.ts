/** The generated worker's `contract.js`: the bundler is told where it is. */
declare module "generated-contract" {
  export const contract: import("../../templates/worker/runtime/contract.js").WorkerContract;
}
