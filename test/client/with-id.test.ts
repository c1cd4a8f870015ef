import { expect, it } from "vitest";
import type { Client } from "../../templates/client/runtime/client.js";
import type { EventContract, Limit } from "../../templates/client/runtime/contract.js";
import { withId } from "../../templates/client/runtime/state/with-id.js";
import { fill, text } from "../../templates/client/runtime/values/values.js";

const event: EventContract = {
  name: "start",
  fields: [
    { name: "id", from: () => "found elsewhere", take: text(9) },
    { name: "kind", take: text(9) },
  ],
};

const recorded: unknown[] = [];
/** As an event is recorded: what may travel, then the limit, then the queue. */
function record(on: boolean) {
  return (client: Client, of: EventContract, given?: object, limit?: Limit) => {
    const props = on ? fill(of.fields, given ?? {}) : undefined;
    if (props === undefined || limit?.(client, of.name, props) === false) return;
    recorded.push(props);
  };
}

it.each([
  ["is told", true, { kind: "a" }, undefined, "made"],
  ["is nothing while telemetry is off", false, { kind: "a" }, undefined, undefined],
  ["is nothing where the event may not travel", true, { kind: 1 }, undefined, undefined],
  ["is nothing where there were enough", true, { kind: "a" }, () => false, undefined],
] as const)("what an event is called %s", (_, on, given, limit, id) => {
  recorded.length = 0;
  expect(withId({} as Client, event, record(on), "id", () => "made", given, limit)).toBe(id);
  expect(recorded).toEqual(id === undefined ? [] : [{ id, kind: "a" }]);
});

it("an error on the way is nothing that the program hears of", () => {
  const throws = () => {
    throw new Error("no");
  };
  expect(withId({} as Client, event, throws, "id", () => "made")).toBeUndefined();
  expect(withId({} as Client, event, record(true), "id", throws)).toBeUndefined();
});
