import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { binary, emptyFolder, plainsight, smallProject } from "../cli/project.js";

/** Starts `plainsight learn --port 0` and gives its address, and how to wait for its end. */
async function receiver(folder: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [binary, "learn", "--port", "0", ...args], { cwd: folder });
  let out = "";
  const url = await new Promise<string>((resolve) =>
    child.stdout.on("data", (chunk: Buffer) => {
      out += String(chunk);
      const [, found] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(out) ?? [];
      if (found !== undefined) resolve(found);
    }),
  );
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { url, child, ended, out: () => out };
}

const event = (name: string) =>
  JSON.stringify({ api_key: "k", batch: [{ event: name, properties: { ok: true, cwd: "/home/ann/x" } }] });

it("drafts from what an old client sends, packed or not, at any path", async () => {
  const folder = emptyFolder();
  const { url, ended, out } = await receiver(folder, "--count", "3");
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(url + path, { method: "POST", body, headers });
  const first = await post("/batch/?ip=0", event("build"));
  expect(await first.json()).toMatchObject({ status: 1 });
  await post("/batch/", new Uint8Array(gzipSync(event("test"))), { "content-encoding": "gzip" });
  await post("/elsewhere", "nothing that can be read");
  expect(await ended).toBe(0);
  const draft = readFileSync(join(folder, "spec/events.yaml"), "utf8");
  expect(draft).toContain("  build:\n");
  expect(draft).toContain("  test:\n");
  expect(draft).toContain("url: https://TODO.invalid/batch/\n");
  expect(draft).not.toContain("ann");
  expect(out()).toContain("build.cwd looks like a path in the file system (1 of 1)");
});

it("Ctrl-C ends it with the draft", async () => {
  const folder = emptyFolder();
  const { url, child, ended } = await receiver(folder);
  await fetch(`${url}/v1`, { method: "POST", body: '{"event":"build","ok":true}' });
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(readFileSync(join(folder, "spec/events.yaml"), "utf8")).toContain("  build:\n");
});

it("a draft fails the check until nothing is left open, and is never written over", () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "a.json"), '{"event":"build","ok":true}');
  expect(plainsight(folder, ["learn", "a.json"]).code).toBe(0);
  const checked = plainsight(folder, ["check"]);
  expect(checked.code).not.toBe(0);
  expect(checked.err + checked.out).toContain("todo-left");
  const again = plainsight(folder, ["learn", "a.json"]);
  expect(again.code).toBe(2);
  expect(again.err).toContain("spec/events.yaml exists");
});

it("--against a contract, and against an old page's names", () => {
  const folder = smallProject();
  const sent = {
    machine_id: "x",
    events: [
      { event: "install", props: { scope: "local", home: "y" } },
      { event: "spy", props: {} },
    ],
  };
  writeFileSync(join(folder, "a.json"), JSON.stringify(sent));
  const contract = plainsight(folder, ["learn", "a.json", "--against", "spec"]);
  expect(contract.out).toBe("Not in spec, but sent:\n  install.home (1 times)\n  spy, an event (1 times)\n");
  expect(contract.code).toBe(1);
  writeFileSync(join(folder, "page.md"), "We send `machine_id`, `scope` and home.");
  expect(plainsight(folder, ["learn", "a.json", "--against", "page.md"]).code).toBe(0);
});

it.each([
  [["learn"], "Name files with payloads, or --port"],
  [["learn", "none.json"], "can't be read"],
  [["learn", "--port", "99999"], "--port is a number"],
])("%j is refused in plain words", (args, words) => {
  const { code, err } = plainsight(emptyFolder(), args);
  expect(err).toContain(words);
  expect(code).toBe(2);
});

it("drafts from a log of 150,000 lines", () => {
  const folder = emptyFolder();
  writeFileSync(
    join(folder, "log.jsonl"),
    Array.from({ length: 150_000 }, (_, at) => `{"event":"build","count":${at}}\n`).join(""),
  );
  // Once a list was copied for each line, and all lines were the arguments of one call.
  expect(plainsight(folder, ["learn", "log.jsonl"])).toMatchObject({
    code: 0,
    out: expect.stringContaining("150000 payloads, 1 kind of event, 1 field drafted."),
  });
});
