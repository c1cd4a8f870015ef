import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { draftContract } from "../../generator/learn/draft.js";
import { fc } from "../support/property.js";
import { drafted, json, nothingClosed } from "./samples.js";

describe("what must not be collected", () => {
  const worrying: readonly (readonly [string, string, string])[] = [
    ["cwd", "/home/ann/secret-project", "a path in the file system"],
    ["where", "C:\\Users\\ann\\x", "a path in the file system"],
    ["error", "ENOENT: no such file, open '/home/ann/x'", "a path in the file system"],
    ["host", "ann-laptop", "a host's name"],
    ["machine", "build7.corp.example.com", "a host's name"],
    ["mail", "ann@example.org", "an e-mail address"],
    ["who", "ann@example.org", "an e-mail address"],
    ["user", "ann", "a person's or account's name"],
    ["remote", "https://example.org/ann/repo.git", "a web address"],
    ["remote", "https://ann:pw@example.org/repo.git", "a key, token or password"],
    ["t", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "a key, token or password"],
    ["api_token", "hunter2", "a key, token or password"],
    ["peer", "192.168.1.20", "an IP or hardware address"],
    ["peer", "2001:db8::1", "an IP or hardware address"],
    ["nic", "aa:bb:cc:dd:ee:ff", "an IP or hardware address"],
    ["note", "could not open the file at all", "free text"],
    // What a maker calls its thing is a row of names and numbers, not of words.
    ["os_note", "it is the one from work", "free text"],
    ["title", "OpenJDK 64-Bit Server VM", "free text"],
  ];
  it.each(worrying)("%s: %s", (key, value, what) => {
    const draft = draftContract(json({ event: "run", [key]: value, ok: true }), () => true);
    expect(draft.concerns).toContainEqual({ path: `run.${key}`, what, times: 1, of: 1 });
    expect(draft.text).not.toContain(value);
    expect(draft.text).toContain(`# ${key} is left out: it looks like ${what}.`);
  });

  it.each([
    ["user_count", 3],
    ["file.encoding", "UTF-8"],
    ["host_kind", "vm"],
    ["version", "1.2.3.4"],
    ["language", "en-US"],
    ["image", "node:20"],
    ["java.vm.name", "OpenJDK 64-Bit Server VM"],
    ["cpu", "Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz"],
  ])("%s is no reason to worry", (key, value) =>
    expect(draftContract(json({ event: "run", [key]: value }), nothingClosed).concerns).toEqual([]),
  );

  it("what is left out of an object in a list is named, too", () => {
    const { leftOut, text } = draftContract(
      json({ event: "run", all: [{ ok: true, in: { cwd: "/home/ann/x", n: 1 } }] }),
      nothingClosed,
    );
    expect(leftOut).toEqual([{ path: "run.all[].in.cwd", why: "it looks like a path in the file system" }]);
    expect(text).toContain("# without in.cwd");
  });

  it("a key of two lines stays in its comment", () => {
    const { text } = draftContract(
      json({ event: "run", one: { "a\nforged: true": "/home/ann/x", ok: true, n: "b" } }),
      nothingClosed,
    );
    expect(text).toContain("# without a");
    expect(text).not.toMatch(/^forged/m);
  });

  it("the worst comes first", () => {
    const { concerns } = draftContract(
      json({ event: "run", host: "ann-laptop", cwd: "/home/ann/x", token: "hunter2" }),
      nothingClosed,
    );
    expect(concerns.map(({ path }) => path)).toEqual(["run.token", "run.cwd", "run.host"]);
  });

  it("no text of a sample stands in a draft, whatever is sent", () => {
    const text = fc
      .tuple(fc.string({ maxLength: 12 }), fc.constantFrom("", "/", "@", " ", ":"), fc.string({ maxLength: 12 }))
      .map((parts) => `Q${parts.join("Z")}Q`);
    const value = fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("alpha", "beta"), text),
    );
    const payload = fc.dictionary(fc.constantFrom("one", "two", "userId", "cwd", "three", "id"), value);
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 5 }), (payloads) => {
        const { text: draft } = draftContract(
          json(...payloads.map((one) => ({ event: "run", ...one }))),
          nothingClosed,
        );
        parse(draft);
        const texts: string[] = [];
        JSON.stringify(payloads, (_, one: unknown) => {
          if (typeof one === "string") texts.push(one);
          return one;
        });
        for (const one of texts) expect(draft).not.toContain(one);
      }),
      { numRuns: 300 },
    );
  });

  it("names that would end a line or a text are only names", () => {
    const key = 'x: { evil }\n# "';
    const { events } = drafted(json({ event: "run", [key]: 1 }));
    expect(Object.keys(events["run"]?.fields ?? {})).toEqual([key]);
  });
});
