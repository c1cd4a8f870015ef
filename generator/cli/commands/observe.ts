import { join } from "node:path";
import { visible } from "../../emit/visible.js";
import { judge, type Verdict } from "../../observe/judge.js";
import { type Observed, observe } from "../../observe/observe.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, specOption } from "../read-contracts.js";

interface Options {
  readonly spec: string;
  readonly allow: readonly string[];
  readonly nothing?: boolean;
  readonly nodeOnly?: boolean;
  readonly json?: boolean;
}

export const observeCommand = {
  name: "observe",
  summary: "run a program and list every connection that it opens",
  examples: [
    {
      line: "plainsight observe -- mytool build",
      does: "fails if the program opens a connection that is in no contract",
    },
    {
      line: "plainsight observe --allow registry.example.org -- mytool install",
      does: "with a host that the product itself needs",
    },
    {
      line: "plainsight observe --nothing -- env DO_NOT_TRACK=1 mytool build",
      does: "fails if it opens any connection at all: off means off",
    },
  ],
  configure: (command, run) => {
    command
      .argument("<command...>", "the program and its arguments, after --")
      .option(...specOption)
      .option("--allow <host...>", "a host, or HOST:PORT, that the product itself may reach", [])
      .option("--nothing", "allow no connection at all, not even those in a contract")
      .option("--node-only", "watch Node processes only, even if strace could watch all")
      .option("--json", "print the report as JSON")
      .action((words: string[], options: Options) => run((context) => observeProgram(context, words, options)));
  },
} satisfies CliCommand;

/** 0: every connection is known. 1: one is not. 2: the program could not be watched. */
async function observeProgram(context: Context, words: readonly string[], options: Options): Promise<ExitCode> {
  const project = await readContracts(context, options.spec);
  if (project === undefined) return 2;
  const seen = await observe(words, {
    cwd: context.cwd,
    env: { ...context.env },
    preload: join(context.templates, "observe/preload.cjs"),
    nodeOnly: options.nodeOnly === true,
  });
  if (seen.exitCode === undefined) {
    context.err(`${visible(words[0] ?? "")} could not be started.\n`);
    return 2;
  }
  const models = options.nothing ? [] : project.contracts.flatMap(({ uncheckedModel }) => uncheckedModel ?? []);
  const verdict = judge(seen, models, options.nothing ? {} : context.env, options.nothing ? [] : options.allow);
  context.out(options.json ? `${JSON.stringify(asData(seen, verdict), undefined, 2)}\n` : asText(seen, verdict));
  return verdict.undeclared === 0 ? 0 : 1;
}

function asData({ exitCode, saw }: Observed, { connections, lookups, undeclared }: Verdict): object {
  return { format: 1, saw, exit_code: exitCode, undeclared, connections, lookups };
}

function asText({ exitCode, saw }: Observed, { connections, lookups, undeclared }: Verdict): string {
  const lines = [
    ...connections.map(({ host, port, times, by, known }) => {
      const place = `${host.includes(":") ? `[${host}]` : host}:${port}`;
      const often = times > 1 ? `, ${times} times` : "";
      const who = by.length > 0 ? `\n      by ${by.join("; ")}` : "";
      return `  ${known === undefined ? "✗" : "✓"} ${place}${often}: ${known ?? "no contract knows it"}${who}`;
    }),
    ...lookups.map(
      ({ name, known }) =>
        `  ${known === undefined ? "✗" : "✓"} ${name}: only looked up by DNS; ${known ?? "no contract knows it"}`,
    ),
  ].map((line) => line.split("\n").map(shown).join("\n"));
  const program = `The program ended with ${exitCode}.`;
  const all = lines.length === 0 ? "It opened no connection." : `It opened:\n${lines.join("\n")}`;
  const sum =
    undeclared === 0
      ? lines.length === 0
        ? ""
        : "Every connection is known.\n"
      : `${undeclared} of them ${undeclared === 1 ? "is" : "are"} not known. What the product itself needs is named with --allow HOST.\n`;
  const limits =
    saw === "all"
      ? "Every process was watched (strace). Sockets of the file system are not connections.\n"
      : "Only Node processes were watched: strace is missing here, or may not trace. Other programs are not in this list.\n";
  return `\n${program} ${all}\n${sum}${limits}`;
}

/** Indented as it is; what can't be seen is named. */
function shown(line: string): string {
  const [indent = ""] = /^ */.exec(line) ?? [];
  return indent + visible(line);
}
