import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { setupFields } from "../../generator/payload/call-shape.js";
import { exampleInput } from "../../generator/payload/example-call.js";
import type { Host } from "../../templates/client/runtime/host/host.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { wireKeys } from "../wire-keys.js";
import { hostOf, type World, withHome } from "./client.js";
import { contractOf, generatedFolder } from "./systems.js";

/** The emitters of a generated client, by name. */
export type Telemetry = Readonly<Record<string, (...values: unknown[]) => unknown>> & {
  readonly setup: (given: object) => void;
  readonly flush: (within?: number) => Promise<void>;
};

export type Samples = Readonly<Record<string, (...values: unknown[]) => string | undefined>>;

export interface Sent {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly time?: string;
}

const bundles = new Map<string, string>();
let processes = 0;

/** A system's client as another process would have it: modules of its own, the same files. */
export async function freshTelemetry(system: string, host: Partial<Host>): Promise<Telemetry> {
  const path = bundles.get(system) ?? (await bundle(system));
  // Each of them hooks the end of what it takes for its own process.
  process.setMaxListeners(0);
  const telemetry = (await import(`${pathToFileURL(path).href}?process=${++processes}`)) as Telemetry;
  const fields = setupFields(contractOf(system)).map(({ name, field }) => [
    name,
    exampleInput(contractOf(system), field),
  ]);
  telemetry.setup({ ...Object.fromEntries(fields), version: "1.2.3", host });
  return telemetry;
}

/** In one file, so that importing it anew gives new modules all through. */
async function bundle(system: string): Promise<string> {
  const outfile = join(temporaryFolder("conformance"), "telemetry.mjs");
  process.once("exit", () => rmSync(dirname(outfile), { recursive: true, force: true }));
  const entryPoints = [join(generatedFolder(system), "client/telemetry.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
  bundles.set(system, outfile);
  return outfile;
}

/** Returns what a call puts on the wire at once, or once its queue is flushed. */
export async function emitted(
  system: string,
  call: (telemetry: Telemetry) => unknown,
  world: World = {},
): Promise<readonly Sent[]> {
  return withHome(async (home) => {
    const bodies: string[] = [];
    const send = async ({ body }: { readonly body: string }) => {
      bodies.push(body);
      return 204;
    };
    const telemetry = await freshTelemetry(system, hostOf(home, { ...world.env }, world, { send }));
    call(telemetry);
    await new Promise((resolve) => setImmediate(resolve));
    await telemetry.flush();
    return bodies.flatMap((body) => readBody(system, body));
  });
}

/** The events of a request's body, by the contract's wire. */
export function readBody(system: string, body: string): readonly Sent[] {
  const wire = wireKeys(contractOf(system));
  const sent = JSON.parse(body) as Record<string, unknown>;
  if (wire.format === "json-batch") {
    return (sent[wire.eventsKey] as readonly Record<string, unknown>[]).map((event) => ({
      event: String(event[wire.eventKey]),
      fields: event[wire.fieldsKey] as Sent["fields"],
      ...(wire.timeKey === undefined ? {} : { time: String(event[wire.timeKey]) }),
    }));
  }
  return [{ event: wire.format === "json" ? String(sent[wire.eventKey ?? ""]) : "", fields: sent }];
}
