import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../generator/model/model.js";
import { planOf } from "../../generator/plan/make-plan.js";
import { go, QUICK, writeGo, writeWholeRuntime } from "../go/client.js";

/** A client that is asked. */
export interface Asked {
  /** The name of its package. */
  readonly name: string;
  readonly model: Model;
  /** Beside it lies all of the runtime, and what asks for single functions of it. */
  readonly wholeRuntime?: boolean;
  /** Changes the package's files before they are built. */
  readonly change?: (folder: string) => void;
}

/**
 * Builds one program with a package for each client: linking many takes longer than compiling them.
 * @param folder the module's, in which `samples` has the packages as they are written.
 * @returns the command that answers with a client, by its package's name.
 */
export function buildGo(folder: string, all: readonly Asked[]): (name: string) => readonly string[] {
  const written = new Map<Model, string>();
  for (const { name, model, wholeRuntime = false, change } of all) {
    const sample = written.get(model) ?? writeSample(join(folder, "samples", name), model, wholeRuntime);
    written.set(model, sample);
    const place = join(folder, name);
    cpSync(sample, place, { recursive: true, filter: (path) => !path.endsWith("_test.go") });
    change?.(place);
  }
  mkdirSync(join(folder, "runner"));
  writeFileSync(join(folder, "go.mod"), "module example.test/product\n\ngo 1.22\n");
  const imports = all.map(({ name }) => `\t${name} "example.test/product/${name}"\n`).join("");
  const cases = all.map(({ name }) => `\tcase "${name}":\n\t\t${name}.RunVectors()\n`).join("");
  writeFileSync(
    join(folder, "runner/main.go"),
    `package main\n\nimport (\n\t"os"\n${imports})\n\nfunc main() {\n\tswitch os.Getenv("ASKED") {\n${cases}\t}\n}\n`,
  );
  const said = go(["build", ...QUICK, "-o", "run", "./runner"], folder);
  if (said !== "") throw new Error(said);
  return (name) => ["env", `ASKED=${name}`, join(folder, "run"), planIn(written, all, name)];
}

function planIn(written: ReadonlyMap<Model, string>, all: readonly Asked[], asked: string): string {
  const model = all.find(({ name }) => name === asked)?.model;
  const sample = model && written.get(model);
  if (sample === undefined) throw new Error(`There is no package ${asked}.`);
  return join(sample, "../plan.json");
}

function writeSample(folder: string, model: Model, wholeRuntime: boolean): string {
  const place = writeGo(model, folder);
  writeFileSync(join(folder, "plan.json"), JSON.stringify(planOf(model)));
  if (wholeRuntime) writeWholeRuntime(place);
  copyRunner(place, wholeRuntime ? ["take.go"] : []);
  return place;
}

/** Copies the runner for vectors beside a client: of it, what asks in the client's mode. */
function copyRunner(place: string, more: readonly string[]): void {
  const has = (room: string) => existsSync(join(place, `zz_plainsight_${room}.go`));
  const reports = readFileSync(join(place, "telemetry.go"), "utf8").includes(") *Reporter {");
  const mode = reports ? ["reports.go"] : ["events.go", "record.go", has("outbox") ? "sends.go" : "queues.go"];
  for (const name of ["vectors.go", "calls.go", ...mode, ...more])
    copyFileSync(join(import.meta.dirname, "runners/go", name), join(place, name));
}
