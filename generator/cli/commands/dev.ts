import { resolve } from "node:path";
import { atTime } from "../../../templates/worker/node/host/at-time.js";
import { curlLine } from "../../../templates/worker/node/host/curl-line.js";
import type { Dev } from "../../dev/server.js";
import type { Model } from "../../model/model.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, specOption, tell } from "../read-contracts.js";
import { changesIn } from "../watch.js";

interface Options {
  readonly spec: string;
  readonly system: string;
  readonly port: string;
}

export const devCommand = {
  name: "dev",
  summary: "run the worker with a live page: what arrived, what was accepted, and why the rest was not",
  examples: [
    { line: "plainsight dev", does: "on a free port, until you press Ctrl-C" },
    { line: "plainsight dev --system jina --port 4318", does: "another contract, always on the same port" },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--system <name>", "a contract under systems/", "")
      .option("--port <number>", "the port; 0 picks a free one", "0")
      .action((options: Options) => run((context) => dev(context, options)));
  },
} satisfies CliCommand;

/** Stays until it is ended, and starts again whenever a contract changes. 2: it could not start. */
async function dev(context: Context, options: Options): Promise<ExitCode> {
  const { spec, port } = options;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    context.err(`--port ${port}: a port is a number from 0 to 65535.\n`);
    return 2;
  }
  let running: Dev | undefined;
  for await (const _ of changesIn(resolve(context.cwd, spec))) {
    const read = await modelOf(context, options);
    if (read === undefined && running === undefined) return 2;
    if (read === undefined) {
      context.err("The worker goes on with the contract as it was before.\n");
      continue;
    }
    const before = running;
    running = await begin(context, read, before === undefined ? Number(port) : await closed(before));
    if (running === undefined) return 2;
    context.out(before === undefined ? introduction(running) : "The contract changed; the worker restarted with it.\n");
  }
  return 0;
}

/** The chosen contract. If there is none, it says why, with the findings. */
async function modelOf(
  context: Context,
  { spec, system }: Options,
): Promise<{ readonly model: Model; readonly root: string } | undefined> {
  const project = await readContracts(context, spec);
  if (project === undefined) return undefined;
  const contract = project.contracts.find((one) => one.spec.system === system);
  if (contract === undefined) {
    const others = project.contracts.map((one) => (one.spec.system === "" ? "the project's own" : one.spec.system));
    const wanted = system === "" ? "of the project's own" : JSON.stringify(system);
    context.err(`There is no contract ${wanted} in ${spec}. There is: ${others.join(", ")}.\n`);
    return undefined;
  }
  if (contract.findings.length > 0) tell(context, project.root, contract.findings, project.sources);
  return contract.model && { model: contract.model, root: project.root };
}

async function begin(
  context: Context,
  { model, root }: { readonly model: Model; readonly root: string },
  port: number,
): Promise<Dev | undefined> {
  const { startDev } = await context.generate();
  try {
    return await startDev(model, {
      templates: context.templates,
      project: root,
      port,
      load: context.load,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    context.err(
      code === "EADDRINUSE" ? `Port ${port} is in use. Leave out --port for any that is free.\n` : `${message}\n`,
    );
    return undefined;
  }
}

/** @returns the port, for the next. */
async function closed(running: Dev): Promise<number> {
  await running.close();
  return Number(new URL(running.url).port);
}

function introduction({ endpoint, example, method, receiver, url, wire }: Dev): string {
  const hint = receiver.real ? "" : "For the real one: npm install --save-dev miniflare\n";
  return `${receiver.host}.\n${hint}The live page: ${url}/\nEvents go to: ${endpoint}\nTry it: ${curlLine({ ...example, body: atTime(example.body, wire, new Date()) }, url, method)}\nCtrl-C ends it.\n`;
}
