import { describe, expect, test } from "vitest";
import type { Model } from "../../../generator/model/model.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { contract } from "../five.js";

/** CodeGraph as it went on: `sqlite_backend` is gone from `install`, `uninstall` is gone, `plan` is new. */
function second(): Model {
  const first = contract("codegraph");
  const install = first.events.find(({ wireName }) => wireName === "install");
  const scope = install?.fields.find(({ wireName }) => wireName === "scope");
  if (install === undefined || scope === undefined) throw new Error("the contract has changed");
  const fields = [
    ...install.fields.filter(({ wireName }) => wireName !== "sqlite_backend"),
    { ...scope, wireName: "zone" },
  ];
  return {
    ...first,
    schemaVersion: 2,
    consentEpoch: 2,
    frozen: [first],
    events: first.events
      .filter(({ wireName }) => wireName !== "uninstall")
      .map((event) => (event === install ? { ...install, fields } : event)),
    history: [
      ...first.history,
      { ...first.history[0], at: first.at, version: 2, date: "2026-07-01", change: "Less of it." },
    ],
    changes: [
      {
        version: 2,
        changes: [
          { id: "field-added", impact: "more", sentence: "install also sends zone." },
          { id: "field-removed", impact: "less", sentence: "install no longer sends sqlite_backend." },
        ],
      },
      { version: 1, changes: [] },
    ],
  };
}

const page = docsTarget.generate(second())[0]?.text ?? "";
const lines = page.split("\n");

describe("a contract with a past", () => {
  test("says since when a field is sent, where that is not since its event is", () => {
    expect(lines.find((line) => line.startsWith("- **`scope`**"))).not.toContain("Since");
    expect(lines.find((line) => line.startsWith("- **`zone`**"))).toMatch(/\. Since v2\.$/);
  });

  test("keeps what only older clients still send", () => {
    const install = page.slice(page.indexOf("### `install`"), page.indexOf("### `usage_rollup`"));
    expect(install).toMatch(/- \*\*`sqlite_backend`\*\*[^\n]* Sent until v1; discarded on arrival\./);
    expect(page).toContain("### No longer sent");
    expect(page).toContain("| `uninstall` | `targets` | v1 |");
  });

  test("a new version changes only the lines that it is about", () => {
    const before = new Set((docsTarget.generate(contract("codegraph"))[0]?.text ?? "").split("\n"));
    const changed = lines.filter((line) => line !== "" && !before.has(line));
    expect(changed.length, changed.join("\n")).toBeLessThan(17);
  });

  test("has a change log, newest first, with what each version collects more", () => {
    const log = page.slice(page.indexOf("## How this list changes"), page.indexOf("## Open questions"));
    expect(log.split("\n").filter((line) => line.startsWith("- **v"))).toEqual([
      "- **v2** (2026-07-01): Less of it.",
      "- **v2, collects more:** install also sends zone.",
      "- **v2, collects less:** install no longer sends sqlite_backend.",
      "- **v1**: First version.",
    ]);
    expect(log).toContain("consent epoch, now 2");
  });

  test("says nothing twice: what raise wrote stands in the lines", () => {
    const model = second();
    const written = model.changes[0]?.changes.map(({ sentence }) => sentence).join(" ") ?? "";
    const history = model.history.map((entry) => (entry.version === 2 ? { ...entry, change: written } : entry));
    const text = docsTarget.generate({ ...model, history })[0]?.text ?? "";
    expect(text.split("install also sends zone.")).toHaveLength(2);
  });

  test("without a past there is nothing of the kind", () => {
    expect(docsTarget.generate(contract("codegraph"))[0]?.text).not.toContain("Since");
  });
});
