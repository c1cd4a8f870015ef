import { dirname, join } from "node:path";
import { runFinding } from "../../diagnostics/run-codes.js";
import { frozenName } from "../../evolve/frozen-files.js";
import { writeWhole } from "../../output/write-whole.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, shown, specOption, tell } from "../read-contracts.js";

export const freezeCommand = {
  name: "freeze",
  summary: "save the current contracts as released versions: frozen/v<N>.json next to each",
  examples: [
    {
      line: "plainsight freeze",
      does: "spec/events.yaml with schema_version 2 becomes spec/frozen/v2.json; released files are never overwritten",
    },
    { line: "plainsight freeze --check", does: "in your release workflow: fails if this version is not frozen" },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--check", "write nothing; fail if the current version is not frozen")
      .action((options: { spec: string; check?: boolean }) =>
        run((context) => (options.check ? checkFrozen(context, options.spec) : freeze(context, options.spec))),
      );
  },
} satisfies CliCommand;

/** Names that are reserved for examples and tests. */
function isPlaceholder(url: string): boolean {
  const [, host = ""] = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url) ?? [];
  return /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)\.?$/i.test(host);
}

/** All of them or none: one that is refused stops the others. */
async function freeze(context: Context, spec: string): Promise<ExitCode> {
  const project = await readContracts(context, spec);
  if (project === undefined) return 2;
  const { planFreeze } = await context.analyze();
  const plans = project.contracts.flatMap(({ spec: file, uncheckedModel, findings }) => {
    if (uncheckedModel === undefined) return [];
    const plan = planFreeze(uncheckedModel);
    const errors = findings.filter(({ severity }) => severity === "error");
    return [
      {
        file,
        version: uncheckedModel.schemaVersion,
        plan: plan.kind === "write" && errors.length > 0 ? ({ kind: "refused", findings: errors } as const) : plan,
      },
    ];
  });
  const refused = plans.flatMap(({ plan }) => (plan.kind === "refused" ? plan.findings : []));
  if (refused.length > 0) {
    tell(context, project.root, refused, project.sources);
    return 1;
  }
  const placeholders = project.contracts.flatMap(({ uncheckedModel, spec: file }) => {
    const url = uncheckedModel?.destination.url;
    return url === undefined || !isPlaceholder(url)
      ? []
      : [
          runFinding(
            "placeholder-address",
            `${shown(context, project, file.source)} sends to ${url}, an address that nobody owns.`,
          ),
        ];
  });
  if (placeholders.length > 0) tell(context, project.root, placeholders, project.sources);
  for (const { file, version, plan } of plans) {
    if (plan.kind === "write") writeWhole(join(dirname(file.path), frozenName(version)), plan.text);
    if (plan.kind !== "refused")
      context.out(
        `${plan.kind === "write" ? "+" : "="} ${shown(context, project, plan.file)}${plan.kind === "kept" ? "  frozen already" : ""}\n`,
      );
  }
  return 0;
}

/** For the moment of a release: each contract must be exactly what is frozen under its number. */
async function checkFrozen(context: Context, spec: string): Promise<ExitCode> {
  const project = await readContracts(context, spec);
  if (project === undefined) return 2;
  const { planFreeze } = await context.analyze();
  const problems = project.contracts.flatMap(({ uncheckedModel }) => {
    if (uncheckedModel === undefined) return [];
    const plan = planFreeze(uncheckedModel);
    if (plan.kind === "kept") return [];
    const name = shown(context, project, uncheckedModel.source);
    return plan.kind === "write"
      ? [
          `version ${uncheckedModel.schemaVersion} of ${name} is not frozen: run plainsight freeze, and commit what it writes`,
        ]
      : [
          `${name} is not what ${shown(context, project, besides(uncheckedModel.source, uncheckedModel.schemaVersion))} says: run plainsight raise`,
        ];
  });
  for (const problem of problems) context.err(`${problem}.\n`);
  return problems.length === 0 ? 0 : 1;
}

function besides(source: string, version: number): string {
  return `${source.replace(/[^/]*$/, "")}${frozenName(version)}`;
}
