import { describe, expect, it } from "vitest";
import { type Client, createClient, setupClient } from "../../templates/client/runtime/client.js";
import { addressed, built, operated, unaddressed } from "../../templates/client/runtime/consent/address.js";
import { consent } from "../../templates/client/runtime/consent/consent.js";
import { present } from "../../templates/client/runtime/consent/present.js";

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
