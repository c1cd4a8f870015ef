import { visible } from "../../emit/visible.js";
import type { CliCommand } from "../command.js";
import type { Context, ExitCode } from "../context.js";
import { readContracts, specOption } from "../read-contracts.js";
import { request } from "../request.js";
import { sendProbes, stated } from "../verify-endpoint.js";
import { verifyPackage } from "../verify-package.js";

/** The time that an endpoint has for each answer. */
const patience = 10_000;

interface Options {
  readonly spec: string;
  readonly system: string;
  readonly release?: readonly string[];
  readonly package?: string;
}

export const verifyCommand = {
  name: "verify",
  summary: "check that a deployed endpoint enforces the contract",
  examples: [
    {
      line: "plainsight verify https://telemetry.example.com",
      does: "says that it is the same, or exactly what differs",
    },
    {
      line: "plainsight verify https://telemetry.example.com --release 2",
      does: "before publishing clients of version 2: deploy the worker first",
    },
    {
      line: "plainsight verify --package mytool-1.4.0.tgz",
      does: "before publishing, or after installing: is its client the one that the contract generates?",
    },
  ],
  configure: (command, run) => {
    command
      .argument("[url]", "the endpoint, or its /v1/contract")
      .option("--package <path>", "a package instead: a folder, a .tgz, a .whl or a .zip; no network is used")
      .option(...specOption)
      .option("--system <name>", "a contract under systems/", "")
      .option("--release <version...>", "client versions that you are about to publish (default: the spec's own)")
      .action((url: string | undefined, options: Options) => run((context) => verify(context, url, options)));
  },
} satisfies CliCommand;

/** 0: the same. 1: something differs. 2: there was no answer to compare. */
async function verify(context: Context, first: string | undefined, options: Options): Promise<ExitCode> {
  const { spec, system } = options;
  // `--release 2 https://…` takes the address for a version, too.
  const releases = (options.release ?? []).filter((one) => !/^https?:/.test(one));
  const url = first ?? options.release?.find((one) => /^https?:/.test(one));
  const wrong = releases.find((release) => !/^[1-9]\d{0,8}$/.test(release));
  if (wrong !== undefined) {
    context.err(`--release ${visible(wrong)}: a version is a whole number.\n`);
    return 2;
  }
  if ((url === undefined) === (options.package === undefined)) {
    context.err("Name one thing to verify: the URL of an endpoint, or --package with a folder or file.\n");
    return 2;
  }
  const project = await readContracts(context, spec);
  if (project === undefined) return 2;
  const contract = project.contracts.find((one) => one.spec.system === system);
  const model = contract?.uncheckedModel;
  if (contract === undefined || model === undefined) {
    context.err(`There is no contract ${system === "" ? "of the project's own" : `"${system}"`} in ${spec}.\n`);
    return 2;
  }
  if (options.package !== undefined) return verifyPackage(context, contract, options.package);
  if (url === undefined) return 2;
  const place = placeOf(url);
  if (place === undefined) {
    context.err(`${visible(url)}: that is not a web address\n`);
    return 2;
  }
  const answer = await ask(place, faces[0]);
  if ("problem" in answer) {
    context.err(`${url}: ${answer.problem}\n`);
    return 2;
  }
  const again = await ask(place, faces[1]);
  const { compareDeployed } = await context.analyze();
  const compared = compareDeployed(
    model,
    answer.value,
    options.release === undefined ? [model.schemaVersion] : releases.map(Number),
  );
  const faced = "text" in again && again.text === answer.text;
  const said = faced ? [...compared.said] : [...compared.said, "It shows something else to another visitor."];
  if (!compared.same || !faced) {
    // What the endpoint says reaches the terminal only as text.
    context.out(`${said.map(visible).join("\n")}\n`);
    return 1;
  }
  const probed = await sendProbes(context, contract.model, new URL("/", place), answer.value, patience);
  context.out(`${[...said, ...probed.said, ...stated(model, answer.value)].map(visible).join("\n")}\n`);
  return probed.same ? 0 : 1;
}

/** The faces under which `verify` asks: whoever shows one thing to auditors and another to the rest has to tell them apart. */
const faces = [
  { accept: "application/json", "user-agent": "plainsight-verify" },
  { accept: "text/html,*/*;q=0.8", "accept-language": "de", "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" },
] as const;

function placeOf(url: string): URL | undefined {
  try {
    const place = /\/contract\/?$/.test(new URL(url).pathname) ? new URL(url) : new URL("/v1/contract", url);
    return /^https?:$/.test(place.protocol) ? place : undefined;
  } catch {
    return undefined;
  }
}

async function ask(
  place: URL,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly value: unknown; readonly text: string } | { readonly problem: string }> {
  const answer = await request(place, { method: "GET", headers }, patience);
  if ("problem" in answer) return answer;
  if (answer.status < 200 || answer.status > 299)
    return { problem: `${place.pathname} was answered with ${answer.status}` };
  try {
    return { value: JSON.parse(answer.text), text: answer.text };
  } catch (error) {
    return { problem: `no answer that can be read (${visible((error as Error).message)})` };
  }
}
