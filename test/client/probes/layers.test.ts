import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Endpoint, endpoint } from "../endpoint.js";
import { program, run, temporary } from "../program.js";
import { changedClient } from "./changed.js";

/** Docglow's contract with a project's files in three forms and a user's own: each layer right, wrong, damaged and absent. */
let to: Endpoint;
let file: string;
beforeAll(async () => {
  to = await endpoint(204);
  const step = (name: string) =>
    `    - { config: ${name}, key: telemetry.enabled, enable_when: [true], disable_when: falsy }`;
  const layers = ["docglow.json", "docglow.toml", "~/.docglow.yml"].map(step);
  const client = await changedClient("docglow", [step("docglow.yml"), `${layers.join("\n")}\n`]);
  file = await program(`
    import * as telemetry from "${client}/telemetry.js";
    import { telemetryCommand } from "${client}/command.js";
    telemetry.setup({ platform: "linux", pythonVersion: "3.12.2", version: "0.7.4" });
    telemetry.commandRun({ command: "generate", result: "success", durationMs: 1, adapterType: null, featuresUsed: [],
      projectShape: { models: 1, sources: 2, seeds: 3, tests: 4, macros: 5 } });
    await telemetry.flush();
    await telemetryCommand(["status", "--json"]);`);
});
afterAll(() => to.close());

type Content = string | ((path: string) => void);
interface Layers {
  readonly env?: Readonly<Record<string, string>>;
  readonly json?: Content;
  readonly toml?: Content;
  readonly user?: Content;
  readonly recorded?: Content;
}

/** Returns the number of arrived events, and whom the status says it is decided by. */
async function decided({ env = {}, ...layers }: Layers): Promise<string> {
  const [home, project] = [temporary(), temporary()];
  const places = {
    json: join(project, "docglow.json"),
    toml: join(project, "docglow.toml"),
    user: join(home, ".docglow.yml"),
    recorded: join(home, ".config/docglow/telemetry.json"),
  };
  for (const [layer, content] of Object.entries(layers) as [keyof typeof places, Content][]) {
    mkdirSync(dirname(places[layer]), { recursive: true });
    if (typeof content === "string") writeFileSync(places[layer], content);
    else content(places[layer]);
  }
  const before = to.requests.length;
  const ran = await run(file, { home, cwd: project, env: { DOCGLOW_TELEMETRY_ENDPOINT: to.url, ...env } });
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  const { enabled, decided_by } = JSON.parse(ran.stdout) as { enabled: boolean; decided_by: string };
  const sent = to.requests.length - before;
  expect(sent).toBe(enabled ? 1 : 0);
  return `${enabled ? "on" : "off"}, ${decided_by}`;
}

const yes = {
  json: '{"telemetry": {"enabled": true}}',
  toml: "[telemetry]\nenabled = true\n",
  user: "telemetry:\n  enabled: true\n",
  recorded: '{"consent": "yes"}',
};
const no = {
  json: '{"telemetry": {"enabled": false}}',
  toml: "[telemetry]\nenabled = false\n",
  user: "telemetry:\n  enabled: false\n",
  recorded: '{"consent": "no"}',
};
const damaged = { json: '{"telemetry": {"enabled": tr', toml: "[telemetry\nenabled = true\n", user: "telemetry: {" };
const folder = (path: string) => mkdirSync(path);

it.each<[what: string, layers: Layers, expected: string]>([
  ["a yes in every layer", yes, "on, config"],
  ["no layer", {}, "off, default"],
  [
    "a kill switch over a yes in every layer",
    { ...yes, env: { DOCGLOW_NO_TELEMETRY: "1" } },
    "off, DOCGLOW_NO_TELEMETRY",
  ],
  ["a variable over a no in every layer", { ...no, env: { DOCGLOW_TELEMETRY: "1" } }, "on, DOCGLOW_TELEMETRY"],
  ["the first file's no over what is behind it", { ...yes, json: no.json }, "off, config"],
  ["the first file's yes over what is behind it", { ...no, json: yes.json }, "on, config"],
  ["the second file's no", { ...yes, json: "{}", toml: no.toml }, "off, config"],
  ["the second file's yes", { ...no, json: "{}", toml: yes.toml }, "on, config"],
  ["the user's no over a recorded yes", { user: no.user, recorded: yes.recorded }, "off, config"],
  ["the user's yes over a recorded no", { user: yes.user, recorded: no.recorded }, "on, config"],
  [
    "files that say neither, and a recorded yes",
    { json: "{}", toml: "# none\n", user: "# none\n", recorded: yes.recorded },
    "on, stored",
  ],
  ["a second file that is empty, and a recorded yes", { json: "{}", toml: "", recorded: yes.recorded }, "off, config"],
  ["a first file that is damaged, and a yes in every other", { ...yes, json: damaged.json }, "off, config"],
  [
    "a first file with a quoted no, and a yes in every other",
    { ...yes, json: `{"telemetry": {"enabled": "no"}}` },
    "off, config",
  ],
  ["a second file that is damaged", { ...yes, json: "{}", toml: damaged.toml }, "off, config"],
  ["a user's file that is damaged", { user: damaged.user, recorded: yes.recorded }, "off, config"],
  ["a first file that decides before one that is damaged", { ...damaged, json: yes.json }, "on, config"],
  ["a folder in a file's place", { json: folder, recorded: yes.recorded }, "off, config"],
  ["a folder in the user's file's place", { user: folder, recorded: yes.recorded }, "off, config"],
])("%s", async (_, layers, expected) => expect(await decided(layers)).toBe(expected));

describe("docglow.json", () => {
  it.each<[content: Content, expected: string]>([
    ['\uFEFF{"telemetry": {"enabled": true}}\r\n', "on, config"],
    ['{"telemetry.enabled": true}', "on, config"],
    ['{"telemetry": {"enabled": false, "enabled": true}}', "off, config"],
    ['{"telemetry": {"enabled": false}, "telemetry": {"enabled": true}}', "off, config"],
    ['{"telemetry": {"enabled": true}, "telemetry": {"enabled": false}}', "off, config"],
    ['{"telemetry": {"\\u0065nabled": false, "enabled": true}}', "off, config"],
    ['{"telemetry.enabled": true, "telemetry": {"enabled": false}}', "off, config"],
    ['{"telemetry": {"enabled": [true]}}', "off, config"],
    ['{"telemetry": {"enabled": true,}}', "off, config"],
    ["{telemetry: {enabled: true}}", "off, config"],
    ['// ours\n{"telemetry": {"enabled": true}}', "off, config"],
    ["", "off, config"],
    ['{"telemetry.enabled": null, "telemetry": {"enabled": true}}', "off, config"],
    ['"enabled"', "off, default"],
    ["[]", "off, default"],
    ['{"telemetry": {"enabled": "true"}}', "off, default"],
    ['{"telemetry": {"enabled": 1}}', "off, default"],
    ['{"telemetry": null}', "off, default"],
    ['{"__proto__": {"telemetry": {"enabled": true}}}', "off, default"],
    ['{"telemetry": {"__proto__": {"enabled": true}}}', "off, default"],
    // A key of another's that stands there twice is nobody's concern.
    [
      '{"a": {"x": 1, "enabled": false}, "b": [{"enabled": false}, {"enabled": false}], "telemetry": {"enabled": true}}',
      "on, config",
    ],
  ])("%s → %s", async (json, expected) => expect(await decided({ json })).toBe(expected));
});

describe("docglow.toml", () => {
  it.each<[content: Content, expected: string]>([
    ["telemetry.enabled = true\n", "on, config"],
    ["telemetry = { enabled = true } # ours\n", "on, config"],
    ["\uFEFF[telemetry]\r\nenabled = true\r\n", "on, config"],
    ['["telemetry"]\n"enabled" = true', "on, config"],
    ["[telemetry]\nenabled = false\nenabled = true\n", "off, config"],
    ["[telemetry]\nenabled = true\n[telemetry]\nenabled = false\n", "off, config"],
    ["telemetry.enabled = true\n[telemetry]\nenabled = false\n", "off, config"],
    ["[[telemetry]]\nenabled = true\n", "off, config"],
    ["[telemetry]\nenabled = True\n", "off, config"],
    ["[telemetry]\nenabled = yes\n", "off, config"],
    ["[telemetry]\nenabled = \n", "off, config"],
    ["[telemetry]\nenabled = [true]\n", "off, config"],
    ['[telemetry]\nenabled = "true"\n', "off, default"],
    ["[telemetry]\nenabled = 1\n", "off, default"],
    ["[other]\nenabled = true\n", "off, default"],
    ['text = """\n[telemetry]\nenabled = true\n"""\n', "off, default"],
    ["# [telemetry]\n# enabled = true\n", "off, default"],
  ])("%j → %s", async (toml, expected) => expect(await decided({ toml })).toBe(expected));
});

describe("~/.docglow.yml", () => {
  it("is the user's own and no project's, may be a link, and is nobody's without a home", async () => {
    const elsewhere = join(temporary(), "settings.yml");
    writeFileSync(elsewhere, yes.user);
    expect(await decided({ user: (path) => symlinkSync(elsewhere, path) })).toBe("on, config");
    expect(await decided({ user: yes.user, env: { HOME: "" } })).toBe("off, default");
    expect(await decided({ user: yes.user, env: { HOME: "." } })).toBe("off, default");
  });
});
