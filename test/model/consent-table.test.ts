import { expect, test } from "vitest";
import { consentTable } from "../../generator/language/consent/table.js";
import type { ConsentStep } from "../../generator/model/model.js";
import { modelOf } from "../evolve/read-case.js";
import { baseText } from "../evolve/sneak.js";

test.each([12, 40, 1000])(
  "%i steps make a table that can be read: each step alone first, then each two together",
  (count) => {
    const { consent } = modelOf(baseText, "events.yaml");
    const order = Array.from(
      { length: count },
      (_, index): ConsentStep => ({
        at: consent.at,
        place: { kind: "env", env: `SWITCH_${index}` },
        enableWhen: { kind: "truthy" },
        disableWhen: { kind: "falsy" },
      }),
    );
    const rows = consentTable({ ...consent, order, builds: [] });
    expect(rows.length).toBeLessThanOrEqual(1000);
    expect(rows[0]).toMatchObject({ env: {}, enabled: true, decidedBy: "default" });
    const alone = rows.filter(({ env }) => Object.keys(env).length === 1);
    expect(alone.length).toBe(Math.min(2 * count, 999));
    expect(rows.find(({ env }) => env["SWITCH_7"] === "0")).toMatchObject({ enabled: false, decidedBy: "SWITCH_7" });
  },
);

test("a no in any spelling where the map of another key should be is a no, as in every client", () => {
  const { consent } = modelOf(baseText, "events.yaml");
  const step = (key: string): ConsentStep => ({
    at: consent.at,
    place: { kind: "config", config: "settings", key },
    enableWhen: { kind: "exactly", values: ["on"] },
    disableWhen: { kind: "exactly", values: ["off", false] },
  });
  const rows = consentTable({ ...consent, order: [step("telemetry"), step("telemetry.usage")], builds: [] });
  const otherwise = rows.filter(({ config }) => JSON.stringify(config) === '{"settings":{"telemetry":"OFF"}}');
  expect(otherwise).toEqual([expect.objectContaining({ enabled: false, decidedBy: "config" })]);
});
