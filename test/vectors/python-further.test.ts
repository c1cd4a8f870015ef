import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { planOf } from "../../generator/plan/make-plan.js";
import { writePython } from "../python/client.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { failures } from "./drive.js";
import { asked, casesOf, KNOWN } from "./known.js";
import { describeInPython, pythons } from "./pythons.js";

const temporary = temporaryFolder("vectors-python-further");
afterAll(() => rmSync(temporary, { recursive: true, force: true }));
describeInPython(
  (_, python) => {
    it.each(KNOWN)("answers as the contract of %s does", { timeout: 300_000 }, async (name, path) => {
      const model = asked(path, "python");
      if (typeof model === "string") {
        // Said by `gen` in these words; nothing is half done.
        expect(model).toMatch(/^The Python client can't /);
        console.warn(`${name}: ${model}`);
        return;
      }
      const folder = join(temporary, name.replaceAll(" ", "-"));
      const package_ = writePython(model, folder);
      const plan = join(folder, "plan.json");
      writeFileSync(plan, JSON.stringify(planOf(model)));
      const runner = [python, "-X", "utf8", join(import.meta.dirname, "runners/python.py"), package_, plan];
      expect(await failures(runner, { cases: casesOf(model) })).toEqual([]);
    });
  },
  { found: pythons().slice(0, 1) },
);
