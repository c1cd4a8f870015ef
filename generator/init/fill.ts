import { constantCase } from "../names.js";
import { type Answers, placeholder } from "./answers.js";
import type { PackageManager } from "./package-managers.js";

/** The first contract: the template with the answers in it. `optOut` replaces it if reports are on by default. */
export function fillSpec(template: string, optOut: string, { product, url, consent, client }: Answers): string {
  const [model = "", ...notice] = optOut.split(/(?<=\n)/);
  const chosen =
    consent === "opt-in"
      ? template
      : template.replace(/^ {2}model: .*\n/m, () => model).replace(/^ {2}ask:\n(?: {4}.*\n)+/m, () => notice.join(""));
  const put: Readonly<Record<string, string>> = {
    [placeholder.product]: product,
    [constantCase(placeholder.product)]: constantCase(product),
    [placeholder.url]: url,
  };
  const asked =
    client.to === undefined
      ? chosen
      : chosen.replace(
          /^ingest: /m,
          (line) =>
            `clients:                                            # what the product is written in, and where its client goes\n  ${client.of}: { to: ${client.to} }\n\n${line}`,
        );
  return asked.replace(new RegExp(Object.keys(put).join("|"), "g"), (found) => put[found] ?? found);
}

/** The facts that a workflow needs about its repository. */
export interface Repository {
  /** Undefined: the project has no package.json. */
  readonly manager: PackageManager | undefined;
  /** The project's folder in the repository, `packages/cli`; empty at its top. */
  readonly folder: string;
  /** The tool's own version, for projects without a package.json. */
  readonly version: string;
}

/** The workflow, for the package manager that the project has, and for the folder in which it lies. */
export function fillWorkflow(
  template: string,
  { language, product }: Answers,
  { manager, folder, version }: Repository,
): string {
  const install = manager?.install ?? `npm install --no-save plainsight@${version}`;
  const filled = template
    .replace("npm ci --ignore-scripts", () => install)
    .replace("plainsight check", () => `plainsight check${languageFlag(language)}`)
    .replaceAll("npx plainsight", () => `${manager?.exec ?? "npx"} plainsight`);
  if (folder === "") return filled;
  return filled
    .replace("name: telemetry\n", () => `name: telemetry of ${product}\n`)
    .replace(/^( *)steps:\n/m, (line, indent: string) => `${inFolder(folder, indent)}${line}`)
    .replaceAll(/^(# {3})\/(?=spec\/|TELEMETRY)/gm, (_, before: string) => `${before}/${folder}/`);
}

/** One package of several: every command runs in its folder. */
function inFolder(folder: string, indent: string): string {
  return `${indent}defaults:\n${indent}  run:\n${indent}    working-directory: ${JSON.stringify(folder)}\n`;
}

/** The package's scripts. They remember what the client is written in. */
export function scriptsFor({ language }: Answers): Readonly<Record<string, string>> {
  return {
    "telemetry:gen": `plainsight gen${languageFlag(language)}`,
    "telemetry:check": `plainsight check${languageFlag(language)}`,
  };
}

export function languageFlag(language: Answers["language"]): string {
  return language === "ts" ? "" : ` --language ${language}`;
}
