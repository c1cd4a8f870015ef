import { spawn } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freeze, printFrozen } from "../../generator/evolve/frozen-text.js";
import { canonicalJson, digestOf } from "../../generator/model/published.js";
import { binary, emptyFolder, write } from "../cli/project.js";
import { generateWorker } from "../worker/generated-worker.js";
import { bundleGenerated } from "../worker/hosts/bundle-generated.js";
import { casesFolder, readCase } from "./read-case.js";

const { head, base } = readCase("codegraph-v2");
type Answer = Record<string, unknown> & { digest: string; supported: number[]; contract: Record<string, unknown> };

let deployed: Miniflare;
let outdated: Miniflare;
let honest: Answer;
let url: string;

/** The worker as it is deployed, in the runtime that it is deployed to. */
async function start(model: typeof head): Promise<Miniflare> {
  const worker = await generateWorker(model, { withRuntime: true });
  const script = await bundleGenerated(join(worker.folder, "worker"));
  worker.remove();
  return new Miniflare({ modules: true, script, compatibilityDate: "2026-04-01", port: 0 });
}

beforeAll(async () => {
  [deployed, outdated] = await Promise.all([start(head), start(base)]);
  url = (await deployed.ready).href;
  honest = (await (await fetch(new URL("/v1/contract", url))).json()) as Answer;
});
afterAll(() => Promise.all([deployed.dispose(), outdated.dispose()]));

/** A project that holds the second version, and has released the first. */
function project(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "spec"));
  cpSync(join(casesFolder, "codegraph-v2/head.yaml"), join(folder, "spec/events.yaml"));
  write(folder, "spec/frozen/v1.json", printFrozen(freeze(base)));
  return folder;
}

/** Not in this process alone: the tests that lie answer from it. */
function verify(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [binary, "verify", ...args], {
      cwd: project(),
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.on("data", (data) => out.push(String(data)));
    child.stderr.on("data", (data) => err.push(String(data)));
    child.on("close", (code) => done({ code, out: out.join(""), err: err.join("") }));
  });
}

/** An endpoint that shows whatever it likes. */
async function lying(
  answer: unknown,
  status = 200,
  scheme = "http",
): Promise<{ code: number | null; out: string; err: string }> {
  const server = createServer(
    (_, response) =>
      void response
        .writeHead(status, { "content-type": "application/json" })
        .end(typeof answer === "string" ? answer : JSON.stringify(answer)),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await verify(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

/** The answer with something else let in: one more value of the operating systems. */
function grown(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(honest.contract).replaceAll('"linux",', '"linux","temple",'));
}

describe("verify, against real workerd", () => {
  it("says that a matching worker enforces the contract, and which versions it accepts", async () => {
    const { code, out } = await verify(url);
    expect(out).toContain(`It shows the published contract: ${honest.digest}.\nIt accepts v1, v2.\n`);
    for (const proved of [
      "keeps of each event exactly what is listed",
      "treats keys that are not listed as the contract says",
      "treats values that are not allowed as the contract says",
      "answers anything else as the contract says",
    ])
      expect(out).toMatch(new RegExp(`- it ${proved} \\(\\d+ probes\\)`));
    expect(out).toContain("Only stated, since nobody outside can check it:\n");
    expect(code).toBe(0);
    expect((await verify(`${url}v1/contract`, "--release", "1", "2")).code).toBe(0);
    expect((await verify("--release", "1", "2", url)).code).toBe(0);
  });

  it("says what is no version, and what is no address", async () => {
    expect(await verify(url, "--release", "two")).toMatchObject({
      code: 2,
      err: "--release two: a version is a whole number.\n",
    });
    expect(await verify("telemetry.example.com")).toMatchObject({ code: 2 });
  });

  it("names what an older worker lacks, and that the new clients must wait", async () => {
    const { code, out } = await verify((await outdated.ready).href);
    expect(code).toBe(1);
    expect(out).toContain("schema_version: the endpoint has 1, the contract 2.");
    expect(out).toContain("Version 2 is not accepted there: don't release its clients yet.");
  });

  it("refuses a release that nobody accepts yet", async () => {
    const { code, out } = await verify(url, "--release", "3");
    expect([code, out]).toEqual([1, "Version 3 is not accepted there: don't release its clients yet.\n"]);
  });

  it("shows the digest of what it shows", () => {
    expect(digestOf(honest.contract)).toBe(honest.digest);
    expect(canonicalJson(JSON.parse(canonicalJson(honest.contract)))).toBe(canonicalJson(honest.contract));
    expect(canonicalJson({ 10: 1, 9: 2, b: { d: 1, c: 2 } })).toBe('{"9":2,"10":1,"b":{"c":2,"d":1}}');
  });
});

/** An endpoint that shows the honest contract, and passes on what it is sent, but for what `change` does. */
async function proxy(change: (text: string, method: string, headers: Readonly<Record<string, unknown>>) => string) {
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", async () => {
      const { host: _host, connection: _connection, ...headers } = incoming.headers as Record<string, string>;
      const method = incoming.method ?? "GET";
      const body = method === "GET" ? {} : { body: Buffer.concat(parts) };
      const answer = await fetch(new URL(incoming.url ?? "/", url), { method, headers, ...body });
      outgoing.writeHead(answer.status).end(change(await answer.text(), method, incoming.headers));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await verify(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close().closeAllConnections();
  }
}

describe("an endpoint that lies", () => {
  it("by keeping more than it shows", async () => {
    const { code, out } = await proxy((text, method) =>
      method === "POST" ? text.replaceAll('"fields":["arch"', '"fields":["arch","hostname"') : text,
    );
    expect(code).toBe(1);
    expect(out).toContain("It does something else than it shows:");
    expect(out).toContain('"hostname"');
  });

  it("by showing its contract to auditors alone", async () => {
    const { code, out } = await proxy((text, method, headers) =>
      method === "GET" && !String(headers["user-agent"]).includes("plainsight")
        ? text.replaceAll('"linux",', '"linux", "temple",')
        : text,
    );
    expect([code, out.includes("It shows something else to another visitor.")]).toEqual([1, true]);
  });

  it("honestly, through a proxy, and one that knows no probes is sent none", async () => {
    expect((await proxy((text) => text)).code).toBe(0);
    let posts = 0;
    const { code, out } = await proxy((text, method) => {
      if (method === "POST") posts += 1;
      return text.replace('"probes": "plainsight-probe"', '"probes": null');
    });
    expect([code, posts, out.includes("It takes no probes")]).toEqual([0, 0, true]);
  });

  it("with the right digest beside another contract", async () => {
    const { code, out } = await lying({ ...honest, contract: grown() });
    expect(code).toBe(1);
    expect(out).toContain(`and says that it is ${honest.digest}`);
    expect(out).toMatch(
      /versions\.v2\.common\.os\.schema\.enum\[\d+\]: the endpoint has "temple", the contract "netbsd"/,
    );
  });

  it("with a digest of its own contract", async () => {
    const { code, out } = await lying({ ...honest, contract: grown(), digest: digestOf(grown()) });
    expect(code).toBe(1);
    expect(out).toContain('"temple"');
  });

  it("about the versions that it hears", async () => {
    const { code, out } = await lying({ ...honest, supported: [1, 2, 3] });
    expect([code, out]).toEqual([1, "It says that it hears [1,2,3], and shows [1,2].\n"]);
  });

  it("with what would move a terminal, or break whoever reads it", async () => {
    const told = await lying({ ...honest, digest: "\u001b[2J", schema_version: { toString: 1 } });
    expect(told).toMatchObject({ code: 1, err: "" });
    expect(told.out).toContain("and says that it is [U+001B][2J.");
    const deep = `{"digest":"","supported":[],"contract":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(await lying(deep)).toMatchObject({ code: 1, err: "" });
    expect((await lying("<html>\u001b[31m")).err).toContain("[U+001B][31m");
  });

  it("without end, or by pointing elsewhere", async () => {
    const endless = createServer((request, response) => {
      if (request.url === "/elsewhere/contract") response.writeHead(302, { location: "/contract" }).end();
      else {
        const more = () => void (response.destroyed || response.write(" ".repeat(1 << 20), more));
        more();
      }
    });
    await new Promise<void>((done) => endless.listen(0, "127.0.0.1", done));
    try {
      const home = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
      expect((await verify(`${home}/contract`)).err).toContain("too large to be a contract");
      expect(await verify(`${home}/elsewhere/contract`)).toMatchObject({ code: 2, out: "" });
    } finally {
      endless.closeAllConnections();
      endless.close();
    }
  });

  it("by saying nothing of use", async () => {
    expect(await lying({ hello: "world" })).toMatchObject({ code: 1 });
    expect(await lying("<html>")).toMatchObject({ code: 2 });
    expect(await lying(honest, 500)).toMatchObject({ code: 2 });
    const nobody = await verify("http://127.0.0.1:1");
    expect(nobody).toMatchObject({ code: 2 });
    expect(nobody.err).toContain(
      "nothing listens there: is the worker running, and is the port the right one? (ECONNREFUSED)",
    );
    // Without TLS, where TLS is asked for.
    expect((await lying(honest, 200, "https")).err).toContain("doesn't speak TLS as it should");
    expect(await verify("file:///etc/passwd")).toMatchObject({ code: 2 });
  });
});
