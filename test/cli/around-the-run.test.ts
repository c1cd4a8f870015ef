import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { hasRealPart } from "../support/real-part.js";
import { binary, emptyFolder, fiveContracts, plainsight, smallProject, smallSpec, tree, write } from "./project.js";

describe("the same bytes", () => {
  test("whatever the folder, the locale, the time zone, the home, and a formatter's settings above", () => {
    const here = fiveContracts();
    expect(plainsight(here, ["gen"])).toMatchObject({ code: 0, err: "" });

    const elsewhere = join(emptyFolder(), "čeština složka/project");
    cpSync(join(here, "spec"), join(elsewhere, "spec"), { recursive: true });
    const config = JSON.stringify({ useTabs: true, singleQuote: true, semi: false, printWidth: 40, endOfLine: "crlf" });
    for (const name of [".prettierrc", "../.prettierrc", "../.editorconfig"])
      write(elsewhere, name, name.includes("prettier") ? config : "root = true\n[*]\nindent_style = tab\n");
    const env = {
      LANG: "cs_CZ.UTF-8",
      LC_ALL: "cs_CZ.UTF-8",
      TZ: "Pacific/Kiritimati",
      HOME: join(elsewhere, ".."),
      NODE_ENV: "production",
      FORCE_COLOR: "1",
    };
    const started = join(elsewhere, "../somewhere/else");
    mkdirSync(started, { recursive: true });
    expect(plainsight(started, ["gen", "--spec", "../../project/spec"], env).code).toBe(0);
    rmSync(join(elsewhere, ".prettierrc"));
    expect(tree(elsewhere)).toEqual(tree(here));
  });

  test("whatever the order of the keys in the contract", () => {
    const straight = smallProject();
    const turned = smallProject();
    const spec = parse(readFileSync(join(turned, "spec/events.yaml"), "utf8")) as unknown;
    writeFileSync(
      join(turned, "spec/events.yaml"),
      stringify(reversed(spec), { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }),
    );
    expect(plainsight(straight, ["gen"]).out).toContain("written");
    expect(plainsight(turned, ["gen"]).out).toContain("written");
    expect(tree(turned)).toEqual(tree(straight));
  });

  test("one event more leaves every other event's files as they are", () => {
    const folder = smallProject();
    plainsight(folder, ["gen"]);
    const before = tree(folder);
    const spec = readFileSync(join(folder, "spec/events.yaml"), "utf8");
    writeFileSync(
      join(folder, "spec/events.yaml"),
      spec.replace(
        /^events:\n/m,
        "events:\n  added:\n    when: Now and then.\n    why: To see what changes.\n    fields:\n      worked: { type: bool, why: To see. }\n",
      ),
    );
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    const after = tree(folder);
    const own = /\/(install|index|uninstall|usage_rollup|usage-rollup)\b[^/]*$/;
    const others = Object.keys(before).filter((name) => own.test(name) || name.includes("/runtime/"));
    expect(others.length).toBeGreaterThan(3);
    for (const name of others) expect(after[name], name).toBe(before[name]);
    expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)));
  });
});

/** Maps in the opposite order, where the order means nothing. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(
        ([key, item]) =>
          [key, ["counters", "labels", "below", "up_to", "wire"].includes(key) ? item : reversed(item)] as const,
      )
      .reverse(),
  );
}

describe("folders", () => {
  test("no contract", () => {
    const { code, out } = plainsight(emptyFolder(), ["check"]);
    expect(out).toContain("error spec-folder  There is no contract in spec");
    expect(code).toBe(2);
  });

  test("the output goes where --out says, the page to the project's root", () => {
    const folder = smallProject();
    expect(plainsight(folder, ["gen", "--out", "a/b c"]).code).toBe(0);
    const made = Object.keys(tree(folder));
    expect(made.every((name) => name.startsWith("a/b c/") || name === "TELEMETRY.md")).toBe(true);
    rmSync(join(folder, "a/b c/schema/payload.schema.json"));
    expect(plainsight(folder, ["check", "--out", "a/b c"]).out).toContain(
      "fix it with: plainsight gen --out 'a/b c'\n",
    );
  });

  test.each<[string, string[], (folder: string) => void, string]>([
    ["a file in the output folder's place", [], (folder) => write(folder, "generated", "mine"), "generated is a file"],
    [
      "a link in the output folder's place",
      [],
      (folder) => symlinkSync(emptyFolder(), join(folder, "generated")),
      "generated is a link",
    ],
    [
      "an output folder that holds the contracts",
      ["--out", "."],
      () => undefined,
      "would hold the contracts themselves",
    ],
    [
      "a file far above the output folder",
      ["--out", "a/b/c"],
      (folder) => write(folder, "a", "mine"),
      "a is a file, where a folder should be",
    ],
  ])("%s is said, and nothing written", (_, args, make, said) => {
    const folder = smallProject();
    make(folder);
    const before = tree(folder);
    for (const name of ["gen", "check"]) {
      const { code, out } = plainsight(folder, [name, ...args]);
      expect(out).toContain(said);
      expect(code).toBe(2);
    }
    expect(tree(folder)).toEqual(before);
  });

  test("a name of a system that would lead elsewhere", () => {
    const folder = smallProject();
    const spec = readFileSync(join(folder, "spec/events.yaml"), "utf8");
    write(folder, "spec/systems/*⁄ evil/events.yaml", spec);
    const { code, out } = plainsight(folder, ["gen"]);
    expect(out).toContain("error spec-name");
    expect(code).toBe(2);
  });
});

describe.runIf(hasRealPart("mounts of our own"))("disks", () => {
  /** A small disk of its own, at `generated` where no other folder is named. */
  function mounted(folder: string, options: string, name = "generated"): string {
    const place = join(realpathSync(folder), name);
    mkdirSync(place, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place]);
    onTestFinished(() => {
      execFileSync("umount", ["-l", place]);
    });
    return place;
  }

  test("a full disk leaves the old tree", () => {
    const folder = smallProject();
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    const place = mounted(folder, "size=3m");
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    const before = tree(folder);
    const spec = readFileSync(join(folder, "spec/events.yaml"), "utf8");
    writeFileSync(join(folder, "spec/events.yaml"), spec.replace(/^title:.*$/m, 'title: "Another title"'));
    spawnSync("dd", ["if=/dev/zero", `of=${place}/filler`, "bs=4k"]);
    const { code, out } = plainsight(folder, ["gen"]);
    expect(out).toContain("on a disk that is full (ENOSPC). Nothing was changed.");
    expect(code).toBe(2);
    rmSync(join(place, "filler"));
    expect(tree(folder)).toEqual(before);
    expect(plainsight(folder, ["gen"]).code).toBe(0);
  });

  test("a full disk leaves the contract and its released versions as they are", () => {
    const folder = emptyFolder();
    const place = mounted(folder, "size=64k", "spec");
    const fill = () => spawnSync("dd", ["if=/dev/zero", `of=${place}/filler`, "bs=4k"]);
    write(folder, "spec/events.yaml", smallSpec());
    fill();
    expect(plainsight(folder, ["freeze"])).toEqual({
      code: 2,
      out: "",
      err: "spec/frozen/v1.json is on a disk that is full (ENOSPC).\n",
    });
    rmSync(join(place, "filler"));
    expect(readdirSync(join(place, "frozen"))).toEqual([]);
    expect(plainsight(folder, ["freeze"]).code).toBe(0);
    const grown = smallSpec().replace("[native, wasm]", "[native, wasm, remote]");
    write(folder, "spec/events.yaml", grown);
    fill();
    expect(plainsight(folder, ["raise"])).toEqual({
      code: 2,
      out: "",
      err: "spec/events.yaml is on a disk that is full (ENOSPC).\n",
    });
    expect(readFileSync(join(place, "events.yaml"), "utf8")).toBe(grown);
    expect(readdirSync(place).sort()).toEqual(["events.yaml", "filler", "frozen"]);
  });

  test("a full disk under what is printed is no folder's trouble", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [binary, "explain", "--all"], {
      cwd: emptyFolder(),
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([2, "The output is on a disk that is full (ENOSPC).\n"]);
  });

  test("an output folder of another user's", () => {
    const folder = smallProject();
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    const spec = smallSpec();
    writeFileSync(join(folder, "spec/events.yaml"), spec.replace(/^title:.*$/m, 'title: "Another title"'));
    const before = tree(folder);
    for (const open of [folder, dirname(binary)]) execFileSync("chmod", ["-R", "a+rX", open]);
    const done = spawnSync(process.execPath, [binary, "gen"], {
      cwd: folder,
      uid: 65534,
      gid: 65534,
      encoding: "utf8",
    });
    expect(done.stdout).toMatch(/error output-not-writable .* may not be written \(EACCES\)\. Nothing was changed\./);
    expect(done.status).toBe(2);
    expect(tree(folder)).toEqual(before);
  });

  test("a disk that can only be read", () => {
    const folder = smallProject();
    const place = mounted(folder, "size=3m");
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    execFileSync("mount", ["-o", "remount,ro", place]);
    expect(plainsight(folder, ["gen"]).code, "nothing to write needs no right to write").toBe(0);
    expect(plainsight(folder, ["check"]).code).toBe(0);
    const spec = readFileSync(join(folder, "spec/events.yaml"), "utf8");
    writeFileSync(join(folder, "spec/events.yaml"), spec.replace(/^title:.*$/m, 'title: "Another title"'));
    const before = tree(folder);
    const { code, out } = plainsight(folder, ["gen"]);
    expect(out).toContain("on a disk that can only be read (EROFS). Nothing was changed.");
    expect(code).toBe(2);
    expect(tree(folder)).toEqual(before);
  });
});

test("a project can be moved after it was generated", () => {
  const folder = smallProject();
  expect(plainsight(folder, ["gen"]).code).toBe(0);
  const moved = `${folder}-moved`;
  renameSync(folder, moved);
  onTestFinished(() => rmSync(moved, { recursive: true }));
  expect(plainsight(moved, ["check"]).code).toBe(0);
});
