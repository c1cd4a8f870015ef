import { defineConfig } from "vitest/config";

// What is generated here imports the suites as any product does: here, from their source.
const resolve = {
  alias: { "plainsight/tests": new URL("templates/tests/runtime/tests.ts", import.meta.url).pathname },
};

const settings = {
  pool: "forks",
  // A machine with much to do is no finding.
  testTimeout: 180_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
} as const;

// These call the tool and change nothing of the process that they run in: they share its modules, which take longer to load than most tests.
const shared = [
  "emit",
  "evolve",
  "export",
  "import",
  "language",
  "learn",
  "model",
  "output",
  "plan",
  "spec",
  "targets",
];
const sharing = shared.map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // Tests start the command as a person would: it is built once, and the run has a temporary folder of its own.
    globalSetup: ["test/support/whole-run.ts"],
    // One more than CI has cores: many tests wait for a process, a disk or a clock.
    maxWorkers: 3,
    projects: [
      { resolve, test: { ...settings, name: "tool", include: sharing, isolate: false } },
      {
        resolve,
        test: {
          ...settings,
          name: "programs",
          include: ["test/**/*.test.ts", "generated/**/test/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...sharing],
        },
      },
    ],
  },
});
