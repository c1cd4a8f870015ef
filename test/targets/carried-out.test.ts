import { describe, expect, test } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { schemaTarget } from "../../generator/targets/schema/schema.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { workerTarget } from "../../generator/targets/worker/worker.js";
import { contract, FIVE } from "./five.js";
import { another, type Leaf, leaves, replaced } from "./leaves.js";

/** The leaves that no machine carries out, and why: it is for people, and the page has it. */
const forPeople: readonly (readonly [path: RegExp, why: string])[] = [
  [/^(title|summary|policy|contact|why|neverCollected|openQuestions|dashboards|history)\b/, "it is said to people"],
  [/\.(why|when|note|justification|means|what)$/, "it is a reason, or a description"],
  [
    /\.(rule|alternatives|values\.\*)$|\.(type|of|format|override\.order\.\*)\.kind$/,
    "the machine has the schema, or the other keys",
  ],
  [/\.type\.(fields\.\*\.type\.)?name$/, "the spec's own name for a type"],
  [/^guarantees\./, "the suites in generated/test hold them"],
  [/^queries\./, "they are the dashboards'"],
  [/^clients\./, "other clients than this one"],
  [
    /^destination\.(access|deletion|operator|retention|storedIn|clientIp)\b/,
    "what its operator does with what arrived",
  ],
  [/^destination\.urlFields\.\*\.example$/, "an example is for people"],
  [/^metrics\.\*\.value\.example$/, "an example is for people"],
  [/^ingest\.(operatedBy|worker|forwardTo\.backendSettings\.\*)$/, "somebody else runs it, or sets it up"],
  [
    /^identifiers\.\*\.(deletionBy|identifies|format\.|hash\.algorithm)/,
    "its fields have its form; there is one algorithm",
  ],
  [/^consent\.builds\.\*\.(name|kind)$/, "the product's own build decides which module it takes"],
  [/^consent\.commands\.\w+\.run$/, "where the program has no such command, people type it"],
  [/^consent\.stateFile\.(deletingIt|mode)$/, "what people do to it; and there is one mode"],
  [/^consent\.stateFile\.keys\.\*\.type\./, "what the program writes there itself is of that type"],
  [/^delivery\.flush\.\*\.wait$/, "it has a meaning only for its own kind of point"],
  [/^delivery\.logLevel$/, "nothing is logged where failures are silent"],
  [/\.rollup\.counters\.\*\.counts$/, "calls and failed calls are there once each, by their order"],
];

/** Returns the code that runs: without comments, and without what only people read. */
async function machine(model: Model): Promise<string> {
  const targets = [clientTarget, workerTarget, schemaTarget];
  // Awaited within, so that a target that throws at once leaves no other's rejection unhandled.
  const files = (await Promise.all(targets.map(async (target) => target.generate(model)))).flat();
  return files
    .filter(({ path }) => /\.(?:ts|js|json|jsonc|sql)$/.test(path) && !/\/pages\.js$/.test(path))
    .map(({ path, text }) => `${path}\n${/^schema\//.test(path) ? withoutProse(text) : withoutComments(text)}`)
    .join("\n");
}

function withoutComments(text: string): string {
  return text.replace(/\/\*\*[\s\S]*?\*\//g, "").replace(/(?:^|\s)(?:\/\/|-- ).*$/gm, "");
}

function withoutProse(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    ["description", "$comment", "examples"].includes(key) && typeof value !== "object" ? undefined : value,
  );
}

/** One leaf for each place in the form of a contract: `events.0.fields.1.why` is `events.*.fields.*.why`. */
function samples(model: Model): readonly Leaf[] {
  const byForm = new Map<string, Leaf>();
  for (const leaf of leaves(model)) {
    const form = `${formOf(leaf)} ${typeof leaf.value === "string" ? "" : leaf.value}`;
    if (!byForm.has(form)) byForm.set(form, leaf);
  }
  return [...byForm.values()];
}

function formOf({ path }: Leaf): string {
  return path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
}

describe.each(FIVE)("%s", (product) => {
  const model = contract(product);
  const carried = samples(model).filter((leaf) => !forPeople.some(([form]) => form.test(formOf(leaf))));

  test("changing anything that a machine has to carry out changes what runs", async () => {
    const before = await machine(model);
    const idle: string[] = [];
    for (const leaf of carried) {
      // What can't be generated any more has been noticed, too.
      const after = await machine(replaced(model, leaf.path, another(leaf))).catch(() => "");
      if (after === before) idle.push(`${leaf.path.join(".")}: ${leaf.value}`);
    }
    expect(idle).toEqual([]);
  });
});

test("each exception is one that a contract has", () => {
  const forms = FIVE.flatMap((product) => leaves(contract(product)).map(formOf));
  expect(forPeople.filter(([form]) => !forms.some((one) => form.test(one)))).toEqual([]);
});
