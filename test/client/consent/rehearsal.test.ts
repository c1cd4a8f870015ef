import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { WorkerContract } from "../../../templates/worker/runtime/contract.js";
import { handle } from "../../../templates/worker/runtime/handle.js";
import { emptyFolder, plainsight, write } from "../../cli/project.js";
import { collectingHost } from "../../worker/collecting-host.js";
import { type Program, programOf } from "./program.js";

/**
 * The move from a client by hand to a generated one, as docs/from-todays-telemetry.md describes it: the worker first, then the new client
 * beside the old one. Nobody's no may be lost, and no machine be counted twice.
 */
const top = (name: string, url: string, identifier: string, consent: string, wire: string, ingest: string) => `
telemetry_spec: 1
product: ${name}
title: Telemetry
summary: What this tool reports.
schema_version: 1
why: [Which commands are used.]
never_collected: [Names of files.]
consent:
  model: opt-out
  order:
    - { env: DO_NOT_TRACK, disable_when: { any_except: ["", "0"] } }
    - { stored: ${consent}
identifiers:
  ${identifier}: { identifies: machine, made_from: random, format: { type: uuid, version: 4 }, created: first-send, reset_by: deleting the file }
destination:
  url: https://telemetry.tool.example${url}
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to privacy@tool.example.
common:
  ${identifier}: { type: identifier, why: Counts machines. }
events:
  run: { when: A command ends., why: Which are used., fields: { command: { type: enum, values: [build, test], why: Which it was. } } }
${wire}
ingest: ${ingest}
history: [{ version: 1, change: First version. }]
`;

/** The old client's payload, and the file that it leaves. */
const old = top(
  "oldtool",
  "/track",
  "clientId",
  "optOut, enable_when: [false], disable_when: [true] }\n  state_file: { path: ~/.config/tool.json, keys: { optOut: { type: bool }, clientId: { type: identifier } } }",
  "wire: { format: json, body: { name: $event, $common: , data: { $fields: } } }\ndelivery: { mode: immediate, timeout: 2s }",
  "{}",
);
const fresh = top(
  "tool",
  "/v1",
  "machine_id",
  "enabled }\n  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool }, machine_id: { type: identifier } } }\n  adopts:\n    - { from: ~/.config/tool.json, key: optOut, enable_when: [false], disable_when: [true], identifiers: { machine_id: clientId } }",
  "wire: { format: json, body: { $common: , events: $each }, each: { event: $event, ts: $time, props: { $fields: } } }\ndelivery: { mode: queued, queue: { file: ~/.tool/queue.jsonl, max_size: 64KiB, when_full: drop-oldest }, flush: [{ at: command-end, wait: true }] }",
  "{ also: [old] }",
);

interface Machine {
  readonly id: string;
  readonly left: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** True if something of it may be received, always or never. */
  readonly says: "yes" | "no" | "nothing";
}

const idOf = (at: number) => `0b7c3c9e-5f1d-4a53-9b43-0a5b5c0f4a${(16 + at).toString(16)}`;
const answered = (optOut: boolean, clientId: string) => JSON.stringify({ optOut, clientId });

/** Thirty machines: who said yes, who said no, in the file or in the environment, who never did, whose file is cut off. */
const machines: readonly Machine[] = Array.from({ length: 30 }, (_, at): Machine => {
  const id = idOf(at);
  const kinds: readonly Omit<Machine, "id">[] = [
    { left: answered(false, id), env: {}, says: "yes" },
    { left: answered(true, id), env: {}, says: "no" },
    { left: answered(false, id), env: { DO_NOT_TRACK: "1" }, says: "no" },
    { left: undefined, env: {}, says: "nothing" },
    { left: answered(true, id).slice(0, 12), env: {}, says: "no" },
    { left: JSON.stringify({ optOut: "yes", clientId: id }), env: {}, says: "no" },
  ];
  return { id, ...(kinds[at % kinds.length] as Omit<Machine, "id">) };
});

describe("a rehearsal of the move", () => {
  let contract: WorkerContract;
  let program: Program;
  beforeAll(async () => {
    const folder = emptyFolder();
    write(folder, "spec/events.yaml", fresh);
    write(folder, "spec/systems/old/events.yaml", old);
    plainsight(folder, ["gen"]);
    ({ contract } = (await import(pathToFileURL(join(folder, "generated/worker/contract.js")).href)) as {
      contract: WorkerContract;
    });
    program = await programOf(readFileSync(join(folder, "spec/events.yaml"), "utf8"));
  }, 120_000);

  it("loses no no, and counts no machine twice", { timeout: 120_000 }, async () => {
    const { host, forwarded, settled } = collectingHost();
    const send = async (path: string, body: string) => {
      const request = new Request(`https://telemetry.tool.example${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      return (await handle(request, contract, host)).status;
    };
    const homes = new Map<string, string>();
    for (const [at, machine] of machines.entries()) {
      const home = emptyFolder();
      homes.set(machine.id, home);
      if (machine.left !== undefined) write(home, ".config/tool.json", machine.left);
      // The client by hand: it reads its file, and sends in its own form.
      const runOld = async () => {
        const said = machine.says === "yes";
        if (said)
          expect(
            await send("/track", JSON.stringify({ name: "run", clientId: machine.id, data: { command: "build" } })),
          ).toBe(204);
      };
      const runNew = async () => {
        const one = await program.start({ env: machine.env }, {}, home);
        one.telemetry["run"]?.({ command: "test" } as never);
        await one.flush();
        for (const { body } of one.requests) expect(await send("/v1", body)).toBe(204);
      };
      // Some have both for a while, in either order; some go over at once.
      if (at % 3 !== 2) await runOld();
      await runNew();
      if (at % 3 === 0) await runOld();
      await runNew();
    }
    await settled();
    const ids = forwarded.map(({ fields }) => String(fields["machine_id"] ?? fields["clientId"]));
    const heard = new Set(ids);
    const saying = (says: Machine["says"]) => machines.filter((machine) => machine.says === says).map(({ id }) => id);
    for (const id of saying("no")) expect(heard.has(id), id).toBe(false);
    for (const id of saying("yes")) expect(heard.has(id), id).toBe(true);
    // Who left nothing gets an identifier of their own; everybody else goes on under the one that they had.
    expect(heard.size).toBe(saying("yes").length + saying("nothing").length);
    expect([saying("yes").length, saying("no").length, saying("nothing").length]).toEqual([5, 20, 5]);
  });
});
