import { dirname, join, resolve } from "node:path";
import { Option } from "commander";
import type { Against } from "../../analyze.js";
import type { Diffs, NamedText } from "../../evolve/gather-diffs.js";
import { fromHere } from "../../output/places.js";
import { readText, whyUnreadable } from "../../read-file.js";
import { usedBy } from "../../spec/uses.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, readFiles, specOption, tell } from "../read-contracts.js";
import { readersFolder } from "../report/as-seen-from.js";
import { baseOf, baseOptions } from "../run-options.js";

const formatNames = ["text", "json", "github", "sarif", "markdown"] as const;

interface Options {
  readonly spec: string;
  readonly base?: string;
  readonly baseExact?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: (typeof formatNames)[number];
}

export const diffCommand = {
  name: "diff",
  summary: "show what changed in what is collected: more, less, the same, or only the wording",
  examples: [
    { line: "plainsight diff", does: "changes since the last released version" },
    {
      line: "plainsight diff --base origin/main --format markdown",
      does: "what a pull request changes, for its reviewers",
    },
    {
      line: "plainsight diff --from spec/frozen/v1.json --to spec/frozen/v2.json",
      does: "compares two versions, or two specs",
    },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option(...baseOptions[0])
      .option(...baseOptions[1])
      .option("--from <file>", "a spec or a frozen version, with --to")
      .option("--to <file>", "the newer one")
      .addOption(new Option("--format <name>", "the format of the output").choices([...formatNames]).default("text"))
      .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
      .action((options: Options) => run((context) => diff(context, options)));
  },
} satisfies CliCommand;

/** 0 whatever changed: it only reports, and `check` decides. 2 when there is nothing to compare with. */
async function diff(context: Context, options: Options): Promise<ExitCode> {
  const found = await gather(context, options);
  if (found === undefined) return 2;
  if (found.findings.length > 0)
    tell(context, dirname(resolve(context.cwd, options.spec)), found.findings, found.sources ?? new Map());
  if (found.diffs.length === 0) return 2;
  const { diffFormats } = await context.analyze();
  context.out(diffFormats[options.format](found.diffs));
  return found.findings.length > 0 ? 2 : 0;
}

async function gather(context: Context, options: Options): Promise<Diffs | undefined> {
  const { spec, from, to, format } = options;
  const base = baseOf(options);
  const analyze = await context.analyze();
  if (from !== undefined || to !== undefined) {
    if (from === undefined || to === undefined || base !== undefined) {
      context.err("--from and --to go together, and without --base.\n");
      return undefined;
    }
    const [before, after] = [from, to].map((file) => read(context, file));
    return before === undefined || after === undefined ? undefined : analyze.diffFiles(before, after);
  }
  const found = base === undefined ? await sinceReleased(context, spec) : await sinceBase(context, spec, base);
  if (found === undefined) return undefined;
  const { root, diffs, ...more } = found;
  const seen = (source: string) => fromHere(readersFolder(context, format), join(root, source));
  return { ...more, diffs: diffs.map((one) => ({ ...one, source: seen(one.source) })) };
}

interface ProjectDiffs extends Diffs {
  /** The project's. */
  readonly root: string;
}

async function sinceReleased(context: Context, spec: string): Promise<ProjectDiffs | undefined> {
  const project = await readContracts(context, spec);
  if (project === undefined) return undefined;
  const damaged = project.contracts.flatMap(({ findings }) => findings.filter(({ code }) => code === "frozen-damaged"));
  if (damaged.length > 0) return { diffs: [], findings: damaged, root: project.root };
  const { diffWithReleased } = await context.analyze();
  const written = project.contracts.flatMap(({ uncheckedModel, text }) =>
    uncheckedModel === undefined ? [] : [{ model: uncheckedModel, text }],
  );
  return { ...diffWithReleased(written), root: project.root };
}

/** Nothing is read whole that needn't be: what stands the same on both sides is not looked at. */
async function sinceBase(context: Context, spec: string, base: Against): Promise<ProjectDiffs | undefined> {
  const project = await readFiles(context, spec);
  if (project === undefined) return undefined;
  const { diffWithBase } = await context.analyze();
  return { ...diffWithBase(project.files, base, project.root), root: project.root };
}

/** A file, and what it takes its consent from. Where that can't be read, the finding about the file says so. */
function read(context: Context, file: string): NamedText | undefined {
  try {
    const path = resolve(context.cwd, file);
    const text = readText(path);
    const other = usedBy(text);
    const consentOf = other === undefined ? undefined : readIfThere(resolve(dirname(path), other));
    return { name: file.replaceAll("\\", "/"), text, ...(consentOf === undefined ? {} : { consentOf }) };
  } catch (error) {
    context.err(`${file} can't be read: ${whyUnreadable(error)}.\n`);
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}
