import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goldenPayload } from "../../../generator/model/golden.js";
import { hasRealPart } from "../../support/real-part.js";
import { temporaryFolder } from "../../support/temp-folder.js";
import { contract } from "../five.js";
import { HOSTILE, withTexts } from "../hostile-texts.js";
// @ts-expect-error: it runs in the page, which has what this program has not.
import { contrasts } from "./contrasts.mjs";
import { htmlOf } from "./page-of.js";

const executablePath = "/usr/bin/chromium";

describe.runIf(hasRealPart("chromium"))("telemetry.html in a browser", () => {
  let browser: Browser;
  const folder = temporaryFolder("telemetry-html");
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page; everything that it loads or complains about is kept. */
  async function open(html: string, colorScheme: "light" | "dark" = "light"): Promise<{ page: Page; noise: string[] }> {
    const file = join(folder, `${Math.random()}.html`);
    writeFileSync(file, html);
    const page = await browser.newPage({ colorScheme });
    const noise: string[] = [];
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("dialog", (dialog) => noise.push(dialog.message()));
    page.on("request", (request) => noise.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, noise: noise.slice(1) && noise };
  }

  const model = contract("codegraph");
  const html = htmlOf(model);

  test("a payload is judged by keyboard alone, and the verdict is announced", async () => {
    const { page, noise } = await open(html);
    await page.focus("#example");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").getAttribute("id")).toBe("payload");
    const install = model.events.find(({ wireName }) => wireName === "install");
    const golden = goldenPayload(model, install as NonNullable<typeof install>);
    await page.keyboard.insertText(JSON.stringify(golden));
    await page.keyboard.press("Control+Enter");
    expect(await page.textContent("#verdict[role=status]")).toMatch(/^Allowed: the contract lists all \d+ of these\.$/);
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(JSON.stringify({ ...golden, hostname: "<img src=x onerror=alert(1)>" }));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.textContent("#verdict")).toMatch(
      /^Not allowed as it stands: 1 of \d+ places is not in the contract\.$/,
    );
    expect(await page.locator("#findings tbody tr").first().innerText()).toMatch(
      /hostname\s+"<img src=x onerror=alert\(1\)>"\s+. not on the list\s+It is removed, the rest is kept\./,
    );
    expect(noise).toHaveLength(1);
  });

  test("an example of each event is at hand, and allowed", async () => {
    const { page } = await open(html);
    for (const { wireName } of model.events) {
      await page.selectOption("#example", { label: wireName });
      expect(await page.textContent("#verdict"), wireName).toMatch(/^Allowed/);
    }
  });

  test("the search leaves what holds the words, and says how much that is", async () => {
    const { page } = await open(html);
    await page.fill("#search", "sqlite backend");
    expect(await page.textContent("#found")).toMatch(/^\d+ of \d+ passages$/);
    expect(await page.locator("main section li:visible").allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining("sqlite_backend")]),
    );
    expect(await page.locator("#where-it-goes").isVisible()).toBe(false);
    const marked = await page.locator("main mark:visible").allInnerTexts();
    expect([...new Set(marked.map((text) => text.toLowerCase()))].sort()).toEqual(["backend", "sqlite"]);
    await page.fill("#search", "");
    expect(await page.locator("main mark").count()).toBe(0);
    expect(await page.locator("#where-it-goes").isVisible()).toBe(true);
  });

  test("it can be read in light and in dark", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page } = await open(html, scheme);
      const ratios = await page.evaluate<number[]>(contrasts);
      expect(Math.min(...ratios), scheme).toBeGreaterThan(4.5);
    }
  });

  test("on a small screen nothing is wider than the screen", async () => {
    const { page } = await open(html);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  test("nothing that stands in a spec runs, or loads anything", async () => {
    const { noise, page } = await open(
      htmlOf(
        withTexts(contract("docglow"), (text) => `${HOSTILE.join(" ")} </script><script>alert(1)</script> ${text}`, [
          ...["pattern", "kind", "of", "set", "form", "format"],
        ]),
      ),
    );
    expect(noise).toHaveLength(1);
    await page.fill("#payload", "{}");
    await page.click("#judge");
    expect(await page.textContent("#verdict")).toMatch(/^Not allowed/);
  });
});
