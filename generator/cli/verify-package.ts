import { resolve } from "node:path";
import type { Contract } from "../analyze.js";
import { visible } from "../emit/visible.js";
import type { InstalledClient } from "../installed/compare-installed.js";
import type { PackageFiles } from "../installed/read-package.js";
import type { Context, ExitCode } from "./context.js";

/** Says whether the client in a package is what the contract generates. 0: it is. 1: it is not, or can't be known. 2: it could not be read. */
export async function verifyPackage(context: Context, contract: Contract, path: string): Promise<ExitCode> {
  const { model } = contract;
  if (model === undefined) {
    context.err(`${contract.spec.source} has findings: run plainsight check first.\n`);
    return 2;
  }
  const { compareInstalled, readPackage } = await context.draft();
  let files: PackageFiles;
  try {
    files = readPackage(resolve(context.cwd, path));
  } catch (error) {
    context.err(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const { clientForms, sameCode } = await context.generate();
  const forms = await clientForms(contract, context.templates, (anchor) =>
    [...files.keys()].some((path) => path === anchor || path.endsWith(`/${anchor}`)),
  );
  const installed = compareInstalled(files, forms, sameCode, model.destination.url);
  const { product } = model;
  if (installed.kind === "absent") {
    context.out(`There is no client of ${product} in ${path}: no file has the marker of a generated one.\n`);
    return 1;
  }
  if (installed.kind === "bundled") {
    const names = installed.files.map(visible).join(", ");
    context.out(
      `The endpoint of ${product} is in ${names}, but the client was bundled with other code: what is in it can't be known from here.\n`,
    );
    return 1;
  }
  for (const client of installed.clients) context.out(`${said(client, product)}\n`);
  return installed.clients.every(({ state }) => state !== "differs") ? 0 : 1;
}

function said({ folder, form, state, differences }: InstalledClient, product: string): string {
  const where = visible(folder === "" ? "the package's top folder" : folder);
  if (state === "same")
    return `${where}: the client of ${product} (${form}), byte for byte what the contract generates.`;
  if (state === "same-code")
    return `${where}: the client of ${product} (${form}), printed by another compiler; the code is what the contract generates.`;
  const words = {
    changed: "is not what the contract generates",
    missing: "is missing",
    surplus: "is generated from nothing in the contract",
  } as const;
  const list = differences.map(({ file, was }) => `  ${visible(file)} ${words[was]}`);
  return `${where}: the client of ${product} (${form}) differs.\n${list.join("\n")}`;
}
