import { arch, platform } from "node:process";
import { describe, expect, it } from "vitest";
import { hostOf, withHome } from "../conformance/client.js";
import { freshTelemetry } from "../conformance/emitted.js";

/** Returns the facts that CodeGraph's client sends with every request, in this environment. */
async function envelope(env: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  return withHome(async (home) => {
    const bodies: string[] = [];
    const send = async ({ body }: { readonly body: string }) => {
      bodies.push(body);
      return 204;
    };
    const telemetry = await freshTelemetry("codegraph", hostOf(home, env, {}, { send }));
    telemetry["uninstall"]?.({ targets: ["claude"] });
    await new Promise((resolve) => setImmediate(resolve));
    await telemetry.flush();
    return JSON.parse(bodies[0] ?? "{}") as Record<string, unknown>;
  });
}

describe("what the client fills in itself", () => {
  it("is Node's own name of the platform and the architecture, and the major version as a number", async () => {
    expect(await envelope({})).toMatchObject({
      os: platform,
      arch,
      node_major: Number(process.versions.node.split(".")[0]),
      schema_version: 1,
      codegraph_version: "1.2.3",
    });
  });

  it.each([
    [{}, false],
    [{ CI: "true" }, true],
    [{ CI: "" }, true],
    [{ CI: "0" }, true],
    [{ ci: "1" }, false],
  ])("ci says whether CI is present, whatever it holds: %j", async (env, expected) => {
    expect((await envelope(env)).ci).toBe(expected);
  });
});
