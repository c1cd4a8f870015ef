import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pack, sh } from "../package/stranger.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";

const examples = join(import.meta.dirname, "../../examples");
const folder = temporaryFolder("examples");
const log = join(folder, "received.jsonl");
let address = "";
let packed = "";
let receiver: ChildProcess;

/** In a process of its own: this one waits for the programs that send. */
const RECEIVER = `
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  appendFileSync(process.argv[2], body + "\\n");
  response.writeHead(204).end();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

function received(): readonly Record<string, unknown>[] {
  return existsSync(log)
    ? readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
}

beforeAll(async () => {
  packed = pack(folder).file;
  writeFileSync(join(folder, "receiver.mjs"), RECEIVER);
  receiver = spawn(process.execPath, [join(folder, "receiver.mjs"), log], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(receiver.stdout as Readable, "data")) as [Buffer];
  address = `http://127.0.0.1:${String(port).trim()}/v1/events`;
});
afterAll(() => void receiver.kill());

/** An example as somebody has it who cloned it: its own packages, Plainsight from the packed file, everything generated. */
function cloned(name: string): string {
  const project = join(folder, name, "project");
  cpSync(join(examples, name), project, { recursive: true, filter: (path) => !path.includes("node_modules") });
  const packages = join(project, "node_modules");
  cpSync(join(examples, name, "node_modules"), packages, { recursive: true, verbatimSymlinks: true });
  expect(
    sh(
      project,
      `mkdir -p node_modules/plainsight && tar -xzf "${packed}" --strip-components 1 -C node_modules/plainsight`,
    ),
  ).toMatchObject({ code: 0 });
  if (!existsSync(join(packages, ".bin/plainsight"))) {
    sh(project, "mkdir -p node_modules/.bin");
    symlinkSync("../plainsight/dist/plainsight.mjs", join(packages, ".bin/plainsight"));
  }
  const done = sh(project, "npm run -s telemetry:gen && npm run -s telemetry:check");
  expect(done.code, done.out + done.err).toBe(0);
  return project;
}

describe.each(readdirSync(examples).filter((name) => !name.includes(".")))("examples/%s", (name) => {
  const installed = existsSync(join(examples, name, "node_modules"));
  const title = "from a packed Plainsight: its own tests, what is published, an event that arrives";

  test.runIf(isThere(`what examples/${name} needs (npm ci)`, installed))(title, { timeout: 300_000 }, async () => {
    const project = cloned(name);
    const tested = sh(project, "npm test");
    expect(tested.code, tested.out).toBe(0);
    // What npm would publish has all that the program loads.
    const published = sh(project, "npm pack --dry-run --json --ignore-scripts");
    expect(published.out).toContain("generated/client/telemetry.js");
    await used[name]?.(project);
  });
});

type Used = (project: string) => Promise<void>;

const used: Readonly<Record<string, Used>> = {
  "commander-cli": async (project) => {
    const env = { SHELF_TELEMETRY_URL: address, CI: "" };
    const before = received().length;
    expect(sh(project, "node main.js list", env).out).toBe("Emma\nUlysses\n");
    expect(sh(project, "node main.js telemetry on", env).code).toBe(0);
    expect(received().length).toBe(before);
    expect(sh(project, "node main.js list", env).out).toBe("Emma\nUlysses\n");
    expect(sh(project, "node main.js add Emma", env)).toMatchObject({ code: 1, err: "Emma is there.\n" });
    await until("two events", () => received().length === before + 2);
    expect(
      received()
        .slice(before)
        .map((event) => [event["event"], event["command"], event["ok"]]),
    ).toEqual([
      ["command_run", "list", true],
      ["command_run", "add", false],
    ]);
    expect(JSON.stringify(received())).not.toContain("Emma");
  },
  "mcp-server": async (project) => {
    // An agent, with the SDK's own client: it fails at whatever on stdout isn't the protocol.
    writeFileSync(
      join(project, "agent.mjs"),
      `import { existsSync, readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
const client = new Client({ name: "cursor", version: "1.0.0" });
await client.connect(new StdioClientTransport({ command: process.execPath, args: ["server.js"], env: process.env }));
const answer = await client.callTool({ name: "search", arguments: { words: "milk" } });
console.log(answer.content[0].text);
// An agent keeps its servers: it leaves when the event is there, or when somebody has waited long enough.
const lines = () => (existsSync(process.env.LOG) ? readFileSync(process.env.LOG, "utf8").split("\\n").length - 1 : 0);
for (let look = 0; process.env.LOG && lines() <= Number(process.env.BEFORE) && look < 400; look++)
  await new Promise((resolve) => setTimeout(resolve, 100));
await client.close();
`,
    );
    const before = received().length;
    expect(sh(project, "node agent.mjs", { NOTES_MCP_TELEMETRY_URL: address }).out).toBe("buy milk\n");
    expect(received().length).toBe(before);
    const env = { NOTES_MCP_TELEMETRY_URL: address, NOTES_MCP_TELEMETRY: "1", LOG: log, BEFORE: String(before) };
    expect(sh(project, "node agent.mjs", env).out).toBe("buy milk\n");
    await until("an event", () => received().length > before);
    expect(received().at(-1)).toMatchObject({ event: "tool_called", tool: "search", agent: "cursor", ok: true });
    expect(JSON.stringify(received().slice(before))).not.toContain("milk");
  },
};
