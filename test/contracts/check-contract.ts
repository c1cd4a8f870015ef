import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../generator/model/model.js";
import { joinProgrammes } from "../../generator/spec/join-programmes.js";
import { load } from "../../generator/spec/load.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { consentDeviations, type Row } from "./consent-rows.js";
import { type Emission, emissionDeviations } from "./emissions.js";
import { payloadDeviations } from "./payloads.js";
import type { Told } from "./row-world.js";

const top = join(import.meta.dirname, "../..");

/** The result for one folder. */
export interface Check {
  readonly name: string;
  readonly deviations: readonly string[];
  /** The project that was generated; undefined where nothing could be. */
  readonly project?: string;
}

/** One contract of a project, and what was generated from it. */
export interface Generated {
  readonly model: Model;
  readonly folder: string;
}

/** Generates from a contract's folder, and holds the outcome to all that lies beside the contract. */
export async function checkContract(folder: string, name: string): Promise<Check> {
  const project = temporaryFolder(`contract-${name}`);
  cpSync(join(folder, "spec"), join(project, "spec"), { recursive: true });
  symlinkSync(join(top, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  mkdirSync(join(project, ".home"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(top, "dist/plainsight.mjs"), "gen"], {
    cwd: project,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: join(project, ".home"), NO_COLOR: "1" },
  });
  const contracts = await contractsIn(project);
  // A warning is told, and generates all the same.
  if (status !== 0 && (contracts.length === 0 || !existsSync(join(project, "generated"))))
    return { name, deviations: [`gen: ${stdout}${stderr}`.trim().replaceAll("\n", "\n  ")] };
  const deviations: string[] = [];
  for (const file of filesIn(join(folder, "payloads")))
    deviations.push(
      ...(await payloadDeviations(contracts, file, readFileSync(join(folder, "payloads", file), "utf8"))),
    );
  const emit = join(folder, "emit.json");
  if (existsSync(emit))
    for (const one of JSON.parse(readFileSync(emit, "utf8")) as readonly Emission[])
      deviations.push(...(await emissionDeviations(contracts, one)));
  const consent = join(folder, "consent.jsonl");
  if (existsSync(consent)) {
    const rows = readFileSync(consent, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
    deviations.push(
      ...(await consentDeviations(
        contracts,
        rows.map((line) => JSON.parse(line) as Row),
        toldBeside(folder),
      )),
    );
  }
  return { name, deviations, project };
}

async function contractsIn(project: string): Promise<readonly Generated[]> {
  const systems = join(project, "spec/systems");
  const paths = [
    ...(existsSync(join(project, "spec/events.yaml")) ? [["spec/events.yaml", "generated"] as const] : []),
    ...(existsSync(systems)
      ? readdirSync(systems)
          .sort()
          .map((system) => [`spec/systems/${system}/events.yaml`, `generated/systems/${system}`] as const)
      : []),
  ];
  // As the tool itself reads them: what several contracts share stands in each.
  const { specs } = await load(join(project, "spec"), "spec", async () => ({ joinProgrammes }));
  return paths.flatMap(([path, generated]) => {
    const spec = specs.find(({ source }) => source === path);
    const { model } = spec === undefined ? {} : readContract(Buffer.from(spec.bytes).toString("utf8"), path);
    return model === undefined ? [] : [{ model, folder: join(project, generated) }];
  });
}

/** Returns how the program tells its facts, where a row says something else than their names. */
function toldBeside(folder: string): Told {
  const file = join(folder, "facts.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Told) : {};
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.(json|txt)$/.test(file))
        .sort()
    : [];
}
