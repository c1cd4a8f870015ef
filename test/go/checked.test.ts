import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

/** Contracts with what none of the five has, and one with next to nothing. */
const FURTHER = ["queued", "bare"];

describe.runIf(isThere("Go", hasGo()))("the Go client is what its tools call clean", () => {
  beforeAll(() => {
    for (const product of IN_GO) writeGo(inGo(product), join(folder, product));
    writeGo(withGo(read(everyWord, "spec/events.yaml")), join(folder, "every-word"));
    writeGo(withGo(read(everyEvent, "spec/events.yaml")), join(folder, "every-event"));
    writeGo(withGo(read(everyQueue, "spec/events.yaml")), join(folder, "every-queue"));
    for (const name of FURTHER) {
      const path = join(root, `test/vectors/contracts/${name}.yaml`);
      writeGo(withGo(read(readFileSync(path, "utf8"), path)), join(folder, name));
    }
    for (const [at, text] of HOSTILE.entries()) {
      const model = withTexts(inGo("cozystack"), (before) => `${before} ${text}`, [
        "pattern",
        "product",
        "url",
        "path",
        "source",
      ]);
      writeGo(model, join(folder, "hostile", String(at)));
    }
    const words = ["pattern", "product", "url", "path", "source", "of", "set", "madeFrom", "created", "needs"];
    writeGo(
      withTexts(inGo("docglow"), (before) => `${before} "\`*/\n\u2028# `, words),
      join(folder, "hostile", "events"),
    );
    for (const text of ["# ", "- ", "[x]: y ", "Deprecated: ", "+build ", "* ", "1. "])
      writeGo(
        withTexts(inGo("cozystack"), (before) => `${text}${before}`, ["pattern", "product", "url", "path", "source"]),
        join(folder, "hostile", `in front ${text.replace(/\W/g, "")}${text.charCodeAt(0)}`),
      );
  });

  const modules = [...IN_GO, "every-word", "every-event", "every-queue", ...FURTHER];

  it.each([folder, join(root, "templates/go"), join(root, "test/vectors/runners/go")])(
    "as gofmt prints it: %s",
    (place) => expect(listed("gofmt", ["-l", place])).toBe(""),
  );
  it.each(modules)("as go vet reads %s", (module) => expect(go(["vet", "./..."], join(folder, module))).toBe(""));
  it.each(modules)("as its own tests read %s", { timeout: 300_000 }, (module) =>
    expect(go(["test", "-vet=off", ...QUICK, "./..."], join(folder, module))).toBe(""),
  );
  it("hostile texts compile", () => {
    for (const at of [0, 1, 10, 26, "events"])
      expect(go(["vet", "./..."], join(folder, "hostile", String(at)))).toBe("");
  }, 300_000);

  describe.runIf(isThere("staticcheck", checker !== undefined))("staticcheck -checks all", () => {
    it.each(modules)("of %s, with eyes open for what is generated", (module) => {
      const place = join(folder, module, "telemetry");
      for (const name of readdirSync(place)) withoutMarker(join(place, name));
      expect(run(checker ?? "", ["-checks", "all", "./..."], join(folder, module))).toBe("");
    });
  });
});

it("what is left out here is what CI installs", () => {
  expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain("honnef.co/go/tools/cmd/staticcheck@");
});
