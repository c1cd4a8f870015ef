import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { visible } from "../../emit/visible.js";
import type { Declared } from "../../learn/against.js";
import type { Sample } from "../../learn/sample.js";
import { makeFolder } from "../../output/make-folder.js";
import { readForeign } from "../../read-file.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts } from "../read-contracts.js";

interface Options {
  readonly port?: string;
  readonly count?: string;
  readonly out: string;
  readonly confirm: readonly string[];
  readonly against?: string;
  readonly system: string;
}

export const learnCommand = {
  name: "learn",
  summary: "draft a contract from what a program sends today, and list its privacy risks",
  examples: [
    { line: "plainsight learn --port 4318", does: "point the old client at this address; Ctrl-C ends it" },
    {
      line: "plainsight learn payloads/*.json",
      does: "from payloads in files: JSON, JSON lines, a form, Prometheus text",
    },
    {
      line: "plainsight learn payloads/*.json --against spec",
      does: "list what the client sends that the contract doesn't have",
    },
    { line: "plainsight learn payloads/*.json --against old-page.md", does: "the same, for the names on an old page" },
  ],
  configure: (command, run) => {
    command
      .argument("[files...]", "payloads, as they are sent")
      .option("--port <number>", "receive what a client sends; 0 picks a free port")
      .option("--count <number>", "with --port: stop after this many requests")
      .option("--out <file>", "where to write the draft; an existing file is never overwritten", "spec/events.yaml")
      .option(
        "--confirm <path...>",
        "the samples have every value of EVENT.FIELD: make it a closed set; `all` for every field",
        [],
      )
      .option("--against <path>", "compare instead: a folder of contracts, or a page or list of names")
      .option("--system <name>", "with --against: a contract under systems/", "")
      .action((files: string[], options: Options) => run((context) => learn(context, files, options)));
  },
} satisfies CliCommand;

/** 0: drafted, or nothing undeclared came. 1: something undeclared came. 2: there was nothing to learn from. */
async function learn(context: Context, files: readonly string[], options: Options): Promise<ExitCode> {
  if ((files.length === 0) === (options.port === undefined)) {
    context.err("Name files with payloads, or --port to receive them.\n");
    return 2;
  }
  if (options.against === undefined && existsSync(resolve(context.cwd, options.out))) {
    context.err(`${options.out} exists, and is left as it is. Name another file with --out.\n`);
    return 2;
  }
  const samples = options.port === undefined ? await fromFiles(context, files) : await received(context, options);
  if (samples === undefined) return 2;
  if (samples.length === 0) {
    context.err("Nothing came that could be read, so there is nothing to learn from.\n");
    return 2;
  }
  return options.against === undefined
    ? writeDraft(context, samples, options)
    : compare(context, samples, options.against, options.system);
}

async function fromFiles(context: Context, files: readonly string[]): Promise<readonly Sample[] | undefined> {
  const { readSample } = await context.draft();
  const samples: Sample[] = [];
  for (const file of files) {
    const foreign = readForeign(resolve(context.cwd, file));
    const read = "problem" in foreign ? foreign : readSample(foreign.text);
    if ("problem" in read) {
      context.err(`${visible(file)} can't be read: ${read.problem}.\n`);
      return undefined;
    }
    // As arguments, so many lines of a log would be more than a call takes.
    for (const sample of read) samples.push(sample);
  }
  return samples;
}

/** Until so many requests have come, or the person ends it. */
async function received(context: Context, { port, count }: Options): Promise<readonly Sample[] | undefined> {
  const [wanted, most] = [Number(port), count === undefined ? Infinity : Number(count)];
  if (!/^\d{1,5}$/.test(port ?? "") || wanted > 65_535 || !(most >= 1)) {
    context.err("--port is a number from 0 to 65535, and --count one from 1.\n");
    return undefined;
  }
  const samples: Sample[] = [];
  let requests = 0;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const tell = (text: string) => {
    context.err(text);
    if (++requests >= most) end();
  };
  const { startLearnReceiver } = await context.draft();
  try {
    const receiver = await startLearnReceiver(
      wanted,
      (more) => {
        for (const sample of more) samples.push(sample);
        tell(`${visible(more[0]?.target ?? "")}: ${more.length === 1 ? "1 payload" : `${more.length} payloads`}\n`);
      },
      (target, problem) => tell(`${visible(target)}: ${problem}\n`),
    );
    context.out(`Point the client at ${receiver.url}\nWhat it sends stays on this machine. Ctrl-C ends it.\n`);
    const release = context.onInterrupt?.(end);
    await ended;
    release?.();
    receiver.close();
    return samples;
  } catch (error) {
    context.err(`Port ${port} can't be used: ${visible((error as Error).message)}\n`);
    return undefined;
  }
}

async function writeDraft(context: Context, samples: readonly Sample[], { out, confirm }: Options): Promise<ExitCode> {
  const { auditText, draftContract } = await context.draft();
  const closed = new Set(confirm);
  const draft = draftContract(samples, (path) => closed.has("all") || closed.has(path));
  const file = resolve(context.cwd, out);
  makeFolder(dirname(file));
  writeFileSync(file, draft.text, { flag: "wx" });
  const left = draft.text.match(/\bTODO\b/g)?.length ?? 0;
  context.out(`${auditText(draft)}\n${out} is written, with ${left} TODO${left === 1 ? "" : "s"} for you to decide.\n`);
  return 0;
}

async function compare(
  context: Context,
  samples: readonly Sample[],
  against: string,
  system: string,
): Promise<ExitCode> {
  const path = resolve(context.cwd, against);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const { declaredBy, declaredIn, undeclared } = await context.draft();
  let declared: Declared;
  if (isFolder) {
    const project = await readContracts(context, against);
    const model = project?.contracts.find((contract) => contract.spec.system === system)?.uncheckedModel;
    if (model === undefined) return 2;
    declared = declaredBy(model);
  } else {
    const read = readForeign(path);
    if ("problem" in read) {
      context.err(`${visible(against)} can't be read: ${read.problem}.\n`);
      return 2;
    }
    declared = declaredIn(read.text);
  }
  const found = undeclared(samples, declared, isFolder ? "contract" : "names");
  const lines = found.map(
    ({ path, is, times }) => `  ${visible(path)}${is === "event" ? ", an event" : ""} (${times} times)\n`,
  );
  context.out(
    found.length === 0 ? `Everything that came is in ${against}.\n` : `Not in ${against}, but sent:\n${lines.join("")}`,
  );
  return found.length === 0 ? 0 : 1;
}
