import type { Plan } from "../../plan/plan.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, specOption } from "../read-contracts.js";

export const planCommand = {
  name: "plan",
  summary: "print the client as data, for generating other languages",
  examples: [
    { line: "plainsight plan", does: "the emitters and setup of each contract's client" },
    {
      line: "plainsight plan --json",
      does: "everything, in a versioned format",
    },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--json", "everything, for programs")
      .action((options: { spec: string; json?: boolean }) => run((context) => plan(context, options)));
  },
} satisfies CliCommand;

async function plan(context: Context, { spec, json = false }: { spec: string; json?: boolean }): Promise<ExitCode> {
  const project = await readContracts(context, spec);
  if (project === undefined) return 2;
  const { planOf } = await context.generate();
  const plans = project.contracts.flatMap(({ uncheckedModel }) =>
    uncheckedModel === undefined ? [] : [planOf(uncheckedModel)],
  );
  context.out(json ? `${JSON.stringify({ plans }, undefined, 2)}\n` : plans.map(overview).join("\n"));
  return 0;
}

/** A line for each thing that a program calls. */
function overview({ product, source, setup, emitters, controls }: Plan): string {
  const line = (words: readonly string[], given: readonly string[]) => `  ${words.join(" ")}(${given.join(", ")})\n`;
  return [
    `${product} (${source})\n`,
    line(
      ["setup"],
      setup.fields.map(({ name }) => name),
    ),
    ...emitters.map((emitter) =>
      line(emitter.words, emitter.kind === "rollup" ? emitter.by.map(({ name }) => name) : emitter.given),
    ),
    ...controls.map(({ words }) => line(words, [])),
  ].join("");
}
