import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { judgeText } from "../../templates/worker/runtime/judge/judge-text.js";
import { stamp } from "../../templates/worker/runtime/sinks/entry.js";
import type { SinkFactory } from "../../templates/worker/runtime/sinks/sink.js";
import { failed, type Outcome, passed, same } from "./outcome.js";
import { generated, workerContract } from "./systems.js";

interface SinkTable {
  readonly input: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly expect: {
    readonly method: string;
    readonly url: string;
    readonly body: { readonly batch: readonly Readonly<Record<string, unknown>>[]; readonly [key: string]: unknown };
  };
}

/** A body → the request that reaches the backend, caught by a server that stands in its place. */
export async function runSink(
  { input, secrets, expect }: SinkTable,
  system: string,
  folder: string,
): Promise<readonly Outcome[]> {
  const label = `${system}/sink ${input}`;
  const contract = await workerContract(system);
  const { sink } = contract;
  // Its own name, as code has it: `prometheus-import` is `prometheusImport`.
  const name = sink?.sink.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const factory =
    name === undefined
      ? undefined
      : (await generated<Record<string, SinkFactory>>(system, "worker/runtime/sinks.js"))[name];
  const path = join(folder, input);
  if (sink === undefined || factory === undefined || !existsSync(path))
    return [failed(label, expect.url, "no sink, or no such input")];
  const expectedFile = path.replace(/\.json$/, ".expect.json");
  const now = existsSync(expectedFile) ? Date.parse(JSON.parse(readFileSync(expectedFile, "utf8")).now) : Date.now();
  const { accepted } = judgeText(readFileSync(path, "utf8"), contract, now);
  const entries = await stamp(accepted, now);
  const caught = await catchRequest((url) => factory({ ...sink, url }, secrets).send(entries));
  return [
    same(`${label} url`, expect.url, sink.url),
    same(`${label} method`, expect.method, caught.method),
    ...bodyOutcomes(label, expect.body, caught.body),
  ];
}

async function catchRequest(
  send: (url: string) => Promise<unknown>,
): Promise<{ method: string; body: Record<string, unknown> }> {
  let caught = { method: "", body: {} as Record<string, unknown> };
  const server = createServer(async (request, response) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece as Uint8Array);
    caught = { method: request.method ?? "", body: JSON.parse(Buffer.concat(pieces).toString()) };
    response.end('{"status":1}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as { port: number };
    await send(`http://127.0.0.1:${port}/batch/`);
  } finally {
    server.close();
  }
  return caught;
}

/** Every key that is expected, exactly; `properties_include` may have more beside it. */
function bodyOutcomes(
  label: string,
  expected: SinkTable["expect"]["body"],
  body: Record<string, unknown>,
): readonly Outcome[] {
  const { batch, ...rest } = expected;
  const sent = (body["batch"] ?? []) as readonly Record<string, unknown>[];
  return [
    ...Object.entries(rest).map(([key, value]) => same(`${label} ${key}`, value, body[key])),
    same(`${label} entries`, batch.length, sent.length),
    ...batch.flatMap((entry, at) =>
      Object.entries(entry).map(([key, value]) => {
        if (key !== "properties_include") return same(`${label} ${key}`, value, sent[at]?.[key]);
        const properties = (sent[at]?.["properties"] ?? {}) as Record<string, unknown>;
        const lacking = Object.entries(value as object).filter(
          ([name, wanted]) => !isDeepStrictEqual(properties[name], wanted),
        );
        return lacking.length === 0
          ? passed(`${label} properties`)
          : failed(`${label} properties`, Object.fromEntries(lacking), properties);
      }),
    ),
  ];
}
