import { spawn } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { temporaryFolder } from "../../support/temp-folder.js";

/**
 * Starts real processes that all do the same to one home, at the same moment as nearly as can be, and gives what they printed.
 * `code` sees `client` (CodeGraph's), `number`, `print`, and what it may call.
 */
export async function manyProcesses(
  count: number,
  home: string,
  code: string,
  { notice = false } = {},
): Promise<string[]> {
  const program = join(temporaryFolder("many"), "program.mjs");
  await build({
    stdin: { contents: source(code, notice), resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outfile: program,
    logLevel: "error",
  });
  const start = Date.now() + 150 + 60 * count;
  const outputs = await Promise.all(Array.from({ length: count }, (_, number) => run(program, home, number, start)));
  return outputs.flatMap((output) => output.split("\n").filter((line) => line !== ""));
}

function source(code: string, notice: boolean): string {
  return `
import { client } from "./generated/client/client.js";
import { setupClient } from "./generated/client/runtime/client.js";
import { loadFullContract } from "./generated/client/runtime/load-full-contract.js";
import { identifier } from "./generated/client/runtime/later/state.js";
import { showNoticeOnce } from "./generated/client/runtime/later/consent.js";
import { recordAnswer } from "./generated/client/runtime/later/consent.js";
const number = Number(process.env.NUMBER);
const print = (value) => process.stdout.write(String(value) + "\\n");
setupClient(client, { host: { write: () => ${notice ? 'print("shown")' : "undefined"} } });
await loadFullContract(client);
while (Date.now() < Number(process.env.START));
void [identifier, showNoticeOnce, recordAnswer, number];
${code}
`;
}

function run(program: string, home: string, number: number, start: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { HOME: home, NUMBER: String(number), START: String(start) };
    const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("close", (status) =>
      status === 0 ? resolve(output) : reject(new Error(`process ${number} ended with ${status}`)),
    );
  });
}
