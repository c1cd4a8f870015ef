import { constantCase } from "../names.js";
import { type Answers, placeholder } from "./answers.js";
import type { PackageManager } from "./package-managers.js";

/** The first contract: the template with the answers in it. `optOut` is what stands there instead where reports are on by default. */
export function fillSpec(template: string, optOut: string, { product, url, consent }: Answers): string {
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
  return chosen.replace(new RegExp(Object.keys(put).join("|"), "g"), (found) => put[found] ?? found);
}

/** The workflow, for the package manager that the project has. `version` is the tool's own, for projects without a package.json. */
export function fillWorkflow(
  template: string,
  { language }: Answers,
  manager: PackageManager | undefined,
  version: string,
): string {
  const install = manager?.install ?? `npm install --no-save plainsight@${version}`;
  return template
    .replace("npm ci --ignore-scripts", () => install)
    .replace("plainsight check", () => `plainsight check${languageFlag(language)}`);
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
