import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere } from "../../support/real-part.js";
import { type Gateway, gateway } from "../gateway.js";
import { queued, temporary } from "../program.js";
import { certificates } from "../proof/network-space.js";
import { forms } from "./forms.js";
import { nodes, type Runtime, runBy } from "./nodes.js";
import { compiled } from "./project.js";

const addresses = {
  codegraph: "https://telemetry.getcodegraph.com/v1/events",
  cocoindex: "https://cocoindex.gateway.scarf.sh/python-0.9.12",
  cozystack: "https://telemetry.cozystack.io/",
  docglow: "https://api.docglow.com/v1/telemetry/events",
  jina: "https://telemetry.jina.ai/",
};

beforeAll(() => {
  compiled();
});

/** A receiver of its own for one test. */
const received = () => gateway(Object.values(addresses).map((address) => new URL(address).hostname));

/** Returns the addresses that requests were meant to go to, by their own words. */
const named = ({ requests }: Gateway) =>
  requests.map(({ line, headers }) => {
    const [, host] = /^host: (.*)$/im.exec(headers.join("\n")) ?? [];
    return `https://${host}${line.split(" ")[1]}`;
  });

/** Deno has no TLS over a connection that a proxy made: there nothing is sent. */
const throughProxies = ({ name }: Runtime) => !name.startsWith("Deno");

/** Of a signal that a program sends to itself Deno tells it only now and then. */
const hearsItself = throughProxies;

const built = new Map<string, Promise<string>>();

describe.each(nodes)("$name", (node) => {
  it.each(Object.entries(forms))("CodeGraph's program, %s", async (name, form) => {
    const folder = join(dirname(compiled()), name.replace(/\W+/g, "-"));
    mkdirSync(folder, { recursive: true });
    const file = await (built.get(name) ?? built.set(name, form(folder)).get(name));
    const at = async (home: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      runBy(node, [file ?? "", ...words], { HOME: home, ...env });

    const ends = ["nothing", "end", "exit", "thread", ...(hearsItself(node) ? ["signal"] : [])].map(async (way) => {
      const home = temporary();
      const { code, signal, stdout, stderr } = await at(home, [way]);
      return [way, code, signal, stdout + stderr, queued(home).length];
    });
    expect(await Promise.all(ends)).toEqual([
      ["nothing", 0, null, "", 0],
      ["end", 0, null, "", 2],
      ["exit", 7, null, "", 2],
      ["thread", 0, null, "", 2],
      ...(hearsItself(node) ? [["signal", null, "SIGTERM", "", 2]] : []),
    ]);

    const home = temporary();
    const to = await received();
    if (throughProxies(node))
      try {
        const sent = await at(home, ["send"], to.env);
        expect(sent).toMatchObject({ code: 0, stdout: "" });
        expect(sent.stderr).toMatch(/^codegraph collects anonymous usage stats[^\n]*\n$/);
        expect(named(to)).toEqual([addresses.codegraph]);
        const body = JSON.parse(to.requests[0]?.body ?? "") as { events: object[]; node_major: number };
        expect(body).toMatchObject({ codegraph_version: "0.9.12", events: [{ event: "install" }] });
        // Today's counts wait for the end of the day.
        expect(queued(home)).toHaveLength(1);
      } finally {
        to.close();
      }
    else await at(home, ["end"]);
    for (const [words, code, said] of [
      [["status"], 0, /enabled: yes/],
      [["show"], 0, /"codegraph_version": ?"0\.9\.12"/],
      [["off"], 0, /Telemetry is off/],
      [["status", "--json"], 0, /"enabled": ?false/],
      [["on"], 0, /Telemetry is on/],
      [["reset"], 0, /identifier/],
      [["nonsense"], 2, /^$/],
    ] as const) {
      const ran = await at(home, ["command", ...words]);
      expect([words, ran.code]).toEqual([words, code]);
      expect(ran.stdout).toMatch(said);
    }
  });

  const proxied = throughProxies(node) ? it : it.skip; // Deno sends nothing through a proxy, as docs/wire-the-client.md says.
  proxied.each(["cocoindex", "cozystack", "jina"] as const)("%s sends to where its contract says", async (system) => {
    const to = await received();
    try {
      const { code, stdout } = await runBy(node, [join(compiled(), `${system}.js`)], {
        HOME: temporary(),
        ...to.env,
      });
      expect([code, stdout]).toEqual([0, ""]);
      expect(named(to)).toEqual([addresses[system]]);
    } finally {
      to.close();
    }
  });

  it("docglow sends without a proxy, too", async () => {
    const { key, cert } = certificates(["localhost"]);
    const bodies: string[] = [];
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      request.on("data", (data: Buffer) => bodies.push(data.toString()));
      request.on("end", () => response.writeHead(204).end());
    }).listen(0, "localhost");
    await once(server, "listening");
    const home = temporary();
    const env = {
      HOME: home,
      NODE_EXTRA_CA_CERTS: cert,
      DENO_CERT: cert,
      DOCGLOW_TELEMETRY_ENDPOINT: `https://localhost:${(server.address() as AddressInfo).port}/own`,
    };
    try {
      await runBy(node, [join(compiled(), "docglow.js"), "enable"], env);
      const { code, stderr } = await runBy(node, [join(compiled(), "docglow.js")], env);
      expect([code, stderr, bodies.length]).toEqual([0, "", 1]);
    } finally {
      server.close();
    }
  });

  proxied("docglow asks, is told yes, and sends to the contract's address or another", async () => {
    const to = await received();
    const home = temporary();
    const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      runBy(node, [join(compiled(), "docglow.js"), ...words], { HOME: home, ...to.env, ...env });
    try {
      await run([]);
      expect(to.requests).toEqual([]);
      expect(await run(["enable"])).toMatchObject({ code: 0 });
      await run([]);
      await run([], { DOCGLOW_TELEMETRY_ENDPOINT: "https://telemetry.jina.ai/own" });
      await run([], { DOCGLOW_TELEMETRY_ENDPOINT: "http://telemetry.jina.ai/own" });
      expect(named(to)).toEqual([addresses.docglow, "https://telemetry.jina.ai/own", addresses.docglow]);
    } finally {
      to.close();
    }
  });
});

/** Node takes types out by itself since 22.6; the client beside such a program is the one that is generated in JavaScript. */
const stripping = nodes.filter(({ name }) => /^Node v(2[2-9]|[3-9]\d)\./.test(name));
it.runIf(isThere("a Node that strips types (in PLAINSIGHT_NODES)", stripping.length > 0))(
  "a program in TypeScript that is not compiled at all",
  async () => {
    const folder = join(dirname(compiled()), "not-compiled");
    mkdirSync(folder);
    await forms["generated in JavaScript"](folder);
    for (const node of stripping) {
      const home = temporary();
      const { code, stdout } = await runBy(node, ["--experimental-strip-types", join(folder, "main.ts"), "end"], {
        HOME: home,
      });
      expect([code, stdout, queued(home).length]).toEqual([0, "", 2]);
    }
  },
);
afterAll(() => built.clear());
