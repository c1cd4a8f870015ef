import fc from "fast-check";

/** fast-check, with a report that ends in what to paste. Import it from here: `import { fc } from "../support/property.js"`. */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
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
