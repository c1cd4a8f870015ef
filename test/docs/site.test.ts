import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRealPart, isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";

const top = join(import.meta.dirname, "../..");
const bin = join(top, "docs/node_modules/vitepress/bin/vitepress.js");
const pages = readdirSync(join(top, "docs")).flatMap((name) => /^([a-z-]+)\.md$/.exec(name)?.[1] ?? []);

/** It fails where a link between two pages leads nowhere. */
describe.runIf(isThere("the site's generator (npm run site)", existsSync(bin)) && hasRealPart("chromium"))(
  "docs/ as a site",
  () => {
    const folder = join(temporaryFolder("site"), "built");
    let browser: Browser;
    let server: Server;
    let address = "";

    beforeAll(async () => {
      const built = spawnSync(process.execPath, [bin, "build", join(top, "docs"), "--outDir", folder], {
        encoding: "utf8",
        cwd: join(top, "docs"),
        env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_ENV: "production" },
      });
      expect(built.status, built.stdout + built.stderr).toBe(0);
      server = createServer(({ url = "/" }, response) => {
        const path = new URL(url, "http://here").pathname;
        const file = join(folder, path === "/" ? "index.html" : extname(path) === "" ? `${path}.html` : path);
        if (!existsSync(file)) return void response.writeHead(404).end();
        const type =
          { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" }[extname(file)] ?? "font/woff2";
        response.writeHead(200, { "content-type": type }).end(readFileSync(file));
      }).listen(0, "127.0.0.1");
      await new Promise((listening) => server.once("listening", listening));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      browser = await chromium.launch({
        executablePath: "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      });
    }, 240_000);
    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    async function open(
      path: string,
      width: number,
      colorScheme: "light" | "dark",
    ): Promise<[Page, readonly string[]]> {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const noise: string[] = [];
      page.on("request", (request) => {
        if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(address)) noise.push(request.url());
      });
      page.on("pageerror", (error) => noise.push(error.message));
      await page.goto(address + path, { waitUntil: "networkidle" });
      return [page, noise];
    }

    test("every page is one, and the list at the side names all but the overview", async () => {
      for (const page of pages) expect(existsSync(join(folder, `${page}.html`)), page).toBe(true);
      const [page, noise] = await open("/", 1280, "light");
      const listed = await page
        .locator("aside a[href^='/']")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.slice(1)));
      expect(pages.filter((one) => !listed.includes(one))).toEqual([]);
      expect(noise).toEqual([]);
    });

    test("what lies beside docs/ is linked in the repository that package.json names", async () => {
      const { repository } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as {
        repository: { url: string };
      };
      const source = repository.url.replace(/^git\+|\.git$/g, "");
      const [page] = await open("/wire-the-client", 1280, "light");
      const out = await page
        .locator("main a[href*='/blob/main/']")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
      expect(out.length).toBeGreaterThan(0);
      for (const link of out) {
        expect(link.startsWith(`${source}/blob/main/`)).toBe(true);
        expect(existsSync(join(top, link.slice(`${source}/blob/main/`.length)))).toBe(true);
      }
    });

    test("on a telephone nothing is wider than the screen, and it is dark where that is wanted", async () => {
      const [page, noise] = await open("/", 375, "dark");
      expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(true);
      for (const path of ["/", ...pages.map((one) => `/${one}`)]) {
        await page.goto(address + path, { waitUntil: "load" });
        const wider = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        expect([path, wider, noise]).toEqual([path, 0, []]);
      }
    }, 240_000);

    test("a search finds a page by its words", async () => {
      const [page] = await open("/", 1280, "light");
      const box = page.locator(".VPLocalSearchBox input");
      // The page hears keys only once its program has loaded.
      const isOpen = async () => {
        if (!(await box.isVisible())) await page.keyboard.press("Control+k");
        return box.isVisible();
      };
      await until("the search", isOpen, { every: 500 });
      const first = page.locator(".VPLocalSearchBox .result").first();
      for (const [words, title] of [
        ["delivery mode", "Which delivery mode"],
        ["opt out", "Who decides"],
        ["DO_NOT_TRACK", "Who decides"],
        ["self-host", "Self-host the receiver"],
      ] as const) {
        await box.fill(words);
        await first.filter({ hasText: title }).waitFor();
      }
    }, 120_000);
  },
);
