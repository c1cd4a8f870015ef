import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";
import { HOSTILE, withTexts } from "../targets/hostile-texts.js";
import { go, hasGo, IN_GO, inGo, listed, QUICK, run, staticcheck, withGo, withoutMarker, writeGo } from "./client.js";
import { everyEvent, everyQueue } from "./every-event.js";
import { everyWord } from "./every-word.js";

const root = join(import.meta.dirname, "../..");
const folder = temporaryFolder("go-checked");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const checker = staticcheck();

/** Adds a client as a package of the one module that is checked: what all of them import is then read once. */
function add(model: Model, name: string): void {
  writeGo(model, join(folder, name));
  renameSync(join(folder, name, "go.mod"), join(folder, "go.mod"));
}

/** Contracts with what none of the five has, and one with next to nothing. */
const FURTHER = ["queued", "bare"];

describe.runIf(isThere("Go", hasGo()))("the Go client is what its tools call clean", () => {
  beforeAll(() => {
    for (const product of IN_GO) add(inGo(product), product);
    add(withGo(read(everyWord, "spec/events.yaml")), "every-word");
    add(withGo(read(everyEvent, "spec/events.yaml")), "every-event");
    copyFileSync(join(import.meta.dirname, "programs/once_test.go"), join(folder, "every-event/telemetry/own_test.go"));
    add(withGo(read(everyQueue, "spec/events.yaml")), "every-queue");
    for (const name of FURTHER) {
      const path = join(root, `test/vectors/contracts/${name}.yaml`);
      add(withGo(read(readFileSync(path, "utf8"), path)), name);
    }
    for (const [at, text] of HOSTILE.entries()) {
      const model = withTexts(inGo("cozystack"), (before) => `${before} ${text}`, [
        "pattern",
        "product",
        "url",
        "path",
        "source",
      ]);
      add(model, join("hostile", String(at)));
    }
    const words = ["pattern", "product", "url", "path", "source", "of", "set", "madeFrom", "created", "needs"];
    add(
      withTexts(inGo("docglow"), (before) => `${before} "\`*/\n\u2028# `, words),
      join("hostile", "events"),
    );
    for (const text of ["# ", "- ", "[x]: y ", "Deprecated: ", "+build ", "* ", "1. "])
      add(
        withTexts(inGo("cozystack"), (before) => `${text}${before}`, ["pattern", "product", "url", "path", "source"]),
        join("hostile", `in front ${text.replace(/\W/g, "")}${text.charCodeAt(0)}`),
      );
  });

  const packages = [...IN_GO, "every-word", "every-event", "every-queue", ...FURTHER].map((name) => `./${name}/...`);

  it.each([folder, join(root, "templates/go"), join(root, "test/vectors/runners/go")])(
    "as gofmt prints it: %s",
    (place) => expect(listed("gofmt", ["-l", place])).toBe(""),
  );
  it("as go vet reads it", { timeout: 300_000 }, () => expect(go(["vet", ...packages], folder)).toBe(""));
  it("as its own tests read it", { timeout: 300_000 }, () =>
    expect(go(["test", "-vet=off", ...QUICK, ...packages], folder)).toBe(""),
  );
  it("hostile texts compile", { timeout: 300_000 }, () =>
    expect(go(["vet", ...[0, 1, 10, 26, "events"].map((at) => `./hostile/${at}/...`)], folder)).toBe(""),
  );

  it.runIf(isThere("staticcheck", checker !== undefined))(
    "staticcheck -checks all, with eyes open for what is generated",
    { timeout: 300_000 },
    () => {
      for (const name of readdirSync(folder)) {
        const place = join(folder, name, "telemetry");
        if (existsSync(place)) for (const file of readdirSync(place)) withoutMarker(join(place, file));
      }
      expect(run(checker ?? "", ["-checks", "all", ...packages], folder)).toBe("");
    },
  );
});

it("what is left out here is what CI installs", () => {
  expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain("honnef.co/go/tools/cmd/staticcheck@");
});
