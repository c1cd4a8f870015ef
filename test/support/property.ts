import fc from "fast-check";

/** The same cases on each run, so that no test fails by chance. `PLAINSIGHT_SEED=7 npm test` looks at others. */
const seed = Number(process.env["PLAINSIGHT_SEED"] ?? 20260612);

/** fast-check, with a report that ends in what to paste. Import it from here: `import { fc } from "../support/property.js"`. */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed,
  reporter: (run) => {
    if (!run.failed) return;
    const { counterexample, seed, counterexamplePath } = run;
    const lines =
      counterexample === null
        ? [`  { seed: ${seed} }`]
        : [
            `  { examples: [${fc.stringify(counterexample)}] }`,
            `or run only this one again:`,
            `  { seed: ${seed}, path: ${JSON.stringify(counterexamplePath)}, endOnFailure: true }`,
          ];
    throw new Error(
      `${fc.defaultReportMessage(run)}\n\nTo keep it as a fixed case, paste this into the property's options:\n${lines.join("\n")}`,
      { cause: (run as { errorInstance?: unknown }).errorInstance },
    );
  },
});

export { fc };
