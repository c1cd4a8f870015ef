import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { contracts, machine } from "./machine.js";

interface Case {
  readonly id: string;
  readonly env: Record<string, string>;
  readonly config: Record<string, unknown> | null;
  readonly stored: unknown;
  readonly build?: string;
  readonly env_after_start?: Record<string, string>;
  readonly expect: { readonly enabled: boolean; readonly decidedBy: string };
}

const before = process.cwd();
afterAll(() => process.chdir(before));

for (const [name, contract] of Object.entries(contracts)) {
  const cases = JSON.parse(
    readFileSync(join(before, `test/conformance/fixtures/${name}/consent.json`), "utf8"),
  ) as Case[];

  describe(`${name}: the documents' own table, from real files`, () => {
    test.each(cases.map((one) => [one.id, one] as const))(
      "%s",
      (_, { env, config, stored, build, env_after_start, expect: wanted }) => {
        const folder = temporaryFolder("project");
        process.chdir(folder);
        const asFile = Object.keys(config ?? {}).every((file) => /\.yml$/.test(file));
        if (asFile) for (const [file, content] of Object.entries(config ?? {})) writeFileSync(file, stringify(content));
        const variables = { ...env };
        const one = machine(contract, {
          env: variables,
          build,
          ...(asFile ? {} : { config: (file) => config?.[file] }),
        });
        if (stored !== null) one.writeState(stored);
        const started = consent(one.client);
        Object.assign(variables, env_after_start);
        expect(consent(one.client)).toEqual(wanted);
        expect(started).toEqual(wanted);
      },
    );
  });
}
