import { describe, expect, it } from "vitest";
import { readDnsMessage } from "../../generator/observe/dns-message.js";
import { fc } from "../support/property.js";

/** `labels` as the wire has them. */
const name = (text: string) => [...text.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]), 0];
const head = (flags: number, questions: number, answers: number) => [
  0xab,
  0xcd,
  flags >> 8,
  flags & 255,
  0,
  questions,
  0,
  answers,
  0,
  0,
  0,
  0,
];
const question = (text: string) => [...name(text), 0, 1, 0, 1];
const answer = (type: number, value: readonly number[]) => [
  0xc0,
  12,
  0,
  type,
  0,
  1,
  0,
  0,
  0,
  60,
  0,
  value.length,
  ...value,
];
const read = (...bytes: readonly number[]) => readDnsMessage(Uint8Array.from(bytes));

describe("DNS messages", () => {
  it("a question", () =>
    expect(read(...head(0x0100, 1, 0), ...question("Telemetry.Example.com"))).toEqual({
      name: "telemetry.example.com",
      addresses: [],
    }));

  it("an answer with an alias and both kinds of address", () =>
    expect(
      read(
        ...head(0x8180, 1, 3),
        ...question("a.example.com"),
        ...answer(5, name("b.example.com")),
        ...answer(1, [192, 0, 2, 1]),
        ...answer(28, [0x20, 0x01, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1]),
      ),
    ).toEqual({ name: "a.example.com", addresses: ["192.0.2.1", "2001:db8::1"] }));

  it.each([
    ["two questions", [...head(0x0100, 2, 0), ...question("a.b"), ...question("a.b")]],
    ["a name that leads in a circle", [...head(0x0100, 1, 0), 0xc0, 12, 0, 1, 0, 1]],
    ["a name that ends too early", [...head(0x0100, 1, 0), 63, 97, 98]],
    ["another class", [...head(0x0100, 1, 0), ...name("a.b"), 0, 1, 0, 3]],
    ["text", [...Buffer.from("POST /v1/events HTTP/1.1\r\nhost: a\r\n\r\n")]],
    ["nothing", []],
  ])("%s is none", (_, bytes) => expect(read(...bytes)).toBeUndefined());

  it("whatever is sent is read without an error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (bytes, framed) => {
        readDnsMessage(framed ? Uint8Array.from([...head(0x8180, 1, 4), ...bytes]) : bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
