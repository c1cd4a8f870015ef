import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Model } from "../../generator/model/model.js";
import { statePath } from "../../generator/model/state-path.js";
import { words } from "../../generator/names.js";
import { eventCall } from "../../generator/payload/call-shape.js";
import { exampleArguments } from "../../generator/payload/example-call.js";
import type { SendRequest } from "../../templates/client/runtime/host/host.js";
import { send } from "../../templates/client/runtime/send/send.js";
import { hostOf, type World, withHome, writeState } from "./client.js";
import { freshTelemetry, readBody, type Sent, type Telemetry } from "./emitted.js";
import { answerOf, consenting, withEndpoint } from "./endpoints.js";
import { contractOf } from "./systems.js";

/** The state beside the world around the client. */
export interface Given extends World {
  readonly endpoint?: string;
  readonly enabled?: true;
}

/** All that can be seen of the client from outside. */
export interface Seen {
  readonly requests: readonly SendRequest[];
  readonly events: readonly Sent[];
  readonly stderr: readonly string[];
  readonly stdout: readonly string[];
  readonly logged: readonly string[];
  readonly thrown: boolean;
  readonly files: readonly string[];
  readonly stored: Readonly<Record<string, unknown>>;
}

const givens = ["env", "config", "stored", "build", "endpoint", "enabled"];

/** Does what a case says with the generated client, against a real endpoint. Undefined: some word of it is not known here. */
export async function drive(system: string, given: Given, steps: readonly string[]): Promise<Seen | undefined> {
  const model = contractOf(system);
  const calls = steps.map((step) => callOf(model, step));
  const answer = answerOf(given.endpoint ?? "answers 204");
  if (answer === undefined || calls.includes(undefined) || !Object.keys(given).every((key) => givens.includes(key)))
    return undefined;
  const requests: SendRequest[] = [];
  const [stderr, stdout, logged]: string[][] = [[], [], []];
  let seen: Seen | undefined;
  await withEndpoint(answer, (url) =>
    withHome(async (home) => {
      const env = { ...(given.enabled && consenting(system)), ...given.env };
      const own = {
        send: (request: SendRequest) => {
          requests.push(request);
          return send({ ...request, url });
        },
        write: (stream: string, line: string) => void (stream === "stdout" ? stdout : stderr)?.push(line),
        log: (level: string) => void logged?.push(level),
      };
      const place = statePath(model)?.replace(/^~/, home);
      if (place !== undefined) writeState(place, given.stored);
      const telemetry = await freshTelemetry(system, hostOf(home, env, given, own));
      const thrown = await throws(async () => {
        for (const call of calls) await call?.(telemetry);
        if (model.delivery.mode === "immediate") await telemetry.flush(model.delivery.timeout + 1000);
      });
      const events = requests.flatMap(({ body }) => readBody(system, body));
      const stored =
        place !== undefined && existsSync(place) ? (JSON.parse(readFileSync(place, "utf8")) as Seen["stored"]) : {};
      const files = readdirSync(home, { recursive: true, encoding: "utf8" }).sort();
      seen = {
        requests,
        events,
        stderr: stderr ?? [],
        stdout: stdout ?? [],
        logged: logged ?? [],
        thrown,
        files,
        stored,
      };
    }),
  );
  return seen;
}

type Call = (telemetry: Telemetry) => unknown;

/** `flush`, or an event by a word of its name: `record install`, `update`, `start worker`. */
function callOf(model: Model, step: string): Call | undefined {
  if (step === "flush" || step === "flush and wait") return (telemetry) => telemetry.flush();
  const [, word = ""] = /^(?:(?:record|start) )?([a-z]+)$/.exec(step.replace(/^import( again)?$/, "init")) ?? [];
  const [event, ...others] = model.events.filter(({ wireName }) =>
    words(wireName).some((one) => one.toLowerCase() === word),
  );
  if (event === undefined || others.length > 0) return undefined;
  return (telemetry) => telemetry[eventCall(model, event).emitter]?.(...exampleArguments(model, event));
}

async function throws(run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}
