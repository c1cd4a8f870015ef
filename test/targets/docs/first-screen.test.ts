import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Model } from "../../../generator/model/model.js";
import { joinProgrammes } from "../../../generator/spec/join-programmes.js";
import { load, type SpecFile } from "../../../generator/spec/load.js";
import { readContract } from "../../../generator/spec/read-contract.js";
import { docsTarget } from "../../../generator/targets/docs/docs.js";
import { contract, FIVE } from "../five.js";

const products = "test/contracts";

/** The five systems, and every contract of another product. */
const all: readonly (readonly [name: string, model: Model])[] = [
  ...FIVE.map((name) => [name, contract(name)] as const),
  ...(
    await Promise.all(
      readdirSync(products, { withFileTypes: true })
        .filter((one) => one.isDirectory())
        .map(async ({ name }) => {
          const { specs } = await load(join(products, name, "spec"), "spec", async () => ({ joinProgrammes }));
          return specs.map((spec) => told(name, spec));
        }),
    )
  ).flat(),
];

function told(product: string, { bytes, source, system }: SpecFile): readonly [name: string, model: Model] {
  const { model } = readContract(Buffer.from(bytes).toString(), source);
  if (model === undefined) throw new Error(`${product} doesn't load.`);
  return [`${product} ${system}`.trim(), model];
}

/** The answers that a reader finds on the first screen, by the question. */
function firstScreen(page: string): ReadonlyMap<string, string> {
  const [first = ""] = page.split("\n## Why\n");
  const [status = "", short = ""] = first.split("\n## In short\n");
  const answers = [...short.matchAll(/^\*\*([^*]+):\*\*((?:.|\n(?!\*\*[^*]+:\*\*))*)/gm)];
  return new Map([["status", status], ...answers.map(([, question = "", answer = ""]) => [question, answer] as const)]);
}

/** A product's own words as the page prints them: without what Markdown adds. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>()]|&\w+;/g, "").replace(/\s+/g, " ");

describe.each(all)("what a sceptic asks of %s is answered on the first screen", (_name, model) => {
  const page = docsTarget.generate(model)[0]?.text ?? "";
  const answers = firstScreen(page);
  const answer = (question: string) => answers.get(question) ?? "";

  test("is it on, and how do I turn it off?", () => {
    const status = answer("status");
    if (model.retired !== undefined) expect(status).toContain("**Retired.**");
    else if (model.consent.none !== undefined) expect(status).toContain("**It can't be turned off");
    else {
      expect(status).toMatch(/\*\*(On|Off) by default\.\*\*/);
      // Where parts have the only switches, their names are here, and their switches in their sections.
      const parts = model.consent.parts ?? [];
      for (const { name } of parts) expect(status).toContain(`**\`${name}\`**`);
      if (parts.length === 0 || status.includes("To turn it off"))
        expect(status).toMatch(/To turn it off( again)?(, any one of these is enough)?(:\n\n```sh\n.+\n|, .+\.)/);
      expect(status).not.toMatch(/^export \w+=$/m);
    }
    // Whatever is sent in spite of a no is named before anything else.
    for (const { evenWhenOff, wireName } of model.events)
      if (evenWhenOff !== undefined && model.retired === undefined) expect(status).toContain(`**\`${wireName}\`**`);
  });

  test("what does it send?", () => {
    const sent = answer("What is sent");
    const all = [...model.events, ...model.metrics];
    const more = (count: number) => (count > 12 ? `and ${count - 12} more` : "");
    for (const part of [all, model.common]) {
      for (const { wireName } of part.slice(0, 12)) expect(sent).toContain(wireName);
      expect(sent).toContain(more(part.length));
    }
    expect(sent).toMatch(/Nothing else is sent\.|This page is the complete list/);
  });

  test("what does it never send?", () => {
    for (const one of model.neverCollected) expect(plain(answer("What is never sent"))).toContain(plain(one));
  });

  test("does it know who I am?", () => {
    const identifiers = answer("Identifiers");
    if (model.identifiers.length === 0) expect(identifiers).toMatch(/^ none\./);
    for (const { derivedFrom, justification, madeFrom, name } of model.identifiers) {
      expect(identifiers).toMatch(
        new RegExp(
          `\`${name}\` \\((${{ random: "random", hash: "the hash of something random", given: derivedFrom ? "derived from" : "not random" }[madeFrom]})`,
        ),
      );
      if (justification !== undefined) expect(plain(identifiers)).toContain(plain(justification));
    }
  });

  test("who gets it, for how long, and what about my IP address?", () => {
    const { clientIp, namedBy, operator, retention, url } = model.destination;
    const where = answer("Where to");
    expect(plain(where)).toContain(plain(operator.name));
    expect(where).toContain(operator.party === "first" ? "(first party)" : "a third party");
    expect(where).toContain(namedBy === undefined ? url.replaceAll("{$", "{") : "nothing is recorded");
    const ip: Readonly<Record<typeof clientIp, RegExp>> = {
      "never-read": /never reads your IP address/,
      discarded: /discards your IP address/,
      "geolocated-then-discarded": /coarse geolocation/,
      stored: /stores your IP address/,
      "not-stated": /IP address is not stated/,
    };
    expect(where).toMatch(ip[clientIp]);
    const kept = answer("How long it is kept");
    expect(kept.trim()).not.toBe("");
    expect(/not stated/.test(kept)).toBe(retention === undefined);
  });
});
