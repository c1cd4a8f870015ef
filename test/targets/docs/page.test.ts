import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { modelOf } from "../../support/project.js";
import { toolContract } from "../../support/tool-contract.js";
import { contract, FIVE } from "../five.js";
import { asRead, rendered, squeezed } from "./as-read.js";

/** By `wc -w`, as readers feel it: 2,000 for the largest. These only become less. */
const MOST_WORDS = { codegraph: 2000, cocoindex: 1000, cozystack: 1300, docglow: 1420, jina: 1400 } as const;

describe.each(FIVE)("the first screen of %s", (product) => {
  const page = docsTarget.generate(contract(product))[0]?.text ?? "";
  const [first = ""] = page.split("\n## Why\n");

  test("names the product, says on or off, and answers the five questions", () => {
    expect(first.split("\n")[2]?.toLowerCase()).toContain(product);
    const asked = ["What is sent", "What is never sent", "Identifiers", "Where to", "How long it is kept"];
    expect([...first.matchAll(/^\*\*([^*]+):\*\*/gm)].map(([, question]) => question)).toEqual(asked);
    expect(first.split(/\s+/).length).toBeLessThan(260);
  });

  test("stays short", () => {
    expect(page.split(/\s+/).filter((word) => word !== "").length).toBeLessThanOrEqual(
      MOST_WORDS[product as keyof typeof MOST_WORDS],
    );
  });
});

describe.each(FIVE)("%s", (product) => {
  const page = docsTarget.generate(contract(product))[0]?.text ?? "";
  const seen = squeezed(asRead(rendered(page)));
  const { sentences } = JSON.parse(readFileSync(`test/targets/docs/must-contain/${product}.json`, "utf8")) as {
    sentences: readonly (readonly [string, readonly string[]])[];
  };

  test.each(sentences)("answers the document: %s", (_about, texts) => {
    expect(texts.filter((text) => !seen.includes(squeezed(text)))).toEqual([]);
  });

  test("says first whether it is on, and how to end that", () => {
    const [, title, status, , line] = page.split("\n\n").join("\n").split("\n");
    expect(title).toMatch(/^# /);
    expect(status).toMatch(/^\*\*(On|Off) by default\.\*\* .*:$/);
    expect(line?.length).toBeGreaterThan(0);
    expect(page).not.toMatch(/opt-(in|out) by default/);
  });

  test("has one line per row and item, ends in one newline, and holds no HTML but the marker", () => {
    expect(page.endsWith("\n") && !page.endsWith("\n\n")).toBe(true);
    expect(page).not.toMatch(/[ \t]$/m);
    expect(page.match(/<[a-z!/]/gi)).toEqual(["<!", ...(product === "cocoindex" ? ["<h"] : [])]);
  });
});

describe("what stands outside of the body", () => {
  const pageOf = (envelope: string) => {
    const source = `test/wire/envelopes/${envelope}/spec/events.yaml`;
    return docsTarget.generate(modelOf(readFileSync(source, "utf8"), source))[0]?.text ?? "";
  };

  test("is named where the body holds all the others", () => {
    expect(pageOf("nuxt")).toContain("`version` is sent in the header `User-Agent`, and not in the body.");
  });

  test.each(["posthog", "get", "head"])(
    "is not named in %s, where nobody would look for it in the body",
    (envelope) => {
      expect(pageOf(envelope)).not.toContain("and not in the body");
    },
  );

  test.each([
    ["get", "a malformed address or header (400); from a web page"],
    ["head", "a malformed address (400); from a web page"],
    ["posthog", "a malformed body (400); compressed, or not `application/json` (415); from a web page"],
  ])("%s: nothing is refused for a body that it can't have", (envelope, refused) => {
    expect(pageOf(envelope)).toContain(refused);
  });
});

describe("a sentence that depends on what another place says", () => {
  const source = toolContract(`
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }]
  notice: { when: first-run, stream: stdout, text: It counts., once: false, only_where: { fact: tty, means: a person is there } }
identifiers:
  acct: { identifies: account, made_from: given, what: the account, derived_from: [account], justification: People see their own usage., format: { type: string, pattern: "^[a-z]{8}$", max_length: 8 }, created: platform }
destination:
  url: https://telemetry.tool.example/v1/{common.acct}
  operator: { name: Tool, party: first }
  client_ip: discarded
  retention: { raw: 30d }
  deletion: Write to privacy@tool.example.
common: { acct: { type: identifier, example: abcdefgh, why: W. } }
events:
  view: { only_where: tty, limit: { once_per: day }, when: Now., why: To see. }
wire: { format: json, body: { event: $event } }
delivery: { mode: immediate }
`);
  const page = docsTarget.generate(modelOf(source, "spec/events.yaml"))[0]?.text ?? "";

  test.each([
    ["what a fact means is said wherever it is named", "**Only where** a person is there; not where that is unknown."],
    ["an identifier in the address is sent", "**Sent with:** every request, in its address."],
    ["and links reports", "`acct` links reports to one another, by design."],
    [
      "a notice of each run is not one of the first",
      "At each run that has something to send, this is printed on stdout",
    ],
    ["a limit leaves a file", "in files beginning with `{app_dir}/tool-once-`"],
  ])("%s", (_, sentence) => {
    expect(page).toContain(sentence);
  });
});

describe("a page says what is so, and where", () => {
  const given = {
    consent: "{ model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }",
    delivery: "{ mode: immediate }",
  };
  const usual = (source: string) =>
    Object.entries(given).reduce(
      (text, [key, value]) => (text.includes(`${key}: `) ? text : `${text}\n${key}: ${value}`),
      source,
    );
  const page = (source: string) =>
    docsTarget.generate(modelOf(toolContract(usual(source)), "spec/events.yaml"))[0]?.text ?? "";
  const state = "state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool } } }";
  const order = "order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]";
  const commands =
    "commands: { status: { run: tool t status }, enable: { run: tool t on }, disable: { run: tool t off }, forget: { run: tool t forget } }";
  const consent = `consent: { model: opt-out, ${order}, ${state}, ${commands} }`;
  const id = "machine_id: { identifies: machine, made_from: random, format: { type: uuid }, created: first-run }";
  const event = "events: { ran: { when: Now., why: To see. } }";
  const wire = "wire: { format: json, body: { event: $event, $common: , $fields: } }";
  const lone = "wire: { format: json, body: { event: $event } }";
  const kept =
    "delivery: { mode: queued, queue: { file: ~/.tool/q.jsonl, max_size: 64KiB, when_full: drop-oldest }, flush: [{ at: command-end, wait: true }] }";
  const to = "operator: { name: Tool, party: first }\n  client_ip: discarded\n  deletion: Ask.";

  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      "nobody is asked where there is no switch, and no part is spoken of",
      `consent: none\njustification: This is run by its makers alone.\nidentifiers: none\n${event}\n${lone}\ndelivery: { mode: immediate, attempts: 3, timeout: 2s }`,
      ["\nAlways: nobody is asked, and nothing turns it off.\n", "tried 3 times at most, within 2 seconds in all; any"],
      ["each part is decided", "takes effect at once"],
    ],
    [
      "no choice is kept where there is none",
      `consent: { model: none, justification: This is run by its makers alone., state_file: { path: /var/lib/tool/s.json, keys: { sid: { type: identifier, of: machine_id } } } }\njustification: This is run by its makers alone.\nidentifiers: { ${id} }\ncommon: { machine_id: { type: identifier, why: W. } }\n${event}\n${wire}\ndelivery: { mode: immediate }`,
      [
        "Whatever must outlast the program is kept in `/var/lib/tool/s.json`",
        "It holds `sid` (which is `machine_id`).",
      ],
      ["Your choice"],
    ],
    [
      "what stands in the address goes with every event, too",
      `identifiers: none\ndestination:\n  url: https://t.tool.example/{common.channel}/{event}\n  method: GET\n  retention: { raw: 1d }\n  ${to}\ncommon: { channel: { type: enum, values: [a, b], from: setup, why: W. } }\n${event}\nwire: { format: query, query: { at: $time } }`,
      [
        "`ran`; with every event `channel`.",
        "is filled in with what the table above says, and with:",
        "a request of its own, without a body.",
      ],
      [],
    ],
    [
      "what is sent although telemetry is off carries no identifier",
      `${consent.replace(", forget: { run: tool t forget }", "")}\nidentifiers: { ${id} }\ncommon: { machine_id: { type: identifier, why: W. } }\nevents:\n  left: { when: Off., why: W., even_when_off: { reason: Noes count., despite: [stored], on: disable } }\n  ran: { when: Now., why: W. }\n${wire}\ndelivery: { mode: immediate }`,
      ["with every event `machine_id` (but no `machine_id` with `left`).", "**Sent with:** every event but `left`."],
      [],
    ],
    [
      "waiting events, deletion, and clocks",
      `${consent}\nidentifiers: { ${id} }\ndestination:\n  url: https://t.tool.example/v1\n  retention: { raw: 1d, aggregates: a year, tiers: { backups: 30d } }\n  ${to}\ncommon: { machine_id: { type: identifier, why: W. } }\nevents: { ran: { when: Now., why: W., limit: { once_per: 12h } } }\n${wire}\n${kept}\nguarantees: [never-blocks]\ningest: { forward_to: { sink: sqlite }, rate_limit: { per: machine_id, requests: 9, window: 1m } }`,
      [
        "A no by command deletes them; any other holds them back.",
        "That doesn't reach aggregates and backups: see [in short](#in-short).",
        "at most once in 12 hours. The 12 hours are counted from 1970 (UTC), not from the last one.",
        "each command ends (waiting 5 seconds at most)",
        "Recording never makes the program wait.",
      ],
      ["The program never waits"],
    ],
    [
      "an identifier under another name, and in a list; a hash is no open text",
      `identifiers: { env: { identifies: environment, made_from: given, what: names, format: { type: string, pattern: "^[a-z]{4}$", max_length: 4 }, created: platform } }\nevents: { ran: { when: Now., why: W., fields: { envs: { type: list, of: { type: identifier, of: env }, max_items: 2, example: [prod], why: W. }, other: { type: identifier, of: env, example: test, why: W. }, branch: { type: hashed, of: { type: string, pattern: "^[a-z]{1,9}$", max_length: 9 }, what: the branch, by: sha256, salt: machine, keep: 16 hex, justification: Many machines share one., why: W. } } } }\n${wire}`,
      [
        "each `env`, see [Identifiers](#identifiers).",
        "**`other`**: `env`, see [Identifiers](#identifiers).",
        "No identifier because: Many machines share one.",
      ],
      ["Open text because", "each see"],
    ],
    [
      "what becomes of the path where somebody names another address",
      `identifiers: none\ndestination:\n  url: https://t.tool.example/{common.channel}/{event}\n  retention: { raw: 1d }\n  override: { order: [{ env: TOOL_URL }] }\n  ${to}\ncommon: { channel: { type: enum, values: [a, b], from: setup, why: W. } }\n${event}\nwire: { format: json, headers: { X-T: "t {event}" }, body: { at: $time } }\nretired: { since: "2026-06-01", why: It is over. }`,
      [
        "It is used as it is written: `channel` is not filled in. `{$event}` in it is filled in; what has no place there is sent in the query.",
        "- what this page lists: discarded (204)",
        "a malformed body or header (400)",
      ],
      ["accepted (204)"],
    ],
    [
      "words in any case, and others that aren't",
      `consent: { model: opt-out, order: [{ env: TOOL_T, disable_when: ["false", disabled, falsy] }] }\nidentifiers: none\n${event}\n${lone}`,
      ["**off** if `0`, `false`, `no` or `off`, in any letter case, or exactly `disabled`\n"],
      [],
    ],
    [
      "where the application's folder is, also without a state in it",
      `consent: { model: opt-out, order: [{ env: TOOL_T, disable_when: truthy }] }\nidentifiers: none\nevents: { ran: { every: 6h, why: W. } }\n${lone}\ndelivery: { mode: immediate }`,
      [
        "When a scheduled event was last sent is kept on your machine, in files beginning with `{app_dir}/tool-once-`.",
        "- `{app_dir}` is `~/.config/tool`",
      ],
      [],
    ],
    [
      "in CI, where nothing is sent there",
      `consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { fact: ci }] }\nidentifiers: { ${id.replace("}, created", "}, in_ci: leave-out, created")} }\ncommon: { machine_id: { type: identifier, why: W. } }\n${event}\n${wire}\ndelivery: { mode: immediate }`,
      ["**the program runs in CI**"],
      ["**In CI:**"],
    ],
  ])("%s", (_, source, said, not) => {
    const text = page(source);
    for (const sentence of said) expect(text).toContain(sentence);
    for (const sentence of not) expect(text).not.toContain(sentence);
  });
});

test("each reason for something wide is printed, however deep it stands, and says what it is a reason for", () => {
  const wide = (reason: string) =>
    `{ type: string, pattern: "^.*$", max_length: 40, justification: The reason ${reason}. }`;
  const hash = (more: string) =>
    `{ type: hashed, of: word, what: the remote, by: sha256, salt: none, keep: 16 hex, ${more} }`;
  const source = toolContract(`
consent: { model: opt-out, order: [{ env: DO_NOT_TRACK, disable_when: truthy }] }
identifiers:
  repo: { identifies: project, made_from: given, what: the remote, created: platform, format: ${hash(`clear: ${wide("of what stays clear")}`)} }
types:
  word: { type: string, pattern: "^[a-z]+$", max_length: 9 }
events:
  ran:
    when: Now.
    why: To see.
    fields:
      keyed: { type: map, keys: ${wide("of a key")}, of: { type: bool }, max_items: 2000, justification: The reason of so many., example: {}, why: W. }
      nested: { type: list, of: { type: list, of: ${wide("of an item in a list in a list")}, max_items: 2 }, max_items: 2, example: [], why: W. }
      which: { type: enum, values: [one, two], why: W. }
      cased: { type: one_of, by: which, cases: { one: ${wide("of a case")}, two: { type: bool } }, example: a, why: W. }
      other: ${hash("justification: The reason of a hash., why: W.")}
      repo: { type: identifier, example: 0a1b2c3d4e5f6071, why: W. }
wire: { format: json, body: { event: $event, $fields: } }
delivery: { mode: immediate }
`);
  const page = docsTarget.generate(modelOf(source, "spec/events.yaml"))[0]?.text ?? "";
  for (const reason of [
    "Open text because: The reason of what stays clear.",
    "So many because: The reason of so many. Open text because: The reason of a key.",
    "Open text because: The reason of an item in a list in a list.",
    "Open text because: The reason of a case.",
    "No identifier because: The reason of a hash.",
  ])
    expect(page).toContain(reason);
});

describe("a contract's words inside a sentence of ours", () => {
  const pageOf = (what: string, does: string) =>
    docsTarget.generate(
      modelOf(
        toolContract(`
consent:
  model: opt-out
  order: [{ env: DO_NOT_TRACK, disable_when: truthy }, { stored: enabled }]
  state_file: { path: ~/.tool/state.json, keys: { enabled: { type: bool } }, deleting_it: ${does} }
identifiers: { id: { identifies: other, what: ${what}, made_from: random, format: { type: uuid }, created: each-event } }
events: { ran: { when: Now., why: To see., fields: { id: { type: identifier, why: W. } } } }
wire: { format: json, body: { event: $event, $fields: } }
delivery: { mode: immediate }
`),
        "spec/events.yaml",
      ),
    )[0]?.text ?? "";

  test.each([
    ["one report", "forgets the answer", "tells one report from another", "Deleting it forgets the answer."],
    ["A ping.", "forgets the answer.", "tells one ping from another", "Deleting it forgets the answer."],
    ["what a person ran", "It is reset.", "tells one from another: what a person ran", "Deleting it: It is reset."],
  ])("%s, %s", (what, does, ...sentences) => {
    const page = pageOf(what, does);
    for (const sentence of sentences) expect(page).toContain(sentence);
    expect(page).not.toContain("..");
  });
});
