import { eventCall } from "../../generator/code/call-shape.js";
import { exampleArguments } from "../../generator/code/example-call.js";
import { hostOf, withHome } from "./client.js";
import { freshTelemetry } from "./emitted.js";
import { failed, type Outcome, orEmpty, passed, same } from "./outcome.js";
import { modelOf } from "./systems.js";

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
    const written = await linesOf(system, env, endpoint);
    if (lines !== undefined) outcomes.push(same(name, lines, written));
    const matching =
      lines_match?.every((pattern, at) => new RegExp(pattern).test(written[at] ?? "")) &&
      written.length === lines_match.length;
    if (lines_match !== undefined) outcomes.push(matching ? passed(name) : failed(name, lines_match, written));
  }
  return orEmpty(`${system}/debug`, outcomes);
}

/** Sends one event with consent given, to an endpoint that answers as the case says. */
async function linesOf(
  system: string,
  env: Readonly<Record<string, string>>,
  endpoint: string,
): Promise<readonly string[]> {
  const model = modelOf(system);
  const written: string[] = [];
  await withHome(async (home) => {
    const consenting = Object.fromEntries(
      model.consent.order.flatMap(({ place, enableWhen }) =>
        place.kind === "env" && enableWhen ? [[place.env, "1"]] : [],
      ),
    );
    const host = hostOf(
      home,
      { ...consenting, ...env },
      {},
      { write: (_, line) => void written.push(line), send: async () => answered(endpoint) },
    );
    const telemetry = await freshTelemetry(system, host);
    const event = model.events[0];
    if (event === undefined) return;
    telemetry[eventCall(model, event).emitter]?.(...exampleArguments(model, event));
    await telemetry.flush();
  });
  return written;
}

function answered(endpoint: string): number {
  const status = /^answers (\d+)$/.exec(endpoint)?.[1];
  if (status !== undefined) return Number(status);
  throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" });
}
