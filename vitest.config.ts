import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "generated/**/test/**/*.test.ts"],
    // Tests start the command as a person would: it is built once, and the run has a temporary folder of its own.
    globalSetup: ["test/support/whole-run.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
