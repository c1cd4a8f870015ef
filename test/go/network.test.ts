import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { hasRealPart, isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { startMetrics } from "../worker/sinks/start-metrics.js";
import { go, hasGo, inGo, writeGo } from "./client.js";

const folder = temporaryFolder("go-network");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const programs = join(import.meta.dirname, "programs");

describe.runIf(isThere("Go", hasGo()))("Cozystack's reporter", () => {
  beforeAll(() => {
    const place = writeGo(inGo("cozystack"), folder);
    copyFileSync(join(programs, "network_test.go"), join(place, "network_test.go"));
    mkdirSync(join(folder, "manager"));
    copyFileSync(join(programs, "manager.go"), join(folder, "manager/main.go"));
  });

  it("keeps to itself in every state of the network, and among threads", () => {
    expect(go(["test", "-race", "./telemetry"], folder)).toBe("");
  }, 300_000);

  describe("under a manager like controller-runtime's", () => {
    beforeAll(() => {
      expect(go(["build", "-o", "operator", "./manager"], folder)).toBe("");
    }, 300_000);

    /** Runs until this holds, then is interrupted. */
    async function operator(
      env: Readonly<Record<string, string>>,
      done: (stderr: string) => boolean | Promise<boolean>,
    ) {
      const child = spawn(join(folder, "operator"), [], { env: { ...env } });
      onTestFinished(() => void child.kill("SIGKILL"));
      const said = { stdout: "", stderr: "" };
      child.stdout.on("data", (chunk) => (said.stdout += chunk));
      child.stderr.on("data", (chunk) => (said.stderr += chunk));
      const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
      await until("the operator has done its work", () => done(said.stderr));
      child.kill("SIGINT");
      return { code: await ended, ...said };
    }

    it.runIf(hasRealPart("victoria-metrics"))("a real VictoriaMetrics stores what it reports", async () => {
      const metrics = await startMetrics();
      onTestFinished(() => metrics.remove());
      // The receiver's path is the contract's own: what stands in for it takes the body as it is to the store.
      const bodies: string[] = [];
      const receiver = createServer((request, answer) => {
        let body = "";
        request.on("data", (chunk) => (body += chunk));
        request.on("end", async () => {
          const { status } = await fetch(`${metrics.url}/api/v1/import/prometheus`, { method: "POST", body });
          bodies.push(body);
          answer.writeHead(status).end();
        });
      }).listen(0, "127.0.0.1");
      onTestFinished(() => void receiver.close());
      await until("the receiver listens", () => receiver.listening);
      const { port } = receiver.address() as AddressInfo;
      const ended = await operator({ RECEIVER: `http://127.0.0.1:${port}` }, () => bodies.length > 0);
      expect(ended).toEqual({ code: 0, stdout: "stopped\n", stderr: "" });
      await metrics.flush();
      const found = (await (await fetch(`${metrics.url}/api/v1/series?match[]={__name__=~"cozy_.*"}`)).json()) as {
        data: readonly Record<string, string>[];
      };
      const names = found.data.map((one) => one["__name__"]).sort();
      expect(names).toEqual(["cozy_cluster_info", "cozy_nodes_count", "cozy_pvs_count", "cozy_tenants_count"]);
      expect(found.data.find((one) => one["__name__"] === "cozy_pvs_count")).toMatchObject({ size: "5Gi" });
    });

    it("a receiver that can't be reached ends nothing, and is told to the logger", async () => {
      const { code, stdout, stderr } = await operator({ RECEIVER: "http://127.0.0.1:9" }, (said) =>
        said.includes("Connection refused"),
      );
      expect({ code, stdout }).toEqual({ code: 0, stdout: "stopped\n" });
      expect(stderr).toContain("level=DEBUG");
    });
  });
});

describe.runIf(isThere("Go", hasGo()))("a client with events", () => {
  it("keeps to itself in every state of the network, and among threads", () => {
    const module = join(folder, "events");
    const place = writeGo(inGo("docglow"), module);
    for (const name of ["events", "command", "parse"])
      copyFileSync(join(programs, `${name}_test.go`), join(place, `own_${name}_test.go`));
    expect(go(["test", "-race", "-run", "Own", "./telemetry"], module)).toBe("");
  }, 300_000);
});

describe.runIf(isThere("Go", hasGo()))("a client that counts", () => {
  it("finds a group again without a lock and without memory, and keeps within bounds whatever the names", () => {
    const module = join(folder, "counting");
    copyFileSync(join(programs, "counting_test.go"), join(writeGo(inGo("codegraph"), module), "own_counting_test.go"));
    expect(go(["test", "-run", "Own", "./telemetry"], module)).toBe("");
    expect(go(["test", "-race", "-run", "OwnManyCountTogether", "./telemetry"], module)).toBe("");
  }, 300_000);
});

it("the example is a page long", () => {
  const [, main = ""] = readFileSync(join(programs, "manager.go"), "utf8").split("func main()");
  expect(main.split("\n").length).toBeLessThan(50);
});
