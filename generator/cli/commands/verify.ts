import type { get as httpGet } from "node:http";
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

type Answer = { readonly value: unknown } | { readonly problem: string };

/** `fetch` can't be used: what it has begun to read stays open after an abort, and holds the process. */
async function ask(url: string): Promise<Answer> {
  let place: URL;
  try {
    place = /\/contract\/?$/.test(new URL(url).pathname) ? new URL(url) : new URL("/v1/contract", url);
  } catch {
    return { problem: "that is no web address" };
  }
  if (!/^https?:$/.test(place.protocol)) return { problem: "that is no web address" };
  const { get } = await import(place.protocol === "http:" ? "node:http" : "node:https");
  return answered(place, get);
}

/** One timer around all of it: name, connection, head and body. Whatever is still under way then is cut off. */
function answered(place: URL, get: typeof httpGet): Promise<Answer> {
  return new Promise((resolve) => {
    const end = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    const timer = setTimeout(() => end({ problem: `no whole answer within ${patience / 1000} s` }), patience);
    const request = get(place, { agent: false, headers: { accept: "application/json" } }, (response) => {
      const { statusCode = 0 } = response;
      if (statusCode < 200 || statusCode > 299) {
        end({ problem: `${place.pathname} was answered with ${statusCode}` });
        return;
      }
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > largest) end({ problem: "the answer is too large to be a contract" });
      });
      response.on("end", () => end(read(Buffer.concat(parts))));
      response.on("error", (error) => end(unreadable(error)));
    });
    request.on("error", (error) => end(unreadable(error)));
  });
}

function read(bytes: Buffer): Answer {
  try {
    return { value: JSON.parse(bytes.toString("utf8")) };
  } catch (error) {
    return unreadable(error as Error);
  }
}

function unreadable({ message, code }: NodeJS.ErrnoException): Answer {
  return { problem: `no answer that can be read (${visible(code ?? message)})` };
}
