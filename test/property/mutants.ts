import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temp-folder.js";

/** One fault of the product, and the rule that has to see it. */
interface Mutant {
  readonly rule: string;
  readonly file: string;
  readonly old: string;
  readonly broken: string;
}

/** Each rule broken at least once. */
export const MUTANTS: readonly Mutant[] = [
  {
    rule: "findings name the way out",
    file: "generator/spec/rules/consent-ways.ts",
    old: 'hint: "Add a step with enable_when, for example { env: MY_TOOL_TELEMETRY, enable_when: truthy }.",',
    broken: "",
  },
  {
    rule: "what is generated parses and loads",
    file: "generator/targets/typescript/function-files.ts",
    old: 'mapOf: "map-of"',
    broken: 'mapOf: "object"',
  },
  {
    rule: "each emitter puts one request on the wire",
    file: "templates/client/runtime/values/values.ts",
    old: "(given as number) < edge",
    broken: "(given as number) <= edge",
  },
  {
    rule: "each emitter puts one request on the wire",
    file: "templates/client/runtime/values/values.ts",
    old: "values.includes(given) ? given : otherwise",
    broken: "values.includes(given) ? given : undefined",
  },
  {
    rule: "each emitter puts one request on the wire",
    file: "templates/client/runtime/values/values.ts",
    old: "else if (!optional && filled[name] === undefined)",
    broken: "else if (filled[name] === undefined)",
  },
  {
    rule: "what the page prints as a switch is one",
    file: "templates/client/runtime/consent/consent.ts",
    old: "/^(0|false|no|off)$/i",
    broken: "/^(no|off)$/i",
  },
  {
    rule: "what the page prints as a switch is one",
    file: "templates/client/runtime/consent/consent.ts",
    old: "if (disable?.(value)) return { enabled: false, decidedBy: by };",
    broken: "",
  },
  {
    rule: "what the page prints as a switch is one",
    file: "generator/language/consent/step.ts",
    old: "before.every((other) => saysIn(other, world, consent) === undefined)",
    broken: "true",
  },
  {
    rule: "commands on the page exist",
    file: "templates/client/runtime/command/command.ts",
    old: 'last(commands.status?.run, "status")',
    broken: '"state"',
  },
  {
    rule: "what is there and not understood sends nothing",
    file: "templates/client/runtime/consent/consent.ts",
    old: "if (value !== undefined && take(value) === undefined) throw value;",
    broken: "if (value !== undefined && take(value) === undefined) return undefined;",
  },
  {
    rule: "what is there and not understood sends nothing",
    file: "templates/client/runtime/consent/read-stored.ts",
    old: 'if (json[0] !== "{"',
    broken: 'if (json[0] === "]"',
  },
  {
    rule: "the page names all that is kept and sent",
    file: "generator/page/identifiers.ts",
    old: "return some.length === 0",
    broken: "return some.length >= 0",
  },
  {
    rule: "the page names all that is kept and sent",
    file: "generator/page/state-file.ts",
    old: "    ...ownRows(model),\n",
    broken: "",
  },
  {
    rule: "bits don't depend on nesting",
    file: "generator/model/bits.ts",
    old: "if (type.fields !== undefined && more === 0) return leavesOf(type.fields,",
    broken: "if (type.fields !== undefined && more === 0) return leavesOf(type.fields.slice(1),",
  },
];

const root = join(import.meta.dirname, "../..");
/** The sources of the property. */
const PARTS = ["generator", "templates", "test/property", "test/support", "test/worker/random.ts"];
const NEEDED = ["package.json", "tsconfig.json"];

/** `npm run property -- --mutants`: breaks the product once for each rule, in a copy, and says whether the property saw it. */
export function runMutants(contracts: number): boolean {
  let killed = 0;
  for (const { rule, file, old, broken } of MUTANTS) {
    const copy = temporaryFolder("mutant");
    for (const part of [...PARTS, ...NEEDED]) {
      mkdirSync(join(copy, part, ".."), { recursive: true });
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const text = readFileSync(join(copy, file), "utf8");
    if (!text.includes(old)) {
      console.log(`GONE      ${rule}: ${file} has no ${old}`);
      continue;
    }
    writeFileSync(
      join(copy, file),
      text.replace(old, () => broken),
    );
    const args = ["tsx", "test/property/kill.ts", rule, String(contracts)];
    const { status, stdout } = spawnSync("npx", args, { cwd: copy, encoding: "utf8" });
    if (status === 1) killed++;
    const what = status === 1 ? "killed  " : status === 0 ? "SURVIVED" : "ENDED   ";
    console.log(`${what}  ${rule}: ${file}: ${old.trim()} → ${broken || "nothing"}  (${stdout.trim()})`);
  }
  console.log(`${killed} of ${MUTANTS.length} killed.`);
  return killed === MUTANTS.length;
}
