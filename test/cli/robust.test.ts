import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { cacheFolder } from "../../generator/cli/cache-folder.js";
import { thisRunner } from "../../generator/cli/runner.js";
import { hasRealPart } from "../support/real-part.js";
import { until } from "../support/wait.js";
import { binary, emptyFolder, plainsight, smallProject, tree, write } from "./project.js";

const ownDist = dirname(binary);

/** Puts something that is no regular file in a file's place. */
const special = {
  "a FIFO": (path: string) => {
    rmSync(path, { force: true, recursive: true });
    execFileSync("mkfifo", [path]);
  },
  "a link to a device without end": (path: string) => {
    rmSync(path, { force: true, recursive: true });
    symlinkSync("/dev/zero", path);
  },
} as const;

test("a link that leads nowhere or in a circle is a contract that can't be read, a file beside the systems is none", () => {
  const folder = smallProject();
  write(folder, "spec/systems/README.md", "Our systems.");
  expect(plainsight(folder, ["check", "--only", "schema"]).out).not.toContain("spec-unreadable");
  write(folder, "spec/systems/crash/notes.md", "");
  symlinkSync("../../nowhere.yaml", join(folder, "spec/systems/crash/events.yaml"));
  symlinkSync("round", join(folder, "spec/systems/round"));
  const { code, out, err } = plainsight(folder, ["check"]);
  expect([code, err]).toEqual([2, ""]);
  expect(out).toContain("spec/systems/crash/events.yaml can't be read: it is not there");
  expect(out).toContain("spec/systems/round/events.yaml can't be read: its links go in a circle");
});

describe.each(Object.entries(special))("%s is never read or waited for", (_, put) => {
  test("as a contract", () => {
    const folder = smallProject();
    put(join(folder, "spec/events.yaml"));
    const { code, out } = plainsight(folder, ["check"]);
    expect([code, out]).toEqual([
      2,
      expect.stringContaining("spec/events.yaml can't be read: it is not a regular file"),
    ]);
    for (const command of [["gen"], ["diff"], ["freeze"], ["raise"]]) expect(plainsight(folder, command).code).toBe(2);
  });

  test("as a released version", () => {
    const folder = smallProject();
    expect(plainsight(folder, ["freeze"]).code).toBe(0);
    put(join(folder, "spec/frozen/v1.json"));
    const { code, out } = plainsight(folder, ["check"]);
    expect([code, out]).toEqual([1, expect.stringContaining("frozen-damaged  spec/frozen/v1.json can't be read")]);
  });

  test("as the folder of released versions, which is then not taken for empty", () => {
    const folder = smallProject();
    put(join(folder, "spec/frozen"));
    const { code, out } = plainsight(folder, ["check"]);
    expect([code, out]).toEqual([1, expect.stringContaining("frozen-damaged  spec/frozen can't be read")]);
  });

  test("as a generated file", () => {
    const folder = smallProject();
    expect(plainsight(folder, ["gen", "--only", "schema"]).code).toBe(0);
    put(join(folder, "generated/schema/payload.schema.json"));
    for (const command of ["check", "gen"]) {
      const { code, out } = plainsight(folder, [command, "--only", "schema"]);
      expect([code, out]).toEqual([1, expect.stringContaining("output-link")]);
    }
  });

  test("as a file to be compared, or a package to begin in", () => {
    const folder = smallProject();
    put(join(folder, "other.yaml"));
    const { code, err } = plainsight(folder, ["diff", "--from", "other.yaml", "--to", "spec/events.yaml"]);
    expect([code, err]).toEqual([2, "other.yaml can't be read: it is not a regular file (ENOTREG).\n"]);
    const bare = emptyFolder();
    put(join(bare, "package.json"));
    put(join(bare, "tsconfig.json"));
    expect(plainsight(bare, ["init", "--yes", "--product", "tool"]).code).toBe(0);
  });

  test("as the tool's own memory, which is made anew", () => {
    const folder = smallProject();
    expect(plainsight(folder, ["gen", "--only", "docs"]).code).toBe(0);
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    const cache = join(ownDist, ".cache");
    for (const name of readdirSync(cache)) put(join(cache, name));
    expect(plainsight(folder, ["check"]).code).toBe(0);
    rmSync(cache, { recursive: true, force: true });
  });
});

describe("verify has one timer around all of it", () => {
  const closing: (() => void)[] = [];
  // After all of them: they run at once, and one that ends first must not end the others.
  afterAll(() => {
    for (const close of closing) close();
  });
  const listening = async (server: {
    listen: (port: number, host: string, done: () => void) => unknown;
    address: () => unknown;
  }) => {
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    return (server.address() as AddressInfo).port;
  };
  const verify = (url: string) =>
    new Promise<{ code: number | null; err: string }>((done) => {
      const child = spawn(process.execPath, [binary, "verify", url], {
        cwd: smallProject(),
        stdio: ["ignore", "ignore", "pipe"],
      });
      let err = "";
      child.stderr.on("data", (chunk) => (err += String(chunk)));
      child.once("close", (code) => done({ code, err }));
    });

  test.concurrent("a body that drips", async () => {
    const server = createServer((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 100);
      response.once("close", () => clearInterval(drip));
    });
    const port = await listening(server);
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    expect(await verify(`http://127.0.0.1:${port}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining("no whole answer within 10 s"),
    });
  });

  test.concurrent("a server that says nothing, in the clear and before TLS begins", async () => {
    const silent = createTcpServer(() => undefined);
    const port = await listening(silent);
    closing.push(() => silent.close());
    const answers = await Promise.all(["http", "https"].map((scheme) => verify(`${scheme}://127.0.0.1:${port}`)));
    for (const answer of answers)
      expect(answer).toMatchObject({ code: 2, err: expect.stringContaining("no whole answer within 10 s") });
  });
});

test("a cache folder that is relative is ignored: it would lie in whatever folder a run begins in", () => {
  const nowhere = "/nonexistent/dist";
  expect(cacheFolder(nowhere, { XDG_CACHE_HOME: "relative" }, "linux")).not.toMatch(/relative/);
  expect(cacheFolder(nowhere, { XDG_CACHE_HOME: "/absolute" }, "linux")).toBe("/absolute/plainsight");
  expect(cacheFolder(nowhere, { LOCALAPPDATA: "relative" }, "win32")).toBeUndefined();
});

test.runIf(process.platform === "linux")("a zombie holds no lock", async () => {
  // The shell becomes another program, which never asks how its child ended: the child ends after that, or the shell would.
  const parent = spawn("sh", ["-c", "sleep 1 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  parent.stdout.on("data", (chunk) => (said += String(chunk)));
  const stat = () => readFileSync(`/proc/${said.trim()}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  try {
    await until("the child's number", () => said.includes("\n"));
    await until("a zombie", () => stat()[0] === "Z");
    const host = hostname().replace(/[^\w-]/g, "_");
    const { lives, name } = thisRunner();
    expect(lives(`${host}.${said.trim()}.${stat()[19]}.abc`)).toBe(false);
    expect(lives(name)).toBe(true);
    const folder = smallProject();
    write(folder, `generated/.plainsight/run-${host}.${said.trim()}.${stat()[19]}.abc`, "");
    expect(plainsight(folder, ["gen", "--only", "docs"]).code).toBe(0);
  } finally {
    parent.kill();
  }
});

describe("a checkout with CRLF, as Git makes it on Windows", () => {
  function checkedOut(): string {
    const folder = smallProject();
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    expect(plainsight(folder, ["freeze"]).code).toBe(0);
    expect(plainsight(folder, ["gen"]).code).toBe(0);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const path = join(folder, name);
      try {
        writeFileSync(path, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
      } catch {
        // A folder.
      }
    }
    return folder;
  }

  test("is no drift, is said once, and nothing is written", () => {
    const folder = checkedOut();
    const before = tree(folder);
    for (const command of ["check", "gen"]) {
      const { code, out } = plainsight(folder, [command]);
      expect(out.match(/CRLF/g)).toHaveLength(1);
      expect([code, out]).toEqual([0, expect.stringMatching(/^note: \d+ generated files have CRLF line endings/)]);
      expect(tree(folder)).toEqual(before);
    }
    expect(JSON.parse(plainsight(folder, ["check", "--json"]).out)).toMatchObject({
      exitCode: 0,
      files: [],
      notes: [expect.stringContaining("CRLF")],
    });
    expect(plainsight(folder, ["check", "--format", "github"]).out).toMatch(/^::notice::\d+ generated files/m);
  });

  test("hides no other difference", () => {
    const folder = checkedOut();
    const page = join(folder, "TELEMETRY.md");
    writeFileSync(page, `${readFileSync(page, "utf8")}One more line.\r\n`);
    const { code, out } = plainsight(folder, ["check"]);
    expect([code, out]).toEqual([1, expect.stringContaining("~ TELEMETRY.md  changed")]);
  });
});

describe.runIf(hasRealPart("git"))("paths are named as the person at the prompt sees them", () => {
  test.each([["diff"], ["freeze"], ["raise"], ["check"]])("%s from another folder", (command) => {
    const folder = smallProject();
    const spec = join(folder, "spec/events.yaml");
    writeFileSync(spec, `${readFileSync(spec, "utf8")}nonsense: true\n`);
    const elsewhere = join(folder, "deep/er");
    mkdirSync(elsewhere, { recursive: true });
    const { out, err } = plainsight(elsewhere, [command, "--spec", "../../spec"]);
    expect(out + err).toMatch(/^\.\.\/\.\.\/spec\/events\.yaml:\d+:\d+ error unknown-key/m);
  });
});
