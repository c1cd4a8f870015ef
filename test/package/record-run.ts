/** Records `docs/recorded-run.md` anew: a stranger's first minutes with the package as it would be published. `npm run record` */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temp-folder.js";
import { pack, put, receive, sh } from "./stranger.js";

const top = temporaryFolder("recorded");
const project = join(top, "my-tool");
/** So much of an output is shown; the rest is `…`. */
const mostLines = 30;

const files = {
  "main.js": `import * as telemetry from "./generated/client/telemetry.js";

export function build() {
  telemetry.commandRun({ command: "build", ok: true, durationSeconds: 0.4 });
}
`,
  "bin.js": `import { telemetryCommand } from "./generated/client/command.js";
import * as telemetry from "./generated/client/telemetry.js";
import { build } from "./main.js";

const [command, ...words] = process.argv.slice(2);
if (command === "telemetry") process.exitCode = await telemetryCommand(words);
else {
  build();
  await telemetry.flush();
}
`,
  "main.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { recorder } from "./generated/client/testing.js";
import { build } from "./main.js";

test("a build is reported", async () => {
  const recorded = recorder();
  build();
  await null;
  assert.deepEqual(recorded.events, [{ event: "command_run", props: { command: "build", duration: "<1s", ok: true } }]);
  recorded.stop();
});
`,
} as const;

const lines: string[] = [];

/** Runs a line, and notes it with what it prints. @throws where it doesn't end as expected: then there is nothing to show. */
function run(line: string, env: Readonly<Record<string, string>> = {}): void {
  const { code, out, err } = sh(project, line, env);
  if (code !== 0) throw new Error(`${line}\n${out}${err}`);
  const said = `${out}${err}`.replaceAll(project, "~/my-tool").replaceAll(join(top, "home"), "~").trim().split("\n");
  const cut = said.length > mostLines ? [...said.slice(0, mostLines), "…"] : said;
  lines.push(`$ ${line}`, ...(cut.join("") === "" ? [] : cut));
}

/** Runs a line whose output is npm's own. */
function quietly(line: string, shown = line): void {
  const { code, out, err } = sh(project, line);
  if (code !== 0) throw new Error(`${line}\n${out}${err}`);
  lines.push(`$ ${shown}`);
}

function write(name: keyof typeof files): void {
  put(project, name, files[name]);
  run(`cat ${name}`);
}

mkdirSync(project);
const { file } = pack(top);
quietly("npm init -y");
quietly("npm pkg set type=module version=1.2.3");
quietly(`npm install -D "${file}"`, "npm install -D plainsight");
run("npx plainsight init --yes --product my-tool");
run("npm run -s telemetry:gen | tail -n 1");
write("main.js");
write("bin.js");
const receiver = await receive(project);
try {
  const env = { MY_TOOL_TELEMETRY_URL: receiver.url };
  lines.push(
    "$ node generated/worker/node.mjs --try &",
    `my-tool listens on ${receiver.url}, events go to …/events.jsonl`,
  );
  lines.push("$ export MY_TOOL_TELEMETRY_URL=http://127.0.0.1:8787/v1/events");
  for (const words of ["build", "telemetry status", "telemetry on", "build", "telemetry show"])
    run(`node bin.js ${words}`, env);
  await receiver.stored();
} finally {
  receiver.end();
}
write("main.test.js");
run("node --test --test-reporter=tap main.test.js");

const recorded = lines.join("\n").replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:8787");
writeFileSync(
  "docs/recorded-run.md",
  `# A recorded run

From an empty folder to an event that arrived, and to a passing test. \`npm run record\` in Plainsight's repository recorded it from the packed
package, with Node ${process.versions.node.split(".")[0]}; long output is cut at \`…\`. [Your first contract](first-contract.md) explains the steps,
[Test your own product](test-your-product.md) the test.

\`\`\`
${recorded}
\`\`\`
`,
);
