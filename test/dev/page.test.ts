import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dev, startDev } from "../../generator/dev/server.js";
import { goldenPayload } from "../../generator/model/golden.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { hasRealPart } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { contract } from "../targets/five.js";
import { HOSTILE } from "../targets/hostile-texts.js";
// @ts-expect-error: it runs in the page, which has what this program has not.
import { contrasts } from "../targets/html/contrasts.mjs";

const root = join(import.meta.dirname, "../..");
const executablePath = "/usr/bin/chromium";

const model = contract("codegraph");
const options = {
  templates: join(root, "dist/templates"),
  project: root,
  port: 0,
  load: (specifier: string) => import(/* @vite-ignore */ specifier),
};
const install = model.events.find(({ wireName }) => wireName === "install");
if (install === undefined) throw new Error("no install");
const golden = goldenPayload(model, install) as Record<string, unknown>;
const withProps = (props: Record<string, unknown>) => {
  const [entry] = golden.events as [{ props: object }];
  return { ...golden, events: [{ ...entry, ts: new Date().toISOString(), props: { ...entry.props, ...props } }] };
};

let dev: Dev;
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(dev.endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe.runIf(hasRealPart("chromium"))("the live page in a browser, with the worker in real workerd", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
    dev = await startDev(model, options);
  });
  afterAll(async () => {
    await browser?.close();
    await dev?.close();
  });

  async function open(colorScheme: "light" | "dark" = "light"): Promise<{ page: Page; noise: string[] }> {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    const noise: string[] = [];
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("dialog", (dialog) => noise.push(dialog.message()));
    page.on("request", (request) => !request.url().startsWith(dev.url) && noise.push(request.url()));
    await page.goto(`${dev.url}/`);
    await expect.poll(() => page.title()).toMatch(/^codegraph/);
    return { page, noise };
  }

  test("shows what passed, what was stripped and what was refused, and what has never been seen", async () => {
    const { page, noise } = await open();
    expect(await page.textContent("#where")).toContain("Real workerd (miniflare");
    expect(await page.textContent("#covered")).toContain("0 of 4 events, 0 of ");

    expect((await post(withProps({}))).status).toBe(204);
    await page.waitForSelector("#request-1 details.passed");
    expect(await page.textContent("#request-1 .kept")).toContain('"scope": "local"');
    expect(await page.textContent("#coverage tr:nth-child(2)")).toBe("install1\u2713 all seen");

    expect((await post(withProps({ project_path: "/home/ada/secret" }))).status).toBe(204);
    await page.waitForSelector("#request-2 details.mixed");
    expect(await page.textContent("#request-2 td:nth-child(2)")).toBe("not on the list");
    expect(await page.textContent("#request-2 th code")).toBe("events[0].props.project_path");

    expect((await post(withProps({ scope: "secret-scope" }))).status).toBe(204);
    await page.waitForSelector("#request-3 details.refused");
    expect(await page.textContent("#request-3")).toContain("nothing is kept");
    // The place says what becomes of it: without a value that is needed there is no event.
    expect(await page.textContent("#request-3")).toContain("has to be one of local, global. The event is dropped.");

    // A card says one thing: what would only lose a field loses its event here, by another.
    expect((await post(withProps({ scope: "secret-scope", project_path: "secret" }))).status).toBe(204);
    await page.waitForSelector("#request-4 details.refused");
    const card = (await page.textContent("#request-4")) ?? "";
    expect(card).toContain("204, nothing kept, 2 did not pass");
    expect(card.match(/The event is dropped\./g)).toHaveLength(2);
    expect(card).not.toMatch(/accepted|rest is kept/);

    expect((await post("not json", {})).status).toBe(400);
    expect((await post(golden, { origin: "https://example.test" })).status).toBe(403);
    expect((await post("x".repeat(70_000))).status).toBe(413);
    expect((await fetch(`${dev.url}/elsewhere`, { method: "POST" })).status).toBe(404);
    await page.waitForSelector("#request-8");
    expect(await page.locator("#rows > li").evaluateAll((rows) => rows.map(({ id }) => id))).toEqual(
      [8, 7, 6, 5, 4, 3, 2, 1].map((id) => `request-${id}`),
    );
    expect(await page.textContent("#status")).toContain("Request 8: 404 wrong path");
    // No value that did not pass is anywhere in it, not even out of sight.
    expect(await page.content()).not.toMatch(/secret/);
    expect(noise).toEqual([]);
    // Who comes later sees the same.
    const later = await open();
    await later.page.waitForSelector("#request-1");
    expect(await later.page.locator("#rows > li").count()).toBe(8);
    await Promise.all([page.close(), later.page.close()]);
  });

  test("hostile names stay text", async () => {
    const { page, noise } = await open();
    for (const text of HOSTILE) await post(withProps({ [text]: text }));
    await expect.poll(() => page.locator("#rows > li").count()).toBeGreaterThanOrEqual(8 + HOSTILE.length);
    expect(await page.locator("#rows :is(script, img, b)").count()).toBe(0);
    expect(noise).toEqual([]);
    await page.close();
  });

  test("is used by keyboard alone: skip, choose, send, open", async () => {
    const { page } = await open();
    const focused: (string | null)[] = [];
    for (let press = 0; press < 4; press += 1) {
      await page.keyboard.press("Tab");
      focused.push(await page.evaluate("document.activeElement.id || document.activeElement.tagName"));
    }
    expect(focused).toEqual(["A", "example", "send", "SUMMARY"]);
    await page.waitForSelector("#rows > li");
    const before = await page.locator("#rows > li").count();
    await page.focus("#example");
    await page.keyboard.type("usage");
    await page.focus("#send");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#rows > li").count()).toBe(before + 1);
    expect(await page.textContent("#rows > li .kept")).toContain("usage_rollup");
    expect(await page.locator("#rows > li").first().locator("details").getAttribute("open")).toBeNull();
    await page.focus("#rows > li summary");
    await page.keyboard.press("Enter");
    expect(await page.locator("#rows > li").first().locator("details").getAttribute("open")).toBe("");
    await page.close();
  });

  test.each(["light", "dark"] as const)("can be read in %s, also where it is narrow", async (colorScheme) => {
    const { page } = await open(colorScheme);
    await page.waitForSelector("#rows > li .kept", { state: "attached" });
    const found: number[] = await page.evaluate(contrasts);
    expect(found.length).toBeGreaterThan(20);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(4.5);
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await page.close();
  });

  test("listens to nobody who calls it by another name, and to no other page", async () => {
    const { port } = new URL(dev.url);
    const { request } = await import("node:http");
    const status = (path: string, headers: Record<string, string>, method = "GET") =>
      new Promise((resolve) =>
        request({ port, host: "127.0.0.1", path, method, headers }, (answer) => {
          resolve(answer.statusCode);
          answer.destroy();
        }).end(),
      );
    expect(await status("/-/live", { host: "rebound.example.test" })).toBe(403);
    expect(await status("/-/live", { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status("/-/send?example=0", { "sec-fetch-site": "cross-site" }, "POST")).toBe(403);
    expect(await status("/-/page.css", {})).toBe(200);
  });
});

test("without miniflare the same code judges in this process", async () => {
  const project = temporaryFolder("bare");
  dev = await startDev(model, { ...options, project });
  try {
    expect(dev.receiver).toMatchObject({ real: false });
    expect((await post(withProps({}))).status).toBe(204);
    expect((await post("not json")).status).toBe(400);
    expect(await (await fetch(`${dev.url}/-/contract`)).text()).toContain("Anonymous usage telemetry");
    expect((await fetch(`${dev.url}/v1/contract`)).status).toBe(200);
  } finally {
    await dev.close();
    rmSync(project, { recursive: true });
  }
});

test("what stands in a header is received, too: its own example is accepted", async () => {
  const text = readFileSync(join(root, "test/wire/envelopes/get/spec/events.yaml"), "utf8");
  const { model: drawn } = readContract(text, "spec/events.yaml");
  if (drawn === undefined) throw new Error("no contract");
  const project = temporaryFolder("headers");
  dev = await startDev(drawn, { ...options, project });
  try {
    expect(dev.example.headers).toHaveProperty("User-Agent");
    const { path, headers } = dev.example;
    expect((await fetch(dev.url + path, { headers })).status).toBe(204);
    expect((await fetch(dev.url + path)).status).toBe(400);
  } finally {
    await dev.close();
    rmSync(project, { recursive: true });
  }
});
