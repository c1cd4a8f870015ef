import { curlLine } from "../../../templates/worker/node/curl-line.js";
import type { CliCommand } from "../command.js";
import { readContracts, specOption } from "../read-contracts.js";
import type { ExitCode, World } from "../world.js";

interface Options {
  readonly spec: string;
  readonly system: string;
  readonly port: string;
}

export const devCommand = {
  name: "dev",
  summary: "run the worker with a live page: what came, what passed, and why not",
  examples: [
    { line: "plainsight dev", does: "on any free port, until Ctrl-C" },
    { line: "plainsight dev --system jina --port 4318", does: "another contract, at an address that stays" },
  ],
  configure: (command, run) => {
    command
      .option(...specOption)
      .option("--system <name>", "a contract under systems/", "")
      .option("--port <number>", "a port of this machine; 0 is any that is free", "0")
      .action((options: Options) => run((world) => dev(world, options)));
  },
} satisfies CliCommand;

/** Stays until it is ended. 2: it could not start. */
async function dev(world: World, { port, spec, system }: Options): Promise<ExitCode> {
  const project = await readContracts(world, spec);
  if (project === undefined) return 2;
  const { startDev } = await world.engine();
  const model = project.contracts.find((contract) => contract.spec.system === system)?.model;
  if (model === undefined) {
    world.err(`There is no valid contract ${system === "" ? "of the project's own" : `"${system}"`} in ${spec}.\n`);
    return 2;
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    world.err(`--port ${port}: a port is a number from 0 to 65535.\n`);
    return 2;
  }
  try {
    const { endpoint, example, receiver, url } = await startDev(model, {
      templates: world.templates,
      project: project.root,
      port: Number(port),
      load: (specifier) => import(specifier),
    });
    const hint = receiver.real ? "" : "For the real one: npm install --save-dev miniflare\n";
    world.out(
      `${receiver.host}.\n${hint}The live page: ${url}/\nEvents go to: ${endpoint}\nTry it: ${curlLine(example, url)}\nCtrl-C ends it.\n`,
    );
    return await new Promise<ExitCode>(() => {});
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    world.err(
      code === "EADDRINUSE" ? `Port ${port} is in use. Leave out --port for any that is free.\n` : `${message}\n`,
    );
    return 2;
  }
}
