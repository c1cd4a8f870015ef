/**
 * A small program with CodeGraph's generated client in it: what it would do with its users' counts, it does here.
 * The endpoint's address is baked into the client; LOOP_URL, which only this program knows, leads the bytes to loopback instead.
 */

import { telemetryCommand } from "../../generated/client/command.js";
import { send } from "../../generated/client/runtime/later/send.js";
import * as telemetry from "../../generated/client/telemetry.js";

const [command = "", ...words] = process.argv.slice(2);
const { LOOP_URL = "", LOOP_DAYS = "0" } = process.env;

telemetry.setup({
  version: "0.9.12",
  host: {
    send: (request) => send({ ...request, url: LOOP_URL }),
    now: () => Date.now() + Number(LOOP_DAYS) * 86_400_000,
  },
});

const targets = ["claude", "cursor"];

switch (command) {
  case "install":
    telemetry.install({ targets, scope: "local", kind: "fresh", sqliteBackend: "native" });
    await telemetry.commandEnd("install");
    break;
  case "index":
    telemetry.commandStart("index");
    telemetry.index({
      languages: ["typescript", "go"],
      fileCount: 1234,
      durationSeconds: 12.5,
      sqliteBackend: "native",
    });
    telemetry.count("cli_command", "index", true);
    await telemetry.commandEnd("index");
    break;
  case "mcp":
    for (const ok of [true, true, false])
      telemetry.count("mcp_tool", "codegraph_explore", ok, { name: "Claude Code", version: "2.1" });
    break;
  case "uninit":
    telemetry.uninstall({ targets });
    await telemetry.commandEnd("uninit");
    break;
  case "telemetry":
    process.exitCode = await telemetryCommand(words);
    break;
  default:
    throw new Error(`no command called ${command}`);
}
