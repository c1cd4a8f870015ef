import { describe, expect, it } from "vitest";
import { jsonScalar } from "../../../templates/client/runtime/config/json-scalar.js";
import { jsoncScalar } from "../../../templates/client/runtime/config/jsonc-scalar.js";

const unsure = Symbol();

function read(scalar: typeof jsoncScalar, text: string): unknown {
  try {
    return scalar(text, "telemetry.level");
  } catch {
    return unsure;
  }
}

describe("JSON as people write it", () => {
  it.each<[string, unknown]>([
    ['{ "telemetry.level": "off" }', "off"],
    ['// no thanks\n{ "telemetry.level": "off" }', "off"],
    ['{ "telemetry": { "level": "off", }, }', "off"],
    ['{ "telemetry": { "level": /* all */ "off" } } // "level": "all"', "off"],
    ['{ /* "telemetry.level": "off" */ }', undefined],
    ['{ // "telemetry.level": "off"\n}', undefined],
    ['{ "x": "// , }", "telemetry.level": "off" }', "off"],
    ['{ "x": "\\"/*", "telemetry.level": "off", "y": "*/" }', "off"],
    ['{ "telemetry.level": "o/**/ff" }', "o/**/ff"],
    ['\uFEFF{ "telemetry.level": "off" }', "off"],
    ['{ "telemetry.level": "all", // "off"\r\n }', "all"],
    // What can't be told is no answer.
    ['{ "telemetry.level": "all" /* }', unsure],
    ['{ "telemetry.level": "all"', unsure],
    ['{ "telemetry.level": "all", "telemetry.level": "off" }', unsure],
    ['{ "telemetry.level": "all", "telemetry": { "level": "off" } }', unsure],
    ['{ "telemetry.level": "all",, }', unsure],
    ['{ "telemetry.level": "a\nll" }', unsure],
    ["{ 'telemetry.level': 'all' }", unsure],
    ["", unsure],
  ])("%s", (text, value) => {
    expect(read(jsoncScalar, text)).toBe(value);
    // What is JSON already is read as JSON is.
    const plain = read(jsonScalar, text);
    if (plain !== unsure) expect(plain).toBe(value);
  });
});
