/** `npm run demo`: the loop of `loop.test.ts`, step by step, for a person to see. */
import pc from "picocolors";
import { runProgram } from "./run-program.js";
import { startWorld } from "./world.js";

const say = (line = "") => console.log(line);
const step = (title: string) => say(`\n${pc.bold(title)}`);
const world = await startWorld();

try {
  say(`CodeGraph's generated worker runs in workerd at ${world.url.origin}; a stand-in for PostHog is behind it.`);

  step("1  Yesterday an agent called a tool three times. Recording is silent.");
  await show(["mcp"], -1);

  step("2  Today codegraph is installed. Right before the first bytes leave, one line says so.");
  await show(["install"]);

  step("3  It indexes 1,234 files in 12.5 s, and is removed again.");
  await show(["index"]);
  await show(["uninit"]);

  step("4  What PostHog got: the contract's fields, numbers as ranges, one random machine ID.");
  for (const { event, timestamp, properties } of world.stored.flatMap(({ body }) => body.batch)) {
    const {
      machine_id,
      os,
      arch,
      node_major,
      ci,
      codegraph_version,
      schema_version,
      $process_person_profile,
      $geoip_disable,
      ...own
    } = properties;
    say(`   ${pc.cyan(event.padEnd(12))} ${timestamp.slice(0, 16)}Z  ${JSON.stringify(own)}`);
  }
  const { machine_id, ...rest } = world.stored[0]?.body.batch[0]?.properties ?? {};
  const common = Object.fromEntries(
    Object.entries(rest).filter(([key]) =>
      ["os", "arch", "node_major", "ci", "codegraph_version", "schema_version"].includes(key),
    ),
  );
  say(`   ${pc.dim("each with")}    ${JSON.stringify({ machine_id, ...common })}`);

  step("5  The user looks, and turns it off. Nothing more is sent.");
  await show(["telemetry", "status"]);
  await show(["telemetry", "off"]);
  const before = world.stored.length;
  await show(["install"]);
  say(`   requests after that: ${world.stored.length - before}`);
} finally {
  await world.end();
}

async function show(words: readonly string[], days = 0): Promise<void> {
  const { stdout, stderr, code } = await runProgram(world, words, { days });
  const day = days === 0 ? "" : pc.dim("  (a day ago)");
  say(`   $ codegraph ${words.join(" ")}${day}${code === 0 ? "" : pc.red(`  exit ${code}`)}`);
  for (const line of `${stdout}${stderr}`.split("\n").filter((text) => text !== "")) say(`   ${line}`);
}
