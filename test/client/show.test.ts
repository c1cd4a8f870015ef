import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { codegraph, program, temporary } from "./program.js";

it("show prints all of it, also into a pipe that is full for a while and that the program wrote to before", async () => {
  const file = await program(`${codegraph}
      import { telemetryCommand } from "./generated/client/command.js";
      console.log("the program's own line");
      const languages = Array.from({ length: 32 }, () => "abcdefghijklmnopqrst");
      for (let left = 300; left > 0; left--) telemetry.index({ languages, fileCount: 1, durationSeconds: 1, sqliteBackend: "wasm" });
      await new Promise((resolve) => setTimeout(resolve, 50));
      process.exitCode = await telemetryCommand(["show", "--json"]);`);
  const text = execFileSync("bash", ["-c", '"$0" "$1" | (sleep 0.5; cat)', process.execPath, file], {
    env: { HOME: temporary(), PATH: process.env["PATH"] },
    encoding: "utf8",
    maxBuffer: 1 << 24,
  });
  const { next } = JSON.parse(text.slice(text.indexOf("{"))) as { next: { bodies: string[] } };
  expect(text.length).toBeGreaterThan(65536);
  for (const body of next.bodies) expect(JSON.parse(body)).toHaveProperty("events");
});
