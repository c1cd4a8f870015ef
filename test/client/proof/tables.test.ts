import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasTest, testFiles } from "../../conformance/test-names.js";
import { endpoint } from "../endpoint.js";
import { program, run, temporary } from "../program.js";

const tables = join(import.meta.dirname, "../../conformance/fixtures");

/** Tests that bear another name than the case they show. */
const renamed: Readonly<Record<string, string>> = { "18 keys": "one Flow is four events, with 18 keys each" };

describe("every case of a behaviour table has a test of its name", () => {
  const ofClient = testFiles.filter((path) => path.startsWith("client/"));
  it.each(readdirSync(tables).filter((name) => !name.includes(".")))("%s", (system) => {
    const { cases } = JSON.parse(readFileSync(join(tables, system, "behaviour.json"), "utf8")) as {
      cases: { name: string }[];
    };
    expect(cases.length).toBeGreaterThan(0);
    const missing = cases.filter(({ name }) => !hasTest(renamed[name] ?? name, ofClient));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

describe("jina", () => {
  it("start is not slowed", async () => {
    const to = await endpoint("never");
    const file = await program(`
      import * as telemetry from "./generated/systems/jina/client/telemetry.js";
      import { send } from "./generated/systems/jina/client/runtime/later/send.js";
      telemetry.setup({ jinaProto: "0.1.13", docarray: "0.15.2", protobuf: "3.20.1", protoBackend: "cpp", grpcio: "1.46.3", pyyaml: "6.0", python: "3.7.9", platform: "Darwin",
        platformRelease: "21.6.0", platformVersion: "Darwin", architecture: "x86_64", processor: "i386", ciVendor: "(unset)", version: "3.7.13",
        host: { send: (request) => send({ ...request, url: process.env.ENDPOINT }) } });
      // Nothing of it runs in the caller's tick: what comes next in the program comes first.
      const order = [];
      const answered = telemetry.flowStart();
      order.push(answered === undefined ? "returned" : "something to wait for");
      queueMicrotask(() => order.push("the program goes on"));
      // The request is given 5 s; a program that waited for them would still be there shortly before.
      setTimeout(() => {
        console.log(order.join(", "));
        setTimeout(() => console.log("still there"), 4000).unref();
      }, 300);`);
    const { stdout, stderr, code } = await run(file, { home: temporary(), env: { ENDPOINT: to.url } });
    expect([stdout, stderr, code]).toEqual(["returned, the program goes on\n", "", 0]);
    expect(to.requests).toHaveLength(1);
    await to.close();
  });
});
