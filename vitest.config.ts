import { defineConfig } from "vitest/config";

export default defineConfig({
  // What is generated here imports the suites as any product does: here, from their source.
  resolve: { alias: { "plainsight/tests": new URL("templates/tests/runtime/tests.ts", import.meta.url).pathname } },
  test: {
    include: ["test/**/*.test.ts", "generated/**/test/**/*.test.ts"],
    // Tests start the command as a person would: it is built once, and the run has a temporary folder of its own.
    globalSetup: ["test/support/whole-run.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A machine with much to do is no finding.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
