import { resolve } from "node:path";
import { Option } from "commander";
import { visible } from "../../emit/visible.js";
import { writeWhole } from "../../output/write-whole.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, specOption } from "../read-contracts.js";

const names = ["segment", "rudder", "otel", "fides", "article30"] as const;

interface Options {
  readonly spec: string;
  readonly system: string;
  readonly to: (typeof names)[number];
  readonly out?: string;
}

export const exportCommand = {
  name: "export",
  summary: "convert a contract for another tool: a tracking plan, a registry, a dataset, a record of processing",
  examples: [
    { line: "plainsight export --to segment --out plan.json", does: "a tracking plan; rudder and otel likewise" },
    { line: "plainsight export --to article30 --out record.md", does: "a record of processing (GDPR, Article 30)" },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--system <name>", "a contract under systems/", "")
      .option("--out <file>", "the file to write, replaced each time (default: standard output)")
      .addOption(new Option("--to <tool>", "the tool to export for").choices([...names]).makeOptionMandatory())
      .action((options: Options) => run((context) => exportTo(context, options)));
  },
} satisfies CliCommand;

/** 0: written; losses are listed on stderr. 2: the contract doesn't exist. */
async function exportTo(context: Context, { spec, system, to, out }: Options): Promise<ExitCode> {
  const project = await readContracts(context, spec);
  if (project === undefined) return 2;
  const model = project.contracts.find((contract) => contract.spec.system === system)?.uncheckedModel;
  if (model === undefined) {
    context.err(
      `There is no contract ${system === "" ? "of the project's own" : `"${visible(system)}"`} in ${spec}.\n`,
    );
    return 2;
  }
  const { exportContract } = await context.generate();
  const { text, lost } = exportContract(to, model);
  if (out === undefined) context.out(text);
  else {
    const target = resolve(context.cwd, out);
    writeWhole(target, text);
    context.out(`~ ${visible(out)}\n`);
  }
  const list = lost.map(({ where, what }) => `  ${visible(where)}: ${visible(what)}\n`).join("");
  if (list !== "") context.err(`What it doesn't say:\n${list}`);
  return 0;
}
