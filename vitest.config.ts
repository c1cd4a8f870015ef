import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "generated/**/test/**/*.test.ts"],
    // Tests start the command as a person would; it is built once, and only if something changed.
    globalSetup: ["test/build-once.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
