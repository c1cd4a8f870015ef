import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { receive } from "../../package/stranger.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { until } from "../../support/wait.js";

it("a receiver that is tried out takes the new contract after gen, at the same address", async () => {
  const root = temporaryFolder("try");
  const plainsight = (...args: readonly string[]) =>
    execFileSync(process.execPath, [join(process.cwd(), "dist/plainsight.mjs"), ...args], { cwd: root });
  plainsight("init", "--yes", "--product", "my-tool");
  plainsight("gen", "--language", "js");
  const receiver = await receive(root);
  try {
    const send = () =>
      fetch(receiver.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"event":"command_run","os":"linux","version":"1.2.3","command":"build","duration":"<1s","ok":true,"cache":"cold"}',
      });
    await send();
    expect((await receiver.stored())[0]?.["fields"]).not.toHaveProperty("cache");
    const spec = join(root, "spec/events.yaml");
    const field = "      cache: { type: enum, values: [cold, warm], why: Whether it helps. }\n";
    writeFileSync(
      spec,
      readFileSync(spec, "utf8").replace(/^ +ok: .*\n/m, (line) => line + field),
    );
    plainsight("gen", "--language", "js");
    await until("an event with the new field is stored", async () => {
      // Between two listeners nobody answers.
      await send().catch(() => undefined);
      const fields = (await receiver.stored()).map((row) => JSON.stringify(row["fields"]));
      return fields.some((one) => one.includes('"cache":"cold"')) || undefined;
    });
  } finally {
    receiver.end();
  }
});
