import assert from "node:assert/strict";
import { test } from "node:test";
import { recorder } from "./generated/client/testing.js";
import { run, shelf } from "./shelf.js";

test("a command is counted, and what was typed is not in it", async () => {
  const recorded = recorder();
  await run(
    ["add", "Middlemarch"],
    shelf(() => undefined),
  );
  await null;
  assert.deepEqual(recorded.events, [{ event: "command_run", props: { command: "add", duration: "<1s", ok: true } }]);
  recorded.stop();
});

test("a command that fails is counted as that", async () => {
  const recorded = recorder();
  await assert.rejects(
    run(
      ["add", "Emma"],
      shelf(() => undefined),
    ),
  );
  await null;
  assert.equal(recorded.events[0]?.props.ok, false);
  recorded.stop();
});
