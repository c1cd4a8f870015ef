import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";

const top = join(import.meta.dirname, "../..");
const envelopes = join(import.meta.dirname, "envelopes");

function contracts(folder: string) {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(top, "node_modules/tsx/dist/cli.mjs"), join(top, "test/contracts/main.ts"), folder],
    // As a person starts it, and not as a part of this test run.
    { cwd: top, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: process.env["HOME"] } },
  );
  return { code: status, lines: `${stdout}${stderr}`.trim().split("\n") };
}

it("each envelope: what the client puts on the wire the worker keeps whole, and its own tests hold", () => {
  const names = readdirSync(envelopes).sort();
  expect(contracts(envelopes)).toEqual({
    code: 0,
    lines: [...names.map((name) => `${name} exact`), `${names.length} passed, 0 failed`],
  });
}, 300_000);

it("a wrong expectation fails, whichever it is", () => {
  const folder = temporaryFolder("wrong");
  const changed = (name: string, file: string, from: string, to: string) => {
    cpSync(join(envelopes, "sam"), join(folder, name), { recursive: true });
    const path = join(folder, name, file);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };
  changed("a-payload", "payloads/1.json", '"seconds"', '"minutes"');
  changed("b-value", "payloads/1.json", '"test"', '"deploy"');
  changed("c-body", "emit.json", '"ok": true\n          }', '"ok": false\n          }');
  changed("d-emitter", "emit.json", '"ran",', '"walked",');
  changed("e-contract", "spec/events.yaml", "$fields:", "$feilds:");
  cpSync(join(envelopes, "sam"), join(folder, "f-consent"), { recursive: true });
  const row = { env: { DO_NOT_TRACK: "1" }, expect: "on", why: "a wrong one" };
  writeFileSync(join(folder, "f-consent/consent.jsonl"), `${JSON.stringify(row)}\n`);
  const { code, lines } = contracts(folder);
  expect(code).toBe(1);
  expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
    ...["a-payload", "b-value", "c-body", "d-emitter", "e-contract", "f-consent"].map((name) => `${name} deviates`),
    "0 passed, 6 failed",
  ]);
}, 300_000);
