import { visible } from "../../emit/visible.js";
import type { CliCommand } from "../command.js";
import { readContracts, specOption } from "../read-contracts.js";
import { verifyPackage } from "../verify-package.js";
import type { ExitCode, World } from "../world.js";

/** How long an endpoint has for its answer, and how much it may say. */
const patience = 10_000;
const largest = 4 << 20;

interface Options {
  readonly spec: string;
  readonly system: string;
  readonly release?: readonly string[];
  readonly package?: string;
}

export const verifyCommand = {
  name: "verify",
  summary: "see whether a deployed endpoint enforces the published contract",
  examples: [
    { line: "plainsight verify https://telemetry.example.com", does: "same digest, or exactly what differs" },
    {
      line: "plainsight verify https://telemetry.example.com --release 2",
      does: "before publishing clients of version 2: worker first",
    },
    {
      line: "plainsight verify --package mytool-1.4.0.tgz",
      does: "before publishing, or after installing: is the client in it what the contract generates?",
    },
  ],
  configure: (command, run) => {
    command
      .argument("[url]", "the endpoint, or its /v1/contract")
      .option("--package <path>", "a package instead: a folder, a .tgz, a .whl or a .zip; no network is used")
      .option(...specOption)
      .option("--system <name>", "a contract under systems/", "")
      .option("--release <version...>", "versions of clients that are to be published (default: the spec's own)")
      .action((url: string | undefined, options: Options) => run((world) => verify(world, url, options)));
  },
} satisfies CliCommand;

/** 0: the same. 1: something differs. 2: there was no answer to compare. */
async function verify(world: World, url: string | undefined, options: Options): Promise<ExitCode> {
  const { spec, system, release } = options;
  if ((url === undefined) === (options.package === undefined)) {
    world.err("Name one thing to verify: the URL of an endpoint, or --package with a folder or file.\n");
    return 2;
  }
  const project = await readContracts(world, spec);
  if (project === undefined) return 2;
  const contract = project.contracts.find((one) => one.spec.system === system);
  const model = contract?.asWritten;
  if (contract === undefined || model === undefined) {
    world.err(`There is no contract ${system === "" ? "of the project's own" : `"${system}"`} in ${spec}.\n`);
    return 2;
  }
  if (options.package !== undefined) return verifyPackage(world, contract, options.package);
  if (url === undefined) return 2;
  const answer = await ask(url);
  if ("problem" in answer) {
    world.err(`${url}: ${answer.problem}\n`);
    return 2;
  }
  const { compareDeployed } = await world.reader();
  const { same, said } = compareDeployed(
    model,
    answer.value,
    release === undefined ? [model.schemaVersion] : release.map(Number),
  );
  // What the endpoint says reaches the terminal only as text.
  world.out(`${said.map(visible).join("\n")}\n`);
  return same ? 0 : 1;
}

async function ask(url: string): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  try {
    const place = /\/contract\/?$/.test(new URL(url).pathname) ? new URL(url) : new URL("/v1/contract", url);
    if (!/^https?:$/.test(place.protocol)) return { problem: "that is no web address" };
    const response = await fetch(place, {
      redirect: "error",
      signal: AbortSignal.timeout(patience),
      headers: { accept: "application/json" },
    });
    if (!response.ok) return { problem: `${place.pathname} was answered with ${response.status}` };
    const text = await textOf(response);
    return text === undefined ? { problem: "the answer is too large to be a contract" } : { value: JSON.parse(text) };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    return { problem: `no answer that can be read (${visible(cause?.code ?? cause?.message ?? message)})` };
  }
}

/** Undefined: it says more than it may. An answer without end is not read to its end. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
