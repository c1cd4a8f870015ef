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
    ["get", "a malformed address (400); from a web page"],
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
    ["what a fact means is said wherever it is named", "**Only where** a person is there."],
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
  const pageOf = (what: string, does: string, more = "") =>
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
${more}`),
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

  test("a time that no request holds is not said to be removed", () => {
    const more = "ingest: { accept_times: { past: 30d } }\n";
    expect(pageOf("one report", "forgets it", more)).not.toContain("a time over 30 days ago");
  });
});
