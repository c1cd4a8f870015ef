import { spawn } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { until } from "../../support/wait.js";
import { startMetrics } from "../../worker/sinks/start-metrics.js";
import { type Arrived, type Gateway, gateway } from "../gateway.js";
import { program, run, temporary } from "../program.js";
import { changedClient } from "./changed.js";

/** Cozystack's collector as a program of its own, and every byte at the backend's end. */
const host = "telemetry.cozystack.io";
/** The ConfigMap is what the program's argument says; periods of a quarter of an hour pass in a tenth of a second. */
const start = `
  import * as telemetry from "./generated/systems/cozystack/client/telemetry.js";
  const { setInterval: every } = globalThis;
  globalThis.setInterval = (run, pause, ...more) => {
    if (pause < 60_000) return every(run, pause, ...more);
    console.log("every " + pause);
    return every(run, pause / 9000, ...more);
  };
  let map = JSON.parse(process.argv[2] ?? "{}");
  const log = (level, line) => console.log(level + " " + line);
  telemetry.setup({ host: { config: (name) => (name === "configmap cozy-system/cozystack" ? map : undefined), log } });`;

let net: Gateway;
beforeAll(async () => {
  net = await gateway([host]);
});
afterAll(() => net.close());
beforeEach(() => {
  net.answer = 200;
  net.requests.length = 0;
  net.asked.length = 0;
});

async function started(file: string, map: unknown = {}, env: Record<string, string> = {}) {
  const ran = await run(file, { home: temporary(), args: [JSON.stringify(map)], env: { ...net.env, ...env } });
  return { ...ran, bodies: net.requests.map(({ body }) => body), asked: [...net.asked] };
}

/** The document's own example. */
const example = `cozy_cluster_info{cozystack_version="v0.22.0",kubernetes_version="v1.31.4",oidc_enabled="true",bundle_name="paas-full",bunde_enable="",bunde_disable=""} 1
cozy_nodes_count{os="linux (Talos (v1.8.4))",kernel="6.6.64-talos"} 3
cozy_loadbalancers_count 1
cozy_tenants_count 2
cozy_pvs_count{driver="linstor.csi.linbit.com",size="5Gi"} 7
cozy_pvs_count{driver="linstor.csi.linbit.com",size="10Gi"} 6
cozy_pvs_count{driver="linstor.csi.linbit.com",size="25Gi"} 2
cozy_workloads_count{uid="6099a6ff-87bd-463b-9deb-6b8dcdc7c47b",kind="etcd",type="etcd",version="2.4.0"} 3
cozy_workloads_count{uid="17808511-372f-4cb5-ab1e-b3693118df77",kind="ingress",type="controller",version="1.4.0"} 2
cozy_workloads_count{uid="994df12f-ed0d-4bd2-988e-955b9fa5d451",kind="kubernetes",type="control-plane",version="0.15.0"} 2
cozy_workloads_count{uid="532cc3b0-84d1-4ad2-be4f-3c5c08c93633",kind="kubernetes",type="worker",version="0.15.0"} 10
cozy_workloads_count{uid="d0e0fa40-38bd-4e86-9d24-6c8e2f16434c",kind="postgres",type="postgres",version="0.8.0"} 2
`;
const examplesCalls = `
  telemetry.cozyClusterInfo({ cozystackVersion: "v0.22.0", kubernetesVersion: "v1.31.4", oidcEnabled: "true", bundleName: "paas-full", bundleEnable: "", bundleDisable: "" });
  telemetry.cozyNodesCount({ os: "linux (Talos (v1.8.4))", kernel: "6.6.64-talos" }, 3);
  telemetry.cozyLoadbalancersCount(1);
  telemetry.cozyTenantsCount(2);
  for (const [sizeGiB, count] of [[5, 7], [10, 6], [25, 2]]) telemetry.cozyPvsCount({ driver: "linstor.csi.linbit.com", sizeGiB }, count);
  for (const [uid, kind, type, version, count] of [
    ["6099a6ff-87bd-463b-9deb-6b8dcdc7c47b", "etcd", "etcd", "2.4.0", 3],
    ["17808511-372f-4cb5-ab1e-b3693118df77", "ingress", "controller", "1.4.0", 2],
    ["994df12f-ed0d-4bd2-988e-955b9fa5d451", "kubernetes", "control-plane", "0.15.0", 2],
    ["532cc3b0-84d1-4ad2-be4f-3c5c08c93633", "kubernetes", "worker", "0.15.0", 10],
    ["d0e0fa40-38bd-4e86-9d24-6c8e2f16434c", "postgres", "postgres", "0.8.0", 2],
  ]) telemetry.cozyWorkloadsCount({ uid, kind, type, version }, count);`;
const once = (calls: string) => program(`${start}\nawait telemetry.reportOnce(() => { ${calls} });`);

describe("a report", () => {
  it("is the document's example, byte for byte, with no header that tells clusters apart", async () => {
    const { code, stdout, stderr } = await started(await once(examplesCalls));
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
    expect(net.requests.map(({ bytes }) => String(bytes))).toEqual([
      `POST / HTTP/1.1\r\ncontent-type: text/plain\r\ncontent-length: ${example.length}\r\nHost: ${host}\r\nConnection: close\r\n\r\n${example}`,
    ]);
  });

  it("has what may travel of what is given, and a wrong sample spoils no other", async () => {
    const nodes = (os: string, kernel = '"6.6"', value = "1") =>
      `telemetry.cozyNodesCount({ os: ${os}, kernel: ${kernel} }, ${value});`;
    const file = await once(
      [
        nodes('"first"'),
        // What would end a label, a line or a sample.
        ...['linux"} 1\ncozy_tenants_count 9\n#', "a\nb", "a\\", 'a"', "a{b}", "é", "\u202e", "\u0000", "a\r", ""].map(
          (os) => nodes(JSON.stringify(os)),
        ),
        ...["undefined", "null", "5", "{}", '["linux"]', '{ toString: () => "linux" }', '"a".repeat(129)'].map((os) =>
          nodes(os),
        ),
        // A value is a whole number, whatever looks like one.
        ...[
          "1.5",
          "-1",
          "NaN",
          "Infinity",
          '"3"',
          "3n",
          "null",
          "undefined",
          "{ valueOf: () => 3 }",
          "[3]",
          "new Number(3)",
          "1e21",
          "2 ** 53",
          '"3\\ncozy_fake 1"',
        ].map((value) => nodes('"value"', '"6.6"', value)),
        nodes('"zero"', '"6.6"', "-0"),
        nodes('"most"', '"6.6"', "Number.MAX_SAFE_INTEGER"),
        // The same series: one sample, and the later one.
        nodes('"twice"', '"6.6"', "1"),
        nodes('"twice"', '"6.6"', "2"),
        // What the contract doesn't have is not looked at, nor are the wire's own names.
        'telemetry.cozyNodesCount({ os: "more", kernel: "6.6", hostname: "ada" }, 4);',
        'telemetry.cozyClusterInfo({ cozystackVersion: "v0.22.0", kubernetesVersion: "v1.31.4", oidcEnabled: "", bundleName: "distro-hosted", bundleEnable: "a,b-c", bundleDisable: "d", bunde_enable: "x" }, 7);',
        'telemetry.cozyClusterInfo({ cozystackVersion: "v0.22.0", kubernetesVersion: "v1.31.4", oidcEnabled: "true", bundleName: "paas-full", bunde_enable: "", bunde_disable: "" });',
        'telemetry.cozyClusterInfo({ cozystackVersion: "v0.22.0", kubernetesVersion: "v1.31.4", oidcEnabled: true, bundleName: "paas-full", bundleEnable: "", bundleDisable: "" });',
        "telemetry.cozyNodesCount(undefined, 1); telemetry.cozyNodesCount(null, 1); telemetry.cozyNodesCount(5, 1);",
        'telemetry.cozyNodesCount({ get os() { throw new Error("no cluster"); }, kernel: "6.6" }, 1);',
        nodes('"last"'),
      ].join("\n"),
    );
    const { code, stderr, bodies } = await started(file);
    expect([code, stderr, bodies]).toEqual([
      0,
      "",
      [
        [
          'cozy_nodes_count{os="first",kernel="6.6"} 1',
          'cozy_nodes_count{os="zero",kernel="6.6"} 0',
          'cozy_nodes_count{os="most",kernel="6.6"} 9007199254740991',
          'cozy_nodes_count{os="twice",kernel="6.6"} 2',
          'cozy_nodes_count{os="more",kernel="6.6"} 4',
          'cozy_cluster_info{cozystack_version="v0.22.0",kubernetes_version="v1.31.4",oidc_enabled="",bundle_name="distro-hosted",bunde_enable="a,b-c",bunde_disable="d"} 1',
          'cozy_nodes_count{os="last",kernel="6.6"} 1',
          "",
        ].join("\n"),
      ],
    ]);
  });

  it("has sizes as ranges of whole GiB, and never the size", async () => {
    const sizes = [0, 1, 1.9, 2, 5, 5.99, 6, 10, 11, 25, 26, 50, 100, 250, 500, 501, 1024, 2048, 5120, 5121, 1e9];
    const file = await once(
      `[${sizes}, -1, NaN, "5", null].forEach((sizeGiB, at) => telemetry.cozyPvsCount({ driver: "d" + at, sizeGiB }, at));`,
    );
    const ranges =
      "1Gi 1Gi 1Gi 5Gi 5Gi 5Gi 10Gi 10Gi 25Gi 25Gi 50Gi 50Gi 100Gi 250Gi 500Gi 1Ti 1Ti 2Ti 5Ti 10Ti 10Ti 1Gi";
    const lines = ranges.split(" ").map((size, at) => `cozy_pvs_count{driver="d${at}",size="${size}"} ${at}\n`);
    expect((await started(file)).bodies).toEqual([lines.join("")]);
  });

  it("that nothing was set for, or whose collector fails, is not sent; gauges outside of one are kept nowhere", async () => {
    const file = await program(`${start}
      telemetry.cozyTenantsCount(8);
      await telemetry.reportOnce(() => undefined);
      await telemetry.reportOnce(() => { telemetry.cozyTenantsCount(7); throw new Error("no cluster"); });
      await telemetry.reportOnce(async () => { telemetry.cozyTenantsCount(6); throw new Error("no cluster"); });
      telemetry.cozyTenantsCount(5);
      await telemetry.reportOnce(async () => { await undefined; telemetry.cozyTenantsCount(4); });`);
    expect(await started(file)).toMatchObject({ code: 0, stderr: "", bodies: ["cozy_tenants_count 4\n"] });
  });
});

/** Reports until a line on stdin says otherwise: \`off\`, \`on\`, \`stop\`, \`end\`. Each period has a number of its own. */
const forever = `${start}
  let period = 0;
  const running = telemetry.startReports(() => {
    period++;
    telemetry.cozyTenantsCount(period);
    if (period === 1) telemetry.cozyLoadbalancersCount(1);
  });
  process.stdin.on("data", (said) => {
    if (String(said).includes("off")) map = { "telemetry-enabled": "false" };
    if (String(said).includes("on")) map = { "telemetry-enabled": "true" };
    if (String(said).includes("stop")) running.stop();
    if (String(said).includes("end")) process.exit(0);
    console.log("heard at " + period);
  });`;

describe("periods", () => {
  let file: string;
  beforeAll(async () => {
    file = await program(forever);
  });
  const body = (period: number) => `cozy_tenants_count ${period}\n`;
  const bodies = () => net.requests.map((request) => request.body);
  /** Long enough for several periods. */
  const several = () => new Promise((resolve) => setTimeout(resolve, 600));

  function living() {
    const child = spawn(process.execPath, [file], { env: { HOME: temporary(), ...net.env }, stdio: "pipe" });
    let stdout = "";
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
    const heard = async (count: number) => {
      await until(`"heard" ${count} times`, () => stdout.split("heard").length > count);
    };
    let told = 0;
    return {
      child,
      output: () => stdout,
      ended,
      async tell(word: string) {
        child.stdin.write(`${word}\n`);
        if (word !== "end") await heard(++told);
      },
    };
  }

  it("of 15 minutes: one at once, then one body each, in which nothing of the one before is left", async () => {
    const { tell, output, ended } = living();
    await net.arrived(5);
    await tell("end");
    expect(await ended).toBe(0);
    expect(output().split("\n")[0]).toBe("every 900000");
    expect(bodies().slice(0, 5)).toEqual([
      `cozy_tenants_count 1\ncozy_loadbalancers_count 1\n`,
      ...[2, 3, 4, 5].map(body),
    ]);
  });

  it("in which it is off: nothing is collected, nothing is sent, and nothing is made up for", async () => {
    const { tell, output, ended } = living();
    await net.arrived(2);
    await tell("off");
    await several();
    const sent = bodies().length;
    await tell("on");
    const [before, after] = [...output().matchAll(/heard at (\d+)/g)].map(([, at]) => Number(at));
    await net.arrived(sent + 2);
    await tell("end");
    await ended;
    // At most the one that was being collected when the word came.
    expect((after ?? 0) - (before ?? 0)).toBeLessThanOrEqual(1);
    expect(bodies().slice(sent, sent + 2)).toEqual([body((after ?? 0) + 1), body((after ?? 0) + 2)]);
  });

  it("in which nobody answers well: one line at level debug, and the next one goes on without it", async () => {
    const answers = [200, 500, "hang up", 400] as const;
    net.answer = (_, nth) => answers[nth] ?? 200;
    const { tell, output, ended } = living();
    await net.arrived(6);
    await tell("end");
    expect(await ended).toBe(0);
    expect(bodies().slice(1, 6)).toEqual([2, 3, 4, 5, 6].map(body));
    expect(output().match(/^\w+ telemetry: .*$/gm)).toEqual(
      ["500", "failed (Connection reset)", "400"].map(
        (outcome) => `debug telemetry: POST https://${host} -> ${outcome}`,
      ),
    );
  });

  it("over which the process is suspended are not made up for: it goes on where it was, with no burst", async () => {
    const { child, tell, ended } = living();
    await net.arrived(3);
    child.kill("SIGSTOP");
    await several();
    const sent = bodies().length;
    await several();
    expect(bodies()).toHaveLength(sent);
    const stopped = tell("stop");
    child.kill("SIGCONT");
    await stopped;
    // What came due meanwhile is one report; the word is heard in the same turn or the next.
    expect(bodies().length - sent).toBeLessThanOrEqual(2);
    const others = bodies().slice(1);
    expect(others).toEqual(others.map((_, at) => body(at + 2)));
    await tell("end");
    expect(await ended).toBe(0);
  });

  it("a report that is on its way while the process is suspended arrives once", async () => {
    const { child, tell, ended } = living();
    net.answer = (_, nth) => {
      if (nth === 1) child.kill("SIGSTOP");
      return 200;
    };
    await net.arrived(2);
    await several();
    child.kill("SIGCONT");
    await net.arrived(4);
    await tell("end");
    await ended;
    expect(bodies().slice(1, 4)).toEqual([2, 3, 4].map(body));
  });

  it("after stop there are none", async () => {
    const { tell, ended } = living();
    await net.arrived(2);
    await tell("stop");
    await several();
    const sent = bodies().length;
    await several();
    expect(bodies()).toHaveLength(sent);
    await tell("end");
    await ended;
  });

  it("of which one never ends being collected: the others go on without it, and what it sets too late goes nowhere", async () => {
    const file = await program(`${start}
      const { setTimeout: once } = globalThis;
      globalThis.setTimeout = (run, pause, ...more) => once(run, pause < 60_000 ? pause : pause / 9000, ...more);
      let period = 0;
      let wake;
      const woken = new Promise((resolve) => { wake = resolve; });
      telemetry.startReports(async () => {
        telemetry.cozyTenantsCount(++period);
        if (period === 3) once(wake);
        if (period === 2) await woken.then(() => telemetry.cozyTenantsCount(9)).then(() => new Promise(() => undefined));
      });
      once(() => process.exit(1), 30_000);
      process.stdin.on("end", () => process.exit(0)).resume();`);
    const child = spawn(process.execPath, [file], { env: { HOME: temporary(), ...net.env }, stdio: "pipe" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await Promise.race([net.arrived(4), ended]);
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(bodies().slice(0, 4)).toEqual([1, 3, 4, 5].map(body));
  });

  it("keep no process alive", async () => {
    const { code, stderr } = await started(
      await program(`${start} telemetry.startReports(() => telemetry.cozyTenantsCount(1));`),
    );
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("the ConfigMap", () => {
  let file: string;
  beforeAll(async () => {
    file = await once("console.log('collected'); telemetry.cozyTenantsCount(2);");
  });

  it.each([
    {},
    null,
    { "telemetry-enabled": "true" },
    ...["False", "FALSE", "0", "no", "off", "", " false"].map((text) => ({ "telemetry-enabled": text })),
  ])("%j: on", async (map) => {
    expect(await started(file, map, { DO_NOT_TRACK: "1" })).toMatchObject({
      code: 0,
      bodies: ["cozy_tenants_count 2\n"],
    });
  });

  it("turned off by the document's own command: nothing is collected and nothing reached for", async () => {
    const map = { "bundle-name": "paas-full", "telemetry-enabled": "false" };
    expect(await started(file, map, { COZYSTACK_TELEMETRY: "1" })).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
      asked: [],
    });
  });

  it("turned off while a report is being collected: that one is not sent", async () => {
    const late = await program(`${start}
      await telemetry.reportOnce(async () => {
        telemetry.cozyTenantsCount(2);
        await new Promise((resolve) => setTimeout(resolve, 20));
        map = { "telemetry-enabled": "false" };
      });`);
    expect(await started(late)).toMatchObject({ code: 0, bodies: [] });
  });

  it.each([
    ["in time to come", 'async () => ({ "telemetry-enabled": "false" })'],
    ["in time to come, and fails", 'async () => { throw new Error("forbidden"); }'],
    ["and fails", '() => { throw new Error("forbidden"); }'],
    ["as its text", "() => 'telemetry-enabled: \"false\"'"],
    ["as a Map", '() => new Map([["telemetry-enabled", "false"]])'],
    ["as a list", '() => [["telemetry-enabled", "false"]]'],
  ])("a reader that gives it %s: may hold a no, so nothing is sent, and nothing breaks", async (_, config) => {
    const reader = await program(`
      import * as telemetry from "./generated/systems/cozystack/client/telemetry.js";
      telemetry.setup({ host: { config: ${config} } });
      await telemetry.reportOnce(() => { console.log("collected"); telemetry.cozyTenantsCount(2); });
      await new Promise((resolve) => setTimeout(resolve, 20));`);
    expect(await started(reader)).toMatchObject({ code: 0, stdout: "", stderr: "", asked: [] });
  });
});

describe("labels that may hold anything", () => {
  const values = [
    "",
    "plain",
    " spaced ",
    '"',
    "\\",
    "\n",
    "\\n",
    '\\"',
    '\\\\"\n\n"\\',
    'x"} 1\ncozy_tenants_count 9\n# ',
    "\r\n",
    "\r",
    "\t",
    'a,b="c"{}#',
    "é 漢字 🦊 \u2028 \u202e",
    "\u0000\u0007\u007f",
    "$& $1 {os}",
    "x".repeat(400),
  ];
  /** Reads the format by the format's own three rules; anything else may not be there. */
  const read = (text: string) =>
    [...text.matchAll(/\\(.)|([^\\"\n])/gsu)]
      .map(([, after, plain]) => plain ?? (after === "n" ? "\n" : after))
      .join("");

  let report: Arrived;
  beforeAll(async () => {
    const client = await changedClient("cozystack", [
      "        pattern: '^[A-Za-z0-9 ._+(),-]+$'\n        max_length: 128",
      "        pattern: '^[^~]*$'\n        max_length: 400",
    ]);
    const file = await program(
      `${start.replace("./generated/systems/cozystack/client", client)}
       await telemetry.reportOnce(() => ${JSON.stringify(values)}.forEach((os, at) => telemetry.cozyNodesCount({ os, kernel: "6.6" }, at)));`,
    );
    net.requests.length = 0;
    await started(file);
    report = net.requests[0] as Arrived;
  });

  it("are escaped by the format's three rules, and are as they were to who reads them", () => {
    const lines = report.body.split("\n");
    expect(lines.pop()).toBe("");
    const samples = lines.map((line) =>
      /^cozy_nodes_count\{os="((?:\\[\\"n]|[^\\"\n])*)",kernel="6\.6"\} (\d+)$/su.exec(line),
    );
    expect(samples.map((sample) => [read(sample?.[1] ?? "?"), Number(sample?.[2])])).toEqual(
      values.map((value, at) => [value, at]),
    );
    expect(lines[values.indexOf('\\\\"\n\n"\\')]).toContain(String.raw`os="\\\\\"\n\n\"\\"`);
  });

  it("travel as UTF-8, and the length is that of the bytes", () => {
    const { bytes, headers } = report;
    const sent = bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
    expect(headers).toContain(`content-length: ${sent.length}`);
    expect(sent.includes(Buffer.from("é 漢字 🦊 \u2028 \u202e"))).toBe(true);
  });

  it.runIf(hasRealPart("victoria-metrics"))("are what VictoriaMetrics stores of them", async () => {
    const store = await startMetrics();
    try {
      // A while ago: what is written now may not be found yet.
      const time = Date.now() - 3_600_000;
      await fetch(`${store.url}/api/v1/import/prometheus?timestamp=${time}`, { method: "POST", body: report.body });
      await store.flush();
      const answer = await fetch(`${store.url}/api/v1/export?match[]=cozy_nodes_count`);
      const found = (await answer.text())
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { metric: { os?: string }; values: number[] })
        .map(({ metric, values: [value] }) => [value, metric.os ?? ""] as const)
        .sort(([a = 0], [b = 0]) => a - b);
      expect(found).toEqual(values.map((value, at) => [at, value]));
    } finally {
      await store.remove();
    }
  });
});
