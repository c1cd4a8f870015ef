import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { visible } from "../../emit/visible.js";
import { importFiles, SOURCES, type Source } from "../../import/import-files.js";
import type { Data } from "../../import/imported.js";
import { printImported } from "../../import/print.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";

interface Options {
  readonly from: string;
  readonly out: string;
}

export const importCommand = {
  name: "import",
  summary: "draft a contract from another tool's files, and list what has no counterpart",
  examples: [
    { line: "plainsight import --from glean metrics.yaml pings.yaml", does: "Glean's metrics and pings" },
    {
      line: "plainsight import --from segment plan.json",
      does: "a tracking plan; rudder, jsonschema, iglu, otel likewise",
    },
  ],
  configure: (command, run) => {
    command
      .argument("<files...>", "JSON or YAML")
      .requiredOption("--from <tool>", Object.keys(SOURCES).join(", "))
      .option("--out <file>", "where to write the draft; an existing file is never overwritten", "spec/events.yaml")
      .action((files: string[], options: Options) => run((context) => importFrom(context, files, options)));
  },
} satisfies CliCommand;

/** 0: drafted. 2: the files can't be read, or the draft has no place. */
async function importFrom(context: Context, files: readonly string[], { from, out }: Options): Promise<ExitCode> {
  if (!Object.hasOwn(SOURCES, from)) {
    context.err(`--from ${visible(from)}: it is one of ${Object.keys(SOURCES).join(", ")}.\n`);
    return 2;
  }
  const target = resolve(context.cwd, out);
  if (existsSync(target)) {
    context.err(`${out} exists, and is left as it is. Name another file with --out.\n`);
    return 2;
  }
  const { parseDocument } = await context.analyze();
  const documents: { file: string; data: Data }[] = [];
  for (const file of files) {
    const path = resolve(context.cwd, file);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
      context.err(`${visible(file)} is no file that can be read.\n`);
      return 2;
    }
    const parsed = parseDocument(readFileSync(path, "utf8"));
    if ("problem" in parsed) {
      context.err(`${visible(file)}: ${visible(parsed.problem)}\n`);
      return 2;
    }
    documents.push({ file: basename(file), data: parsed.data as Data });
  }
  const imported = importFiles(from as Source, documents);
  if (imported.events.length === 0) {
    context.err(`There is nothing of ${from} in ${files.map(visible).join(", ")}.\n`);
    return 2;
  }
  const text = printImported(imported);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text, { flag: "wx" });
  const { events, lost } = imported;
  const fields = events.reduce((sum, event) => sum + event.fields.filter(({ type }) => type !== undefined).length, 0);
  const left = text.match(/\bTODO\b/g)?.length ?? 0;
  const list = lost.map(({ where, what }) => `  ${visible(where)}: ${visible(what)}`).join("\n");
  context.out(
    `${events.length} events and ${fields} fields are in ${out}, with ${left} TODOs for you to decide.\n${lost.length === 0 ? "Everything has a counterpart.\n" : `Without a counterpart, or changed:\n${list}\n`}`,
  );
  return 0;
}
