import { expect, it } from "vitest";
import { telemetryCommand } from "../../generated/client/command.js";
// What sends is loaded before it is first needed: how long a busy machine takes for that is no finding.
import "../../generated/client/later.js";
import * as telemetry from "../../generated/client/telemetry.js";
import { temporaryFolder } from "../support/temp-folder.js";

it("show says until when what was counted waits, and why the receiver refused what was sent", async () => {
  const lines: string[] = [];
  const host = {
    home: temporaryFolder("show-until"),
    env: {},
    now: () => Date.UTC(2026, 5, 12, 15),
    write: (_: string, line: string) => void lines.push(line),
    send: async () => 413,
  };
  telemetry.setup({ version: "1.0.0", host });
  telemetry.uninstall({ targets: ["claude"] });
  await telemetry.flush();
  telemetry.count("cli_command", "index", true);
  await telemetry.flush();
  lines.length = 0;
  expect(await telemetryCommand(["show"])).toBe(0);
  const at = lines.indexOf("Counted so far, and not due yet: 1");
  expect([at >= 0, lines[at + 1]]).toEqual([true, "  not before 2026-06-13 00:00 UTC"]);
  expect(lines).toContain("2026-06-12T15:00:00.000Z 413: refused, it is too large");
  lines.length = 0;
  await telemetryCommand(["show", "--json"]);
  expect(JSON.parse(lines.join("\n"))).toMatchObject({ waiting: 1, not_before: ["2026-06-13T00:00:00.000Z"] });
});
