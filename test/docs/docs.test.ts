import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { isMap, parse, parseDocument, type YAMLMap } from "yaml";
import { readContract } from "../../generator/spec/read-contract.js";
import { pack, put, sh, typescript } from "../package/stranger.js";
import { hasRealPart } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { type Block, blocksOf } from "./blocks.js";

const top = join(import.meta.dirname, "../..");
// These have tests of their own.
const documents = readdirSync(join(top, "docs")).filter(
  (name) => name.endsWith(".md") && !["language.md", "findings.md", "python.md", "go.md", "rust.md"].includes(name),
);
const folder = temporaryFolder("stranger");
let packed = "";
let prepared = "";
beforeAll(() => {
  packed = pack(folder).file;
  prepared = prepare();
});

describe.each(documents)("docs/%s", (name) => {
  const markdown = readFileSync(join(top, "docs", name), "utf8");

  test("every command, program and contract on it works", { timeout: 240_000 }, async () => {
    if (blocksOf(markdown).every(({ language }) => language === "")) return;
    const reader = await newReader(name);
    try {
      for (const block of blocksOf(markdown)) await reader.read(block);
      if (name === "first-contract.md") reader.runGeneratedTests();
      reader.compile();
    } finally {
      reader.end();
    }
  });

  test("every link of ours leads somewhere", () => {
    const links = [...markdown.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link]) => link ?? "");
    expect(links.filter((link) => !existsSync(join(top, "docs", link)))).toEqual([]);
  });
});

/** Somebody who does what a document says, in a project of their own. */
async function newReader(name: string) {
  const project = join(folder, name.replace(".md", ""), "project");
  const port = await freePort();
  const env: Record<string, string> = { PORT: String(port), WRANGLER_SEND_METRICS: "false", CI: "1" };
  const servers: ChildProcess[] = [];
  let said = "";
  mkdirSync(project, { recursive: true });
  if (name !== "first-contract.md") cpSync(prepared, project, { recursive: true, verbatimSymlinks: true });

  const run = (line: string) => {
    const [command = line, comment = ""] = line.split(/ # (?=exits with)/);
    const code = Number(/exits with (\d)/.exec(comment)?.[1] ?? 0);
    const typed = command
      .replaceAll("8787", String(port))
      .replace("npm install -D plainsight", `npm install -D "${packed}"`);
    const variable = /^export (\w+)=(.*)$/.exec(typed);
    if (variable !== null) env[variable[1] ?? ""] = variable[2] ?? "";
    const done = sh(project, typed, env);
    said += done.out + done.err;
    expect({ line, code: done.code, ...(done.code === code ? {} : done) }).toEqual({ line, code });
  };
  const read: Record<string, (block: Block) => void | Promise<void>> = {
    sh: async ({ text }) => {
      said = "";
      if (/^node generated\/worker/.test(text)) servers.push(await serve(project, text.trim(), env));
      else for (const line of text.trim().split("\n")) run(line);
    },
    text: ({ text }) => {
      for (const line of text.trim().split("\n")) expect(said).toContain(line.trim().replaceAll("8787", String(port)));
    },
    yaml: ({ text }) => embed(project, text),
    json: ({ text }) => {
      const path = join(project, "package.json");
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...JSON.parse(text) }));
    },
    // What a program says, or a layout of files.
    "": () => undefined,
    ini: (block) => {
      const path = join(project, nameOf(block));
      writeFileSync(
        path,
        block.text
          .replace("/usr/bin/node", process.execPath)
          .replace("/opt/telemetry", join(project, "generated/worker")),
      );
      if (hasRealPart("systemd-analyze"))
        expect(sh(project, `systemd-analyze verify "${path}"`)).toMatchObject({ code: 0, err: "" });
    },
    dockerfile: (block) => {
      for (const [, from = ""] of block.text.matchAll(/^COPY (\S+)/gm))
        expect(existsSync(join(project, from))).toBe(true);
    },
    caddy: (block) => {
      writeFileSync(join(project, nameOf(block)), block.text);
      if (hasRealPart("caddy"))
        expect(sh(project, "caddy validate --adapter caddyfile --config Caddyfile", { HOME: project })).toMatchObject({
          code: 0,
        });
    },
    nginx: (block) => {
      writeFileSync(join(project, nameOf(block)), block.text);
      if (hasRealPart("nginx"))
        expect(
          sh(
            project,
            `/usr/sbin/nginx -t -q -p "${project}" -c "${project}/nginx.conf" -g "pid ${project}/nginx.pid;"`,
          ),
        ).toMatchObject({ code: 0 });
    },
    js: (block) => put(project, nameOf(block), block.text),
    ts: (block) => put(project, nameOf(block), block.text),
  };
  return {
    read: async (block: Block) => {
      const reading = read[block.language];
      if (reading === undefined)
        throw new Error(`line ${block.line}: nobody knows what to do with "${block.language}".`);
      await reading(block);
    },
    compile: () => {
      if (readdirSync(project).includes("src"))
        expect(sh(project, typescript.tsc)).toEqual({ code: 0, out: "", err: "" });
    },
    /** The document's last line is not the end: what was generated then must hold. */
    runGeneratedTests: () => {
      for (const tool of ["vitest", "ajv"])
        symlinkSync(join(top, "node_modules", tool), join(project, "node_modules", tool));
      const vitest = join(top, "node_modules/vitest/vitest.mjs");
      const done = sh(project, `"${process.execPath}" "${vitest}" run --root . --reporter=dot generated`);
      expect({ code: done.code, ...(done.code === 0 ? {} : done) }).toEqual({ code: 0 });
      expect(done.out).toContain(" passed");
    },
    end: () => {
      for (const server of servers) server.kill();
    },
  };
}

function nameOf({ text, line }: Block): string {
  const name = /^(?:\/\/|#) (\S+)\n/.exec(text)?.[1];
  if (name === undefined) throw new Error(`line ${line}: the first line of a program says what its file is called.`);
  return name;
}

/** A part of a contract goes into the one that is there, without which it says nothing; the whole must then be read without an error. */
function embed(project: string, text: string): void {
  const path = join(project, "spec/events.yaml");
  const spec = parseDocument(readFileSync(path, "utf8"));
  merge(spec.contents as YAMLMap, parse(text) as Record<string, unknown>, (value) => spec.createNode(value));
  writeFileSync(path, spec.toString({ lineWidth: 0 }));
  expect(
    readContract(readFileSync(path, "utf8"), "spec/events.yaml").diagnostics.filter(
      ({ severity }) => severity === "error",
    ),
  ).toEqual([]);
}

function merge(into: YAMLMap, part: Record<string, unknown>, node: (value: unknown) => unknown): void {
  for (const [key, value] of Object.entries(part)) {
    const there = into.get(key, true);
    if (isMap(there) && typeof value === "object" && value !== null && !Array.isArray(value))
      merge(there, value as Record<string, unknown>, node);
    else into.set(key, node(value));
  }
}

/** Makes a project in TypeScript with a first contract, released on its main branch, of which each document has a copy. */
function prepare(): string {
  const project = join(folder, "prepared");
  mkdirSync(project);
  put(project, "package.json", '{"name": "my-tool", "type": "module"}');
  const compilerOptions = {
    strict: true,
    target: "ES2022",
    lib: ["ES2023", "DOM"],
    module: "NodeNext",
    types: ["node"],
    typeRoots: [typescript.typeRoots],
    noEmit: true,
  };
  put(project, "tsconfig.json", JSON.stringify({ compilerOptions, include: ["src", "posthog-node.d.ts"] }));
  // Only what the page uses of it: the package itself is not ours to install.
  put(
    project,
    "posthog-node.d.ts",
    'declare module "posthog-node" {\n  export class PostHog {\n    constructor(key: string, options: { host: string });\n    capture(event: { distinctId: string; event: string; properties: object }): void;\n    shutdown(): Promise<void>;\n  }\n}\n',
  );
  put(project, ".gitignore", "node_modules\n");
  for (const line of [
    `npm install -D "${packed}"`,
    "npx plainsight init --yes",
    "npm run telemetry:gen",
    "npx plainsight freeze",
    "npm run telemetry:gen",
  ])
    expect(sh(project, line), line).toMatchObject({ code: 0 });
  for (const tool of ["wrangler", "esbuild"]) {
    symlinkSync(join(top, "node_modules", tool), join(project, "node_modules", tool));
    symlinkSync(join(top, "node_modules/.bin", tool), join(project, "node_modules/.bin", tool));
  }
  const git = (...words: string[]) =>
    execFileSync("git", ["-C", project, "-c", "user.name=reader", "-c", "user.email=reader@example.test", ...words], {
      stdio: "pipe",
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "released");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  return project;
}

async function serve(project: string, line: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const [, ...words] = line.split(" ");
  const child = spawn(process.execPath, words, {
    cwd: project,
    env: { PATH: process.env.PATH, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((listens, ended) => {
    child.stdout.on("data", (chunk) => String(chunk).includes("listens on") && listens());
    child.once("exit", (code) => ended(new Error(`The worker ended with ${code}.`)));
  });
  return child;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
