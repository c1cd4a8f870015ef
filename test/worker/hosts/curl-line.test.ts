import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { atTime } from "../../../templates/worker/node/host/at-time.js";
import { curlLine } from "../../../templates/worker/node/host/curl-line.js";
import type { Picture, Wire } from "../../../templates/worker/runtime/read/picture.js";

const now = new Date("2030-01-02T03:04:05.678Z");
const key = (name: string, value: Picture) => ({ key: { kind: "constant", value: name } as const, value });
const body: Picture = { kind: "object", entries: [{ spread: { of: "common" } }, key("list", { kind: "each" })] };
const props: Picture = { kind: "object", entries: [{ spread: { of: "fields" } }] };
const timeless = {
  format: "json",
  body,
  each: { kind: "object", entries: [key("name", { kind: "event" }), key("props", props)] },
} as const satisfies Wire;
const batch = {
  ...timeless,
  each: { kind: "object", entries: [...timeless.each.entries, key("at", { kind: "time", form: "rfc3339" })] },
} as const satisfies Wire;

/** The body that a shell would hand to curl. */
function bodyOf(sent: string, wire: Wire): string {
  const headers = { "content-type": "application/json" };
  const line = curlLine({ path: "/v1", headers, body: atTime(sent, wire, now) }, "http://localhost");
  return execFileSync("sh", ["-c", `curl() { printf %s "$6"; }; ${line}`], { encoding: "utf8" });
}

const old = '{"id":"it\'s","list":[{"name":"a","at":"2001-01-01T00:00:00.000Z","props":{"at":"kept"}}]}';
const present = old.replace("2001-01-01T00:00:00.000Z", now.toISOString());

it("the example's event happens now, wherever the wire has its time, and nothing else of it changes", () => {
  expect(bodyOf(old, batch)).toBe(present);
  const hidden = bodyOf(Buffer.from(old).toString("base64url"), { ...batch, body: { kind: "base64url", of: body } });
  expect(Buffer.from(hidden, "base64url").toString()).toBe(present);
});

it("an example without a time stays as it is", () => {
  expect(bodyOf(old, timeless)).toBe(old);
  expect(bodyOf("{}", batch)).toBe("{}");
  expect(bodyOf('{"at":"x"}', { format: "json", body: props })).toBe('{"at":"x"}');
  expect(bodyOf('a{b="c"} 1', { format: "prometheus-text" })).toBe('a{b="c"} 1');
});
