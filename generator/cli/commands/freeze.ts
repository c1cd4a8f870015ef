import { dirname, join } from "node:path";
import { frozenName } from "../../evolve/frozen-files.js";
import { writeWhole } from "../../output/write-whole.js";
import type { CliCommand } from "../command.js";
import { readContracts, shown, specOption, tell } from "../read-contracts.js";
import type { ExitCode, World } from "../world.js";

export const freezeCommand = {
  name: "freeze",
  summary: "keep today's contracts as released versions: frozen/v<N>.json beside each",
  examples: [
    {
      line: "plainsight freeze",
      does: "spec/events.yaml with schema_version 2 becomes spec/frozen/v2.json; released files are never written over",
    },
  ],
  configure: (command, run) => {
    command.option(...specOption).action((options: { spec: string }) => run((world) => freeze(world, options.spec)));
  },
} satisfies CliCommand;

/** All of them or none: one that is refused stops the others. */
async function freeze(world: World, spec: string): Promise<ExitCode> {
  const project = await readContracts(world, spec);
  if (project === undefined) return 2;
  const { planFreeze } = await world.reader();
  const plans = project.contracts.flatMap(({ spec: file, asWritten, findings }) => {
    if (asWritten === undefined) return [];
    const plan = planFreeze(asWritten);
    const errors = findings.filter(({ severity }) => severity === "error");
    return [
      {
        file,
        version: asWritten.schemaVersion,
        plan: plan.kind === "write" && errors.length > 0 ? ({ kind: "refused", findings: errors } as const) : plan,
      },
    ];
  });
  const refused = plans.flatMap(({ plan }) => (plan.kind === "refused" ? plan.findings : []));
  if (refused.length > 0) {
    tell(world, project.root, refused, project.sources);
    return 1;
  }
  for (const { file, version, plan } of plans) {
    if (plan.kind === "write") writeWhole(join(dirname(file.path), frozenName(version)), plan.text);
    if (plan.kind !== "refused")
      world.out(
        `${plan.kind === "write" ? "+" : "="} ${shown(world, project, plan.file)}${plan.kind === "kept" ? "  frozen already" : ""}\n`,
      );
  }
  return 0;
}
