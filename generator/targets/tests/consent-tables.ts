import { type Literal, literal } from "../../emit/literal.js";
import { type ConsentRow, consentTable, grantingRow, partTable } from "../../language/consent/table.js";
import { holdsFrom } from "../../model/epochs.js";
import type { Model } from "../../model/model.js";

/** The truth table of a contract and of each part of its consent, as a module. */
export function printConsentTable(model: Model): string {
  const { consent, consentEpoch } = model;
  const rows = consentTable(consent, consentEpoch, holdsFrom(model)).map((row) => `  ${printRow(row)},\n`);
  const parts = (consent.parts ?? []).map((part) => {
    const own = partTable(consent, part, consentEpoch, holdsFrom(model)).map((row) => `    ${printRow(row)},\n`);
    return `  ${JSON.stringify(part.name)}: [\n${own.join("")}  ],\n`;
  });
  const granting = consent.parts && grantingRow(consent, consentEpoch);
  return [
    'import type { ConsentRow } from "plainsight/tests";\n\n',
    "/** Each step of the contract absent, saying yes, saying no and nearly so, in every combination; and what is then decided. */\n",
    "// prettier-ignore\n",
    `export const consentTable: readonly ConsentRow[] = [\n${rows.join("")}];\n`,
    ...(parts.length === 0
      ? []
      : [
          "\n/** The same for each part, with everything that it depends on. */\n",
          "// prettier-ignore\n",
          `export const partTables = {\n${parts.join("")}} satisfies Readonly<Record<string, readonly ConsentRow[]>>;\n`,
        ]),
    ...(granting === undefined
      ? []
      : [
          "\n/** All of it is on. */\n",
          "// prettier-ignore\n",
          `export const granting: ConsentRow = ${printRow(granting)};\n`,
        ]),
  ].join("");
}

/** One row, one line: a table that is read across. */
function printRow({ env, config, stored, build, args, facts, enabled, decidedBy }: ConsentRow): string {
  const parts = { env, config, stored, build, args, facts, enabled, decidedBy } as unknown as Literal;
  return literal(parts, "", Number.NEGATIVE_INFINITY);
}
