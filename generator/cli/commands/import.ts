import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { visible } from "../../emit/visible.js";
import { frozenName } from "../../evolve/frozen-files.js";
import type { Data } from "../../import/imported.js";
import type { Document } from "../../import/schema-versions.js";
import { type Source, sourceNames } from "../../import/source-names.js";
import { makeFolder } from "../../output/make-folder.js";
import { writeWhole } from "../../output/write-whole.js";
import { counted } from "../../page/words.js";
import { readForeign } from "../../read-file.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";

interface Options {
  readonly from: string;
  readonly out: string;
  readonly freezeOlder?: true;
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
    {
      line: "plainsight import --from iglu --freeze-older click-*.json",
      does: "once the draft is decided: the schemas' older versions become frozen/v1.json, v2.json, … next to it",
    },
  ],
  configure: (command, run) => {
    command
      .argument("<files...>", "JSON or YAML")
      .requiredOption("--from <tool>", sourceNames.join(", "))
      .option("--out <file>", "where to write the draft; an existing file is never overwritten", "spec/events.yaml")
      .option(
        "--freeze-older",
        "iglu: write the older versions of the schemas as released versions of the decided draft",
      )
      .action((files: string[], options: Options) => run((context) => importFrom(context, files, options)));
  },
} satisfies CliCommand;

function isSource(name: string): name is Source {
  return (sourceNames as readonly string[]).includes(name);
}

/** 0: drafted. 2: the files can't be read, or the draft has no place. */
async function importFrom(
  context: Context,
  files: readonly string[],
  { freezeOlder, from, out }: Options,
): Promise<ExitCode> {
  if (!isSource(from)) {
    context.err(`--from ${visible(from)}: it is one of ${sourceNames.join(", ")}.\n`);
    return 2;
  }
  const target = resolve(context.cwd, out);
  if (freezeOlder) return freezeVersions(context, files, from, { target, out });
  if (existsSync(target)) {
    context.err(`${out} exists, and is left as it is. Name another file with --out.\n`);
    return 2;
  }
  const documents = await readDocuments(context, files);
  if (documents === undefined) return 2;
  const { importFiles, printImported } = await context.draft();
  const imported = importFiles(from, documents);
  if (imported.events.length === 0) {
    context.err(`There is nothing of ${from} in ${files.map(visible).join(", ")}.\n`);
    return 2;
  }
  const text = printImported(imported);
  makeFolder(dirname(target));
  writeFileSync(target, text, { flag: "wx" });
  const { events, lost, schemaVersion = 1 } = imported;
  const fields = events.reduce((sum, event) => sum + event.fields.filter(({ type }) => type !== undefined).length, 0);
  const left = text.replace(/^\s*#.*$/gm, "").match(/\bTODO\b/g)?.length ?? 0;
  const list = lost.map(({ where, what }) => `  ${visible(where)}: ${visible(what)}`).join("\n");
  context.out(
    `${counted(events.length, "event")} and ${counted(fields, "field")} are in ${out}, with ${counted(left, "TODO")} for you to decide.\n${lost.length === 0 ? "Nothing was left out or changed.\n" : `Left out, or not as it was:\n${list}\n`}${schemaVersion === 1 ? "" : `The schemas have ${schemaVersion} versions, and the newest is drafted as schema_version ${schemaVersion}. Once nothing is left to decide, the same command with --freeze-older writes the older ones to frozen/.\n`}Next: answer the TODOs in ${out}; plainsight check says which are left.\n`,
  );
  return 0;
}

/** Undefined: a file can't be read, which was said. */
async function readDocuments(context: Context, files: readonly string[]): Promise<readonly Document[] | undefined> {
  const { parseDocument } = await context.analyze();
  const documents: Document[] = [];
  for (const file of files) {
    const read = readForeign(resolve(context.cwd, file));
    const parsed = "problem" in read ? read : parseDocument(read.text);
    if ("problem" in parsed) {
      context.err(`${visible(file)} can't be read: ${visible(parsed.problem)}.\n`);
      return undefined;
    }
    documents.push({ file: basename(file), data: parsed.data as Data });
  }
  return documents;
}

/** 0: all older versions are written. 1: one of them is no contract, and none is. 2: there is nothing to freeze, or no place for it. */
async function freezeVersions(
  context: Context,
  files: readonly string[],
  from: string,
  { out, target }: { readonly out: string; readonly target: string },
): Promise<ExitCode> {
  const refuse = (sentence: string): ExitCode => {
    context.err(`${sentence}\n`);
    return 2;
  };
  if (from !== "iglu") return refuse("--freeze-older: only iglu's schemas have versions.");
  if (!existsSync(target))
    return refuse(`${out} isn't there. Import without --freeze-older first, and decide its TODOs.`);
  const documents = await readDocuments(context, files);
  if (documents === undefined) return 2;
  const { freezeOlder } = await context.analyze();
  const versions = freezeOlder(documents, readFileSync(target, "utf8"), out);
  if (typeof versions === "string") return refuse(`Nothing is frozen: ${versions}.`);
  const findings = versions.flatMap((version) => version.findings);
  for (const { code, message, span } of findings)
    context.err(`${span === undefined ? "" : `${visible(span.file)}: `}${code}  ${visible(message)}\n`);
  if (findings.length > 0) return 1;
  const written = versions.map(({ text = "", version }) => ({
    path: join(dirname(target), frozenName(version)),
    text,
    version,
  }));
  const taken = written.find(({ path }) => existsSync(path));
  if (taken !== undefined)
    return refuse(`${frozenName(taken.version)} is released already, and is left as it is. Nothing is written.`);
  for (const { path, text, version } of written) {
    writeWhole(path, text);
    context.out(`+ ${join(dirname(out), frozenName(version))}\n`);
  }
  return 0;
}
