import { describe, expect, it } from "vitest";
import { inLanguage } from "../../generator/emit/javascript.js";
import type { Model } from "../../generator/model/model.js";
import { readContract } from "../../generator/spec/read-contract.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { type Client, createClient, setupClient } from "../../templates/client/runtime/client.js";
import { addressed, built, operated, unaddressed } from "../../templates/client/runtime/consent/address.js";
import { consent } from "../../templates/client/runtime/consent/consent.js";
import { present } from "../../templates/client/runtime/consent/present.js";
import { toolContract } from "../support/tool-contract.js";

it.each(["operator", "from-build"])("a client in JavaScript for %s declares what its address is", async (url) => {
  const contract = toolContract(`
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
events: { run: { when: A command ends., why: Which are used. } }
wire: { format: json, body: { event: $event } }
delivery: { mode: immediate }`).replace(/^( {2}url: ).*$/m, `$1${url}`);
  const { model, diagnostics } = readContract(contract, "events.yaml");
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const files = await clientTarget.generate(model as Model);
  const printed = inLanguage(files, "client/", "js", "events.yaml").find(({ path }) => path === "client/client.d.ts");
  expect(printed?.text).toContain("addressOf: (client: Client) => string | undefined;");
});

function started(env: Record<string, string>): Client {
  const client = createClient({ schemaVersion: 1, consent: { optOut: true, order: [] }, timeout: 1 }, {});
  setupClient(client, { host: { env } });
  return client;
}

const named = operated({ order: [{ env: "TOOL_URL" }], httpAllowedFor: ["localhost"], whenRejected: "use-default" });

describe("an address that the contract doesn't name", () => {
  it.each<[string, ReturnType<typeof built>, Record<string, string>, string]>([
    ["a build that names none", built(undefined), {}, ""],
    ["a build that names one", built("https://t.example/in"), {}, "https://t.example/in"],
    ["a build that names one without TLS", built("http://t.example/in"), {}, ""],
    ["an operator who says nothing", named, {}, ""],
    ["an operator who says it is empty", named, { TOOL_URL: "" }, ""],
    ["an operator who names one", named, { TOOL_URL: "https://t.example/in" }, "https://t.example/in"],
    ["an operator who tries it out", named, { TOOL_URL: "http://localhost:8080/" }, "http://localhost:8080/"],
    ["an operator who names one without TLS", named, { TOOL_URL: "http://t.example/in" }, ""],
  ])("%s", (_, address, env, url) => {
    const client = started(env);
    expect(addressed(client, address, {}).url).toBe(url);
    client.contract = {
      ...client.contract,
      consent: { optOut: true, order: [{ by: "address", find: unaddressed(address), disable: present }] },
    };
    expect(consent(client)).toEqual(
      url === "" ? { enabled: false, decidedBy: "address" } : { enabled: true, decidedBy: "default" },
    );
  });
});
