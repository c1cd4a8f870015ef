import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";

const root = join(import.meta.dirname, "../..");
const project = temporaryFolder("dev-command");
mkdirSync(join(project, "spec"));
cpSync(join(root, "spec/events.yaml"), join(project, "spec/events.yaml"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const start = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(root, "dist/plainsight.mjs"), "dev", ...args], { cwd: project });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = new Promise<void>((resolve) => child.stdout.on("data", () => out.includes("Ctrl-C") && resolve()));
  return { child, ready, ended, said: () => ({ out, err }) };
};

test("prints where everything is and how to get workerd, serves, and ends at Ctrl-C", async () => {
  const { child, ended, ready, said } = start();
  await Promise.race([ready, ended]);
  const { err, out } = said();
  expect(err).toBe("");
  expect(out).toContain("npm install --save-dev miniflare\n");
  const [, page = ""] = /live page: (http:\/\/127\.0\.0\.1:\d+\/)/.exec(out) ?? [];
  expect((await fetch(page)).status).toBe(200);
  // A port that is taken is said, not thrown.
  const second = start("--port", new URL(page).port);
  expect(await second.ended).toBe(2);
  expect(second.said().err).toMatch(/^Port \d+ is in use\./);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});

test("a contract that changes is served at the same address; one that is broken is told, and the one before goes on", async () => {
  const file = join(project, "spec/events.yaml");
  const text = readFileSync(file, "utf8");
  const { child, ended, ready, said } = start();
  await Promise.race([ready, ended]);
  const [, url = ""] = /live page: (http:\S+)/.exec(said().out) ?? [];
  const page = () => fetch(`${url}-/contract`).then((answer) => answer.text(), String);
  try {
    expect(await page()).not.toContain("Another title");
    writeFileSync(file, text.replace(/^title: .*$/m, "title: Another title"));
    await until("the page is the new one", async () => (await page()).includes("Another title</h1>"));
    await until("it is said", () => said().out.includes("The contract changed; the worker restarted with it.\n"));
    writeFileSync(file, text.replace(/^title: .*$/m, "titel: A third title"));
    await until("it is said", () => said().err.includes("goes on with the contract as it was before."));
    expect(said().err).toContain("titel");
    expect(await page()).toContain("Another title</h1>");
  } finally {
    writeFileSync(file, text);
    child.kill("SIGINT");
  }
  expect(await ended).toBe(130);
});

test("refuses what it can't do", async () => {
  const unknown = start("--system", "absent");
  expect(await unknown.ended).toBe(2);
  expect(unknown.said().err).toBe(`There is no contract "absent" in spec. There is: the project's own.\n`);
  const port = start("--port", "70000");
  expect(await port.ended).toBe(2);
  expect(port.said().err).toContain("from 0 to 65535");
});
