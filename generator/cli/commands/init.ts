import { existsSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Option } from "commander";
import { addScripts } from "../../init/add-scripts.js";
import { clientLanguages } from "../../init/answers.js";
import { withFeature } from "../../init/cargo.js";
import { fillSpec, fillWorkflow, languageFlag, scriptsFor } from "../../init/fill.js";
import { makeFolder } from "../../output/make-folder.js";
import { fromHere } from "../../output/places.js";
import { writeWhole } from "../../output/write-whole.js";
import { readText } from "../../read-file.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { askAnswers, type Given } from "../init-answers.js";
import { compilerTextIn, placeOf, readIfThere } from "../init-target.js";
import { tell } from "../read-contracts.js";
import { languages } from "../run-options.js";
import { wrapped } from "../wrapped.js";

const spec = "spec/events.yaml";

export const initCommand = {
  name: "init",
  summary: "start here: writes a first contract, package scripts, and a workflow that checks pull requests",
  examples: [
    { line: "plainsight init", does: "asks three questions; never overwrites a file" },
    {
      line: "plainsight init --yes",
      does: "asks nothing: takes the package's name, off by default, and an address for you to change",
    },
    {
      line: "plainsight init --product my-tool --url https://telemetry.example.com/v1/events --consent opt-in",
      does: "for scripts",
    },
  ],
  configure: (command, run) => {
    command
      .option("--product <name>", "the product's name, in lower-case: my-tool")
      .option("--url <url>", "where reports are sent: an https:// address with a path")
      .addOption(
        new Option(
          "--consent <model>",
          "off until the user says yes (opt-in), or on until the user says no (opt-out)",
        ).choices(["opt-in", "opt-out"]),
      )
      .addOption(
        new Option(
          "--language <name>",
          "the language of the client's files; by default, what the project seems to use",
        ).choices(languages),
      )
      .addOption(
        new Option(
          "--client <language>",
          "the programming language of the client; by default, what the project seems to use",
        ).choices(clientLanguages),
      )
      .option("-y, --yes", "ask nothing")
      .action((given: Given) => run((context) => init(context, given)));
  },
} satisfies CliCommand;

/** 2, and nothing written, where there is a contract already or an answer is missing or wrong. */
async function init(context: Context, given: Given): Promise<ExitCode> {
  const at = (path: string) => resolve(context.cwd, path);
  if (existsSync(at(spec))) {
    context.err(`${spec} is there already; nothing was written. To go on with it: plainsight gen\n`);
    return 2;
  }
  const packageText = readIfThere(at("package.json"));
  const answers = await askAnswers(context, given, {
    packageText,
    compilerText: compilerTextIn(context.cwd),
    folder: basename(context.cwd),
    has: (path) => existsSync(at(path)),
    read: (path) => readIfThere(at(path)),
  });
  if (answers === undefined) return 2;
  const template = (name: string) => readText(join(context.templates, "init", name));
  const text = fillSpec(template("events.yaml"), template("opt-out.yaml"), answers);
  if (!(await isClean(context, text))) return 2;

  const { top, folder, manager } = placeOf(context.cwd);
  const scripts = scriptsFor(answers);
  const changed = packageText === undefined ? undefined : addScripts(packageText, scripts);
  // The contract last: whoever is stopped before it can begin again.
  if (changed !== undefined && changed !== packageText) {
    writeFileSync(at("package.json"), changed);
    context.out(`~ package.json  ${Object.keys(scripts).join(", ")}\n`);
  }
  const repository = { manager: packageText === undefined ? undefined : manager, folder, version: context.version };
  const name = folder === "" ? "telemetry" : `telemetry-${answers.product}`;
  const workflow = fromHere(context.cwd, join(top, `.github/workflows/${name}.yml`));
  create(context, workflow, fillWorkflow(template("telemetry.yml"), answers, repository));
  addAttributes(context, template("gitattributes"));
  create(context, spec, text);

  const { of, to } = answers.client;
  if (to !== undefined) context.out(`  The client is in ${LANGUAGES[of]}, in ${to}.\n`);
  if (of === "rust") addFeature(context);
  const installed = existsSync(at("node_modules/plainsight")) || /"plainsight"\s*:/.test(packageText ?? "");
  const first = packageText === undefined || installed ? "" : `${manager.add} plainsight && `;
  const run = (command: string) =>
    changed === undefined
      ? `npx plainsight ${command}${languageFlag(answers.language)}`
      : `${manager.run} telemetry:${command}`;
  context.out(
    `\nNext:\n  ${first}${run("gen")}\n  ${run("check")}\n\n${wrapped(afterwards(packageText === undefined ? "npx" : manager.exec), context.width)}\n`,
  );
  return 0;
}

const LANGUAGES = { typescript: "TypeScript", python: "Python", go: "Go", rust: "Rust" } as const;

/** A crate's client is compiled with the feature `telemetry`: a crate that has no features of its own gets it. */
function addFeature(context: Context): void {
  const path = resolve(context.cwd, "Cargo.toml");
  const there = readIfThere(path) ?? "";
  const added = withFeature(there);
  if (added !== undefined) {
    writeWhole(path, added);
    context.out("~ Cargo.toml  the feature telemetry, which is on by default\n");
  } else if (!/^telemetry\s*=/m.test(there))
    context.out("  Add the feature telemetry to Cargo.toml, and to its default: telemetry = []\n");
  context.out("  Name the module where your program begins: mod telemetry;\n");
}

const afterwards = (
  exec: string,
) => `The first command generates the client, the worker, TELEMETRY.md and the tests. The second checks that they match the contract; CI runs it too.
Your contract is ${spec}. Run the first command again whenever you change it.
Before your first release, save the contract as version 1:
    ${exec} plainsight freeze
From here to a first event: https://github.com/plainsight-dev/plainsight/blob/main/docs/first-contract.md`;

/** True if the answers make a contract without any finding; otherwise the findings are printed. */
async function isClean(context: Context, text: string): Promise<boolean> {
  const { readSpec } = await context.analyze();
  const { findings } = readSpec(
    { system: "", source: spec, bytes: Buffer.from(text), path: resolve(context.cwd, spec) },
    [],
  );
  if (findings.length > 0) tell(context, context.cwd, findings, new Map([[spec, text]]));
  return findings.length === 0;
}

/**
 * Tells GitHub what to fold and what to show in a review, and keeps line ends as they were written. Appends to what is there
 * already.
 */
function addAttributes(context: Context, text: string): void {
  const path = resolve(context.cwd, ".gitattributes");
  const there = readIfThere(path);
  if (there === undefined) create(context, ".gitattributes", text);
  else if (/^\/?generated\/\*\*/m.test(there)) context.out("= .gitattributes  is there already, and stays as it is\n");
  else {
    writeWhole(path, `${there.replace(/\n*$/, "\n\n")}${text}`);
    context.out("~ .gitattributes  generated code is folded in reviews\n");
  }
}

/** Never over anything, and through no dangling link. */
function create(context: Context, path: string, text: string): void {
  makeFolder(dirname(resolve(context.cwd, path)));
  try {
    writeFileSync(resolve(context.cwd, path), text, { flag: "wx" });
    context.out(`+ ${path}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    context.out(`= ${path}  is there already, and stays as it is\n`);
  }
}
