import { eventCall } from "../../generator/payload/call-shape.js";
import { exampleArguments } from "../../generator/payload/example-call.js";
import { send } from "../../templates/client/runtime/send/send.js";
import { hostOf, withHome } from "./client.js";
import { freshTelemetry } from "./emitted.js";
import { answerOf, consenting, withEndpoint } from "./endpoints.js";
import { failed, type Outcome, orEmpty, passed, same } from "./outcome.js";
import { contractOf } from "./systems.js";

interface DebugTable {
  readonly cases: readonly {
    readonly env: Readonly<Record<string, string>>;
    readonly endpoint: string;
    readonly lines?: readonly string[];
    readonly lines_match?: readonly string[];
  }[];
}

/** Environment and answer → the lines that a person sees. */
export async function runDebug(table: DebugTable, system: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { env, endpoint, lines, lines_match } of table.cases) {
    const name = `${system}/debug ${JSON.stringify(env)} ${endpoint}`;
    const answer = answerOf(endpoint);
    if (answer === undefined) {
      outcomes.push(failed(name, "words for an endpoint", endpoint));
      continue;
    }
    const written = await linesOf(system, env, answer);
    if (lines !== undefined) outcomes.push(same(name, lines, written));
    const matching =
      lines_match?.every((pattern, at) => new RegExp(pattern).test(written[at] ?? "")) &&
      written.length === lines_match.length;
    if (lines_match !== undefined) outcomes.push(matching ? passed(name) : failed(name, lines_match, written));
  }
  return orEmpty(`${system}/debug`, outcomes);
}

/** Sends one event with consent given, by the client's own transport, to an endpoint that does as the case says. */
async function linesOf(
  system: string,
  env: Readonly<Record<string, string>>,
  answer: Parameters<typeof withEndpoint>[0],
): Promise<readonly string[]> {
  const model = contractOf(system);
  const event = model.events[0];
  if (event === undefined) throw new Error(`${system} has no events`);
  const written: string[] = [];
  await withEndpoint(answer, (url) =>
    withHome(async (home) => {
      const telemetry = await freshTelemetry(
        system,
        hostOf(
          home,
          { ...consenting(system), ...env },
          {},
          {
            write: (stream, line) => void written.push(stream === "stdout" ? `on stdout: ${line}` : line),
            send: (request) => send({ ...request, url }),
          },
        ),
      );
      telemetry[eventCall(model, event).emitter]?.(...exampleArguments(model, event));
      await telemetry.flush(model.delivery.timeout + 1000);
    }),
  );
  return written;
}
