import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { plainsight } from "../cli/project.js";
import { temporaryFolder } from "../support/temp-folder.js";

/** A field means in an object and in a list of objects what it means at the top. */
const folder = temporaryFolder("depth");

interface Sent {
  readonly body: string;
}

interface Client {
  readonly ran: (given?: object) => void;
  readonly flush: () => Promise<void>;
  readonly setup: (given: object) => void;
}

// How long the first loading of what sends takes is no finding: a flush ends once it is done.
const queued = `{ mode: queued, timeout: 60s, queue: { file: "~/.deep/q.jsonl", max_size: 16KiB, when_full: drop-oldest } }`;

function contract(fields: string, more: { common?: string; delivery?: string } = {}): string {
  return `telemetry_spec: 1
product: deep
title: Deep
summary: What stands inside.
schema_version: 1
why: [To see.]
never_collected: [Names.]
consent: { model: opt-in, order: [{ env: DEEP, enable_when: truthy, disable_when: falsy }] }
identifiers:
  device: { identifies: machine, made_from: random, format: { type: uuid }, created: first-send }
  short: { identifies: machine, made_from: random, format: { type: string, pattern: '^k-[A-Za-z0-9]{8}$', max_length: 10 }, created: first-send }
  digits: { identifies: machine, made_from: random, format: { type: string, pattern: '^[0-9]{24}$', max_length: 24 }, created: process-start }
  large: { identifies: machine, made_from: random, format: { type: int, min: 1000, max: 1999 }, created: process-start }
destination:
  url: https://t.example.com/v1
  operator: { name: Deep, party: first }
  client_ip: never-read
  retention: { raw: 30d }
  deletion: Ask us.
common:
  short: { type: identifier, example: k-abcdefgh, why: W. }
  digits: { type: identifier, example: "123456789012345678901234", why: W. }
  large: { type: identifier, why: W. }
  device: { type: identifier, why: W. }
${more.common ?? ""}
events:
  ran:
    when: Once.
    why: To see.
    fields:
${fields}
wire: { format: json, body: { $common: , events: $each }, each: { type: $event, props: { $fields: } } }
delivery: ${more.delivery ?? "{ mode: immediate, timeout: 60s }"}
history: [{ version: 1, change: First. }]
`;
}

let count = 0;

/** Returns what a program of that contract sends, once its events have been sent. */
async function sentBy(text: string, given: readonly object[], setup: object = {}): Promise<readonly Sent[]> {
  const place = join(folder, `c${++count}`);
  mkdirSync(join(place, "spec"), { recursive: true });
  mkdirSync(join(place, "home"));
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "deep", version: "1.2.3", type: "module" }));
  writeFileSync(join(place, "spec/events.yaml"), text);
  expect(plainsight(place, ["gen", "--language", "js"])).toMatchObject({ code: 0 });
  const url = pathToFileURL(join(place, "generated/client/telemetry.js")).href;
  const client = (await import(/* @vite-ignore */ url)) as Client;
  const sent: Sent[] = [];
  const send = async (request: Sent) => {
    sent.push(request);
    return 204;
  };
  client.setup({ host: { send, home: join(place, "home"), env: { DEEP: "1" } }, ...setup });
  for (const one of given) client.ran(one);
  await client.flush();
  return sent;
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string;

const inner = `      props:
        type: object
        why: W.
        fields:
          device: { type: identifier }
          os: { type: string, pattern: '^[a-z0-9]+$', max_length: 16, from: os, example: linux }
          release: { type: version, from: package-version, example: 1.2.3 }
          ok: { type: bool }
          old: { type: int, legacy: true, example: 3 }
          lib: { type: const, value: deep }
          kind: { type: enum, values: [a, other], otherwise: other, optional: true }
          position: { type: int, only_when: { ok: true }, example: 2 }
      rows:
        type: list
        max_items: 3
        why: W.
        example: [{ device: 5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58, size: small }]
        of:
          type: object
          fields:
            device: { type: identifier }
            size: { type: bucket, unit: files, below: { small: 10, large: unlimited } }`;

test.each([
  ["sent at once", undefined],
  ["kept in a queue", queued],
])("inside an object and a list what the client fills in is filled in: %s", async (_, delivery) => {
  const sent = await sentBy(contract(inner, delivery === undefined ? {} : { delivery }), [
    { props: { ok: true, position: 3 }, rows: [{ sizeFiles: 3 }, { sizeFiles: "many" }, { sizeFiles: 30 }] },
    { props: { ok: false, position: 3, kind: "b" }, rows: [] },
  ]);
  const bodies = sent.map(({ body }) => JSON.parse(body) as { device: string; events: { props: object }[] });
  const common = bodies[0] ?? { device: "" };
  const head = { device: common.device, os: process.platform, release: "1.2.3", lib: "deep" };
  expect(common).toMatchObject({
    device: uuid,
    short: expect.stringMatching(/^k-[A-Za-z0-9]{8}$/) as string,
    digits: expect.stringMatching(/^[0-9]{24}$/) as string,
  });
  expect(bodies.flatMap(({ events }) => events.map(({ props }) => props))).toEqual([
    {
      props: { ...head, ok: true, position: 3 },
      rows: [
        { device: common.device, size: "small" },
        { device: common.device, size: "large" },
      ],
    },
    { props: { ...head, ok: false, kind: "other" }, rows: [] },
  ]);
});

test("with every event, too, and from setup", async () => {
  const common = `  context: { type: object, why: W., fields: { device: { type: identifier }, channel: { type: enum, values: [beta, stable], from: setup } } }`;
  const ok = "      ok: { type: bool, why: W. }";
  const [one] = await sentBy(contract(ok, { common }), [{ ok: true }], { channel: "beta" });
  expect(JSON.parse(one?.body ?? "{}")).toMatchObject({ context: { device: uuid, channel: "beta" } });
});

test("numbers are rounded, and of a map what is not valid is left out", async () => {
  const fields = `      load: { type: number, min: 0, max: 100, decimals: 1, unit: percent, example: 42.5, why: W. }
      counts: { type: map, keys: { type: string, pattern: '^[a-z-]+$', max_length: 24 }, of: { type: int, max: 99 }, max_items: 3, optional: true, example: { a: 1 }, why: W. }
      at: { type: timestamp, form: unix-ms, example: 1781265600000, why: W. }
      shapes:
        type: map
        keys: { type: enum, values: [x, z] }
        max_items: 3
        why: W.
        example: { x: { ratio: 0.25, device: 5e1b6c04-8f2d-4a97-b3d0-41c9e27f6a58 } }
        of: { type: object, fields: { ratio: { type: number, min: 0, max: 1, decimals: 2, example: 0.25 }, device: { type: identifier } } }`;
  const given = { load: 99.96, at: 1781265600001, shapes: { x: { ratio: 0.335 }, z: { ratio: 7 }, q: { ratio: 1 } } };
  const sent = await sentBy(contract(fields, { delivery: queued }), [
    { ...given, counts: { a: 1, "/home/ann": 2, b: "x" } },
    { ...given, load: -0.04, counts: { a: 1, b: 2, c: 3, d: 4 } },
    { ...given, load: 100.06 },
  ]);
  const body = JSON.parse(sent[0]?.body ?? "{}") as { device: string; events: { props: object }[] };
  const shapes = { x: { ratio: 0.34, device: body.device } };
  expect(body.events.map(({ props }) => props)).toEqual([
    { load: 100, at: 1781265600001, counts: { a: 1 }, shapes },
    { load: 0, at: 1781265600001, shapes },
  ]);
});
