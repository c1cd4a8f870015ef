import assert from "node:assert/strict";
import { test } from "node:test";
import { recorder } from "./generated/client/testing.js";
import { call } from "./tools.js";

test("a call is counted, and what was searched for is not in it", async () => {
  const recorded = recorder();
  await call("search", { words: "milk" }, "claude-code");
  await null;
  assert.deepEqual(recorded.events, [
    { event: "tool_called", props: { agent: "claude-code", duration: "<0.1s", ok: true, tool: "search" } },
  ]);
  recorded.stop();
});

test("a call that fails is counted as that", async () => {
  const recorded = recorder();
  await assert.rejects(call("search", undefined));
  await null;
  assert.equal(recorded.events[0]?.props.ok, false);
  recorded.stop();
});
