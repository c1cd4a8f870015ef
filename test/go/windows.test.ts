import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { go, hasGo, inGo, writeGo } from "./client.js";
import { forwardingDll } from "./forwarding-dll.js";

const loader = "/usr/lib/wine/wine64";
const folder = temporaryFolder("go-windows");
const prefix = join(folder, "prefix");
const env = { PATH: process.env["PATH"] ?? "", HOME: folder, WINEPREFIX: prefix, WINEDEBUG: "-all" };
afterAll(() => {
  if (existsSync(prefix)) spawnSync("/usr/lib/wine/wineserver64", ["-k"], { env });
  rmSync(folder, { recursive: true, force: true });
});

it.runIf(isThere("Go and wine64", hasGo() && existsSync(loader)))(
  "built for Windows it does there what it does here",
  () => {
    const place = writeGo(inGo("cozystack"), folder);
    copyFileSync(join(import.meta.dirname, "programs/network_test.go"), join(place, "network_test.go"));
    expect(go(["test", "-c", "-o", "tests.exe", "./telemetry"], folder, { GOOS: "windows" })).toBe("");
    mkdirSync(prefix);
    // Any program makes Wine set up its disk; this one doesn't find its library yet.
    spawnSync(loader, ["tests.exe"], { cwd: folder, env, stdio: "ignore" });
    writeFileSync(
      join(prefix, "drive_c/windows/system32/bcryptprimitives.dll"),
      forwardingDll("bcryptprimitives.dll", "ProcessPrng", "advapi32.SystemFunction036"),
    );
    const { stdout, status } = spawnSync(loader, ["tests.exe", "-test.v"], { cwd: folder, env, encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => line.startsWith("--- FAIL"))).toEqual([]);
    expect({ status, golden: stdout.includes("--- PASS: TestGoldenPayload") }).toEqual({ status: 0, golden: true });
  },
  300_000,
);
