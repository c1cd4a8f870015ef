import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRealPart } from "../../support/real-part.js";
import { program, queued, temporary } from "../program.js";
import { certificates, type Listener, type NetworkSpace, networkSpace, silent, unreachable } from "./network-space.js";

/**
 * The real client with its real address and transport, in networks of its own. Whatever the network does, a program ends as it
 * would have, prints nothing but the notice, and no event is lost or sent twice.
 */
const home = "telemetry.getcodegraph.com";
const others = ["elsewhere.example"];
/** Jina's: an event that leaves at once and is kept nowhere. */
const immediate = "telemetry.jina.ai";
const notice =
  'codegraph collects anonymous usage stats (no code or paths) — "codegraph telemetry off" or CODEGRAPH_TELEMETRY=0 disables. Details: TELEMETRY.md\n';

interface State {
  readonly address?: string;
  readonly listener?: string;
  readonly resolver?: string;
  readonly env?: Record<string, string>;
  /** The receiver's authority is unknown to the program. */
  readonly untrusted?: true;
  /** True if requests can arrive at all. */
  readonly arrives: boolean;
}

const here = "127.0.0.1";
const states: Readonly<Record<string, State>> = {
  "an endpoint that answers": { address: here, listener: "204", arrives: true },
  "an error of the receiver's": { address: here, listener: "500", arrives: true },
  "a 204 with a body": { address: here, listener: "204 with a body", arrives: true },
  "no answer": { address: here, listener: "never", arrives: true },
  "an answer without end": { address: here, listener: "endless", arrives: true },
  "an answer's headers without end": { address: here, listener: "headers without end", arrives: true },
  "a redirect to another host": { address: here, listener: "redirect", arrives: true },
  "nobody who listens": { address: here, arrives: false },
  "a black hole": { address: silent, arrives: false },
  "no way there": { address: unreachable, arrives: false },
  "a resolver that is dead": { resolver: silent, arrives: false },
  "a resolver that refuses": { resolver: here, arrives: false },
  "a certificate of nobody's": { address: here, listener: "204", untrusted: true, arrives: false },
  "a TLS that never begins": { address: here, listener: "mute", arrives: false },
  "a proxy in the environment that says nothing": {
    address: here,
    listener: "204",
    env: Object.fromEntries(
      ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"].map((name) => [
        name,
        "http://127.0.0.1:8888",
      ]),
    ),
    arrives: false,
  },
};

/**
 * A request is given ten minutes, and so is a name: a program that waits for either is ended from outside long before, and has no
 * exit code then. So nothing has to be timed.
 */
const patient = "Object.assign(contract, { timeout: 600_000 });";

/** The ways in which the program leaves. */
const ways = {
  "ends by itself": "telemetry.commandStart('index');",
  "ends by itself after a while": "telemetry.commandStart('index'); setTimeout(() => undefined, 300);",
  "ends by process.exit() while it is sent": "telemetry.commandStart('index'); setTimeout(() => process.exit(0), 120);",
  "waits for its flush": "await telemetry.commandEnd('install');",
} as const;

describe.runIf(hasRealPart("network namespaces"))("in a network of its own", () => {
  let file: string;
  let at_once: string;
  let tls: ReturnType<typeof certificates>;
  const spaces: NetworkSpace[] = [];
  beforeAll(async () => {
    tls = certificates([home, ...others, immediate]);
    file = await program(`
      import * as telemetry from "./generated/client/telemetry.js";
      import { contract } from "./generated/client/client.js";
      ${patient}
      // Who waits, waits for an answer that never comes, too: long enough for a machine that has other things to do.
      if (process.argv[2].startsWith("waits")) Object.assign(contract, { timeout: 8000 });
      telemetry.install({ targets: ["claude"], scope: "local", kind: "fresh", sqliteBackend: "native" });
      ${Object.entries(ways)
        .map(([name, code]) => `if (process.argv[2] === ${JSON.stringify(name)}) { ${code} }`)
        .join("\n")}`);
    at_once = await program(`
      import * as telemetry from "./generated/systems/jina/client/telemetry.js";
      import { contract } from "./generated/systems/jina/client/client.js";
      ${patient}
      telemetry.setup({ jinaProto: "0.1.13", docarray: "0.15.2", protobuf: "3.20.1", protoBackend: "cpp", grpcio: "1.46.3", pyyaml: "6.0", python: "3.7.9", platform: "Darwin",
        platformRelease: "21.6.0", platformVersion: "Darwin", architecture: "x86_64", processor: "i386", ciVendor: "(unset)", version: "3.7.13" });
      telemetry.flowStart();
      if (process.argv[2] === "wait") await telemetry.flush(300);`);
  });
  afterAll(() => {
    for (const one of spaces) one.remove();
  });

  it.concurrent.each(Object.entries(states))("%s", async (_, state) => {
    const { address, listener, resolver, env = {}, untrusted } = state;
    const names =
      address === undefined ? {} : Object.fromEntries([home, ...others, immediate].map((name) => [name, address]));
    const space = networkSpace({ names, ...(resolver === undefined ? {} : { resolver }) });
    spaces.push(space);
    const files = { KEY: tls.key, CERT: tls.cert };
    const receiver: Listener | undefined = listener === undefined ? undefined : await space.listen(listener, files);
    const proxy = state.env === undefined ? undefined : await space.listen("mute", { ...files, PORT: "8888" });
    const trust = untrusted ? {} : { NODE_EXTRA_CA_CERTS: tls.cert };

    for (const way of Object.keys(ways)) {
      const machine = temporary();
      const before = receiver?.seen().length ?? 0;
      const ran = await space.run(file, { home: machine, args: [way], env: { ...trust, ...env } });
      expect([way, ran.code, ran.stdout, ran.stderr.replace(notice, "")]).toEqual([way, 0, "", ""]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const requests = (receiver?.seen() ?? []).slice(before).filter(({ body }) => body !== undefined);
      expect([way, requests.length + queued(machine).length]).toEqual([way, 1]);
      if (!state.arrives) expect([way, requests.length]).toEqual([way, 0]);
      else if (way === "waits for its flush") expect([way, requests.length]).toEqual([way, 1]);
    }
    for (const way of ["go", "wait"]) {
      const ran = await space.run(at_once, { home: temporary(), args: [way], env: { ...trust, ...env } });
      expect([ran.code, ran.stdout, ran.stderr]).toEqual([0, "", ""]);
    }
    // Nothing followed the redirect, and nothing went past the proxy, which learns the host's name and no more.
    expect(
      (receiver?.seen() ?? []).filter(({ host }) => host !== undefined && host !== home && host !== immediate),
    ).toEqual([]);
    if (proxy !== undefined) {
      expect(receiver?.seen()).toEqual([]);
      const said = proxy.seen().flatMap(({ said }) => said ?? []);
      expect(said.length).toBeGreaterThan(0);
      for (const one of said)
        expect(one).toMatch(
          /^CONNECT telemetry\.(getcodegraph\.com|jina\.ai):443 HTTP\/1\.1\r\n(host: \S+\r\n|connection: \S+\r\n)*\r\n$/i,
        );
    }
    await Promise.all([receiver?.end(), proxy?.end()]);
  });
});
