import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * `npx tsx test/property/mutants.ts`: breaks the product once for each rule, in its own files, and says whether the property saw it.
 * The files are put back afterwards. Not part of the suite: it takes minutes, and works in the checkout.
 */
const mutants: readonly (readonly [rule: string, file: string, old: string, broken: string])[] = [
  ["one request", "templates/client/runtime/values/values.ts", "given as number) < edge", "given as number) <= edge"],
  [
    "one request",
    "templates/client/runtime/values/values.ts",
    "values.includes(given) ? given : otherwise",
    "values.includes(given) ? given : undefined",
  ],
  [
    "one request",
    "templates/client/runtime/values/values.ts",
    "else if (!optional && filled[name] === undefined)",
    "else if (filled[name] === undefined)",
  ],
  ["a switch", "templates/client/runtime/consent/consent.ts", "/^(0|false|no|off)$/i", "/^(false|no|off)$/i"],
  ["a switch", "templates/client/runtime/consent/consent.ts", "if (disable?.(value)) enabled = false;", ""],
  ["commands", "templates/client/runtime/command/command.ts", 'reset: "reset"', 'reset: "renew"'],
  ["page names", "generator/page/identifiers.ts", "return some.length === 0", "return some.length >= 0"],
];

const root = join(import.meta.dirname, "../..");
for (const [rule, file, old, broken] of mutants) {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  if (old === broken) continue;
  if (!text.includes(old)) {
    console.log(`GONE      ${rule}: ${file} has no ${old}`);
    continue;
  }
  try {
    writeFileSync(
      path,
      text.replace(old, () => broken),
    );
    const { status } = spawnSync("npx", ["tsx", "test/property/main.ts", "150", "0"], { cwd: root, encoding: "utf8" });
    console.log(`${status === 0 ? "SURVIVED" : "killed  "}  ${rule}: ${file}: ${old} → ${broken || "nothing"}`);
  } finally {
    writeFileSync(path, text);
  }
}
