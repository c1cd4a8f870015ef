import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Client } from "../../../templates/client/runtime/client.js";
import { older } from "../../../templates/client/runtime/consent/older.js";
import { temporaryFolder } from "../../support/temp-folder.js";

const yes = '{"active":true}';

/** A step's result for an older client's file: a yes, a no, nothing, or unknown, which is a no. */
function toldOf(file: string): unknown {
  const client = { contract: {}, host: {}, memory: {} } as unknown as Client;
  const one = { files: [() => file], key: "active", enable: (value: unknown) => value === true };
  try {
    return older(1, { ...one, disable: (value: unknown) => value === false } as never)(client);
  } catch {
    return "can't be told";
  }
}

// Each but the first four holds a yes, for whoever would read it all the same.
test.each<[string, unknown, (file: string) => void]>([
  ["not there", undefined, () => undefined],
  ["a yes", "yes", (file) => writeFileSync(file, yes)],
  ["a no", "no", (file) => writeFileSync(file, '{"active":false}')],
  ["of another word", "no", (file) => writeFileSync(file, '{"active":"true"}')],
  ["in UTF-16", "can't be told", (file) => writeFileSync(file, Buffer.from(`\ufeff${yes}`, "utf16le"))],
  ["behind a byte order mark", "can't be told", (file) => writeFileSync(file, `\ufeff${yes}`)],
  ["cut off", "can't be told", (file) => writeFileSync(file, yes.slice(0, -1))],
  ["twice in one", "can't be told", (file) => writeFileSync(file, `${yes}\n${yes}`)],
  ["larger than a mebibyte", "can't be told", (file) => writeFileSync(file, yes.padEnd(1024 * 1024 + 1))],
  ["a folder", "can't be told", (file) => mkdirSync(file)],
  [
    "a link to a yes",
    "can't be told",
    (file) => {
      writeFileSync(`${file}.other`, yes);
      symlinkSync(`${file}.other`, file);
    },
  ],
  ["a link to nothing", "can't be told", (file) => symlinkSync(`${file}.other`, file)],
])("an older client's file that is %s: %s", (_, told, put) => {
  const file = join(temporaryFolder("older"), "config.json");
  put(file);
  expect(toldOf(file)).toBe(told);
});
