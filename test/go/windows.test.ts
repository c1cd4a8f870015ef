import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { loader, type Prefix, winePrefix } from "../windows/wine.js";
import { go, hasGo, inGo, writeGo } from "./client.js";
import { forwardingDll } from "./forwarding-dll.js";

const folder = temporaryFolder("go-windows");
let wine: Prefix | undefined;
afterAll(() => {
  wine?.close();
  rmSync(folder, { recursive: true, force: true });
});

const products = [
  // A reporter, with connections of its own.
  ["cozystack", ["network_test.go"]],
  // Events that are sent at once, the state file and the telemetry command.
  ["docglow", ["events_test.go", "command_test.go"]],
  // Events and counts in a queue.
  ["codegraph", []],
] as const;

describe.runIf(isThere("Go, or wine64,", hasGo() && existsSync(loader)))("built for Windows", () => {
  beforeAll(() => {
    for (const [product, programs] of products) {
      const place = writeGo(inGo(product), join(folder, product));
      for (const name of programs)
        copyFileSync(join(import.meta.dirname, "programs", name), join(place, `own_${name}`));
      const build = ["test", "-c", "-o", `../${product}.exe`, "./telemetry"];
      expect(go(build, join(folder, product), { GOOS: "windows" })).toBe("");
    }
    wine = winePrefix(folder);
    // Any program makes Wine set up its disk; this one doesn't find its library yet.
    spawnSync(loader, ["cozystack.exe"], { cwd: folder, env: wine.env, stdio: "ignore" });
    writeFileSync(
      join(wine.disk, "windows/system32/bcryptprimitives.dll"),
      forwardingDll("bcryptprimitives.dll", "ProcessPrng", "advapi32.SystemFunction036"),
    );
  }, 300_000);

  it.each(products)("the client of %s does there what it does here", { timeout: 300_000 }, (product) => {
    // There is no mode there that says whose a file is.
    const args = [`${product}.exe`, "-test.v", "-test.skip", "TestOwnFilesAreForTheirOwnerAlone"];
    const { stdout, stderr, status, signal } = spawnSync(loader, args, {
      cwd: folder,
      env: { ...wine?.env },
      encoding: "utf8",
    });
    // Of Wine's disk Go can't remove whole folders: what a test leaves there is not its fault.
    const wrong = stdout
      .split("\n")
      .filter((line) => /^ +\w+_test\.go:\d+: /.test(line) && !line.includes("after it was cancelled"));
    expect(wrong).toEqual([]);
    const isDone = stdout.includes("=== RUN   TestGoldenPayload") && /^(PASS|FAIL)\r?$/m.test(stdout);
    const said = isDone ? "" : `${status}: ${stdout}${stderr}`;
    expect({ isDone, said, panics: stdout.includes("panic:"), signal }).toEqual({
      isDone: true,
      said: "",
      panics: false,
      signal: null,
    });
  });
});
