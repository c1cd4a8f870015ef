import { expect, test } from "vitest";
import { readStep } from "../../generator/language/consent/read-step.js";
import { says } from "../../generator/language/consent/step.js";

test.each([
  ["a file that is read whole", { config: "~/.toolrc", form: "text" }],
  ["a file that holds only texts", { config: "~/.gitconfig", form: "ini", key: "tool.telemetry" }],
  ["a file", { config: "tool.yml", key: "telemetry" }],
  ["the state file", { stored: "telemetry" }],
])("what is written beside the sides counts where no side is written: %s", (_, place) => {
  const step = readStep({ ...place, any_case: true, trimmed: true, otherwise: "disable", only_where: "ci" });
  expect(step).toMatchObject({ anyCase: true, trimmed: true, otherwise: "disable", onlyWhere: { fact: "ci" } });
  expect(says(step, "never")).toBe("no");
  expect(says(step, undefined)).toBeUndefined();
});

test("a marker file that is there is a no, where all that the step doesn't name is one", () => {
  const step = readStep({ config: "~/.no-telemetry", enable_when: "absent", otherwise: "disable" });
  expect(says(step, "")).toBe("no");
  expect(says(step, undefined)).toBe("yes");
});
