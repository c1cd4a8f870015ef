import { expect, it } from "vitest";
import { mostAtOnce } from "../../generator/model/delivery.js";

it.each([
  [undefined, 100],
  [20, 20],
  [200, 100],
])("of a batch of %s a request holds %s events at most", (batch, events) =>
  expect(
    mostAtOnce({ delivery: batch === undefined ? {} : { batch }, ingest: { limits: { body: 1, events: 100 } } }),
  ).toEqual({
    body: 1,
    events,
  }),
);
