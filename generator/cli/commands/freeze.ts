import { dirname, join } from "node:path";
import { runFinding } from "../../diagnostics/run-codes.js";
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
    { line: "plainsight freeze --check", does: "in the workflow that publishes: is this version a released one?" },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--check", "write nothing; fail where what is being released is not frozen")
      .action((options: { spec: string; check?: boolean }) =>
        run((world) => (options.check ? checkFrozen(world, options.spec) : freeze(world, options.spec))),
      );
  },
} satisfies CliCommand;

/** Names that are reserved for examples and tests. */
function isPlaceholder(url: string): boolean {
  const [, host = ""] = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url) ?? [];
  return /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)\.?$/i.test(host);
}

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
  const placeholders = project.contracts.flatMap(({ asWritten, spec: file }) => {
    const url = asWritten?.destination.url;
    return url === undefined || !isPlaceholder(url)
      ? []
      : [
          runFinding(
            "placeholder-address",
            `${shown(world, project, file.source)} sends to ${url}, which is nobody's address.`,
          ),
        ];
  });
  if (placeholders.length > 0) tell(world, project.root, placeholders, project.sources);
  for (const { file, version, plan } of plans) {
    if (plan.kind === "write") writeWhole(join(dirname(file.path), frozenName(version)), plan.text);
    if (plan.kind !== "refused")
      world.out(
        `${plan.kind === "write" ? "+" : "="} ${shown(world, project, plan.file)}${plan.kind === "kept" ? "  frozen already" : ""}\n`,
      );
  }
  return 0;
}

/** For the moment of a release: each contract must be exactly what is frozen under its number. */
async function checkFrozen(world: World, spec: string): Promise<ExitCode> {
  const project = await readContracts(world, spec);
  if (project === undefined) return 2;
  const { planFreeze } = await world.reader();
  const problems = project.contracts.flatMap(({ asWritten }) => {
    if (asWritten === undefined) return [];
    const plan = planFreeze(asWritten);
    if (plan.kind === "kept") return [];
    const name = shown(world, project, asWritten.source);
    return plan.kind === "write"
      ? [
          `version ${asWritten.schemaVersion} of ${name} is not frozen: run plainsight freeze, and commit what it writes`,
        ]
      : [
          `${name} is not what ${shown(world, project, besides(asWritten.source, asWritten.schemaVersion))} says: run plainsight raise`,
        ];
  });
  for (const problem of problems) world.err(`${problem}.\n`);
  return problems.length === 0 ? 0 : 1;
}

function besides(source: string, version: number): string {
  return `${source.replace(/[^/]*$/, "")}${frozenName(version)}`;
}
