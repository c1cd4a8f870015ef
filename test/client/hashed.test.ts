import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { plainsight } from "../cli/project.js";
import { temporaryFolder } from "../support/temp-folder.js";

/** Of what is hashed nothing but the hash leaves the memory: not to the network, and not to the disk. */
const folder = temporaryFolder("hashed");
const REMOTE = "git@github.com:ann/secret.git";

interface Client {
  readonly ran: (given: object) => void;
  readonly flush: () => Promise<void>;
  readonly setup: (given: object) => void;
}

const text = { type: "text", max_length: 200, justification: "Only its hash leaves the machine." };
const hash = { type: "hashed", of: text, what: "the git remote's address", by: "sha256", keep: "16 hex" };
const justified = { ...hash, justification: "Only in this test, of nobody's data.", why: "W." };

function contract(delivery: object): string {
  const fields = {
    plain: { ...justified, salt: "none" },
    secret: { ...justified, salt: "machine" },
    beside: { ...justified, salt: "device", keep: "48 bits" },
    open: { ...justified, salt: "machine", clear: { type: "enum", values: ["origin/main"] } },
    inside: { type: "object", why: "W.", fields: { deep: { ...justified, salt: "machine", keep: "uuid" } } },
    project: { type: "identifier", why: "W." },
  };
  return JSON.stringify({
    telemetry_spec: 1,
    product: "hashed",
    title: "Hashed",
    summary: "What is hashed.",
    schema_version: 1,
    why: ["To see."],
    never_collected: ["Names."],
    consent: { model: "opt-in", order: [{ env: "HASHED", enable_when: "truthy", disable_when: "falsy" }] },
    identifiers: {
      device: { identifies: "machine", made_from: "random", format: { type: "uuid" }, created: "first-send" },
      project: {
        identifies: "project",
        made_from: "given",
        what: "The git remote.",
        format: { ...hash, salt: "none", keep: "64 hex" },
        created: "platform",
      },
    },
    destination: {
      url: "https://t.example.com/v1",
      operator: { name: "Hashed", party: "first" },
      client_ip: "never-read",
      retention: { raw: "30d" },
      deletion: "Ask us.",
    },
    events: { ran: { when: "Once.", why: "To see.", fields } },
    wire: { format: "json", body: { events: "$each" }, each: { type: "$event", props: { $fields: null } } },
    delivery,
    history: [{ version: 1, change: "First." }],
  });
}

test.each([
  ["sent at once", { mode: "immediate", timeout: "60s" }],
  [
    "kept in a queue",
    { mode: "queued", timeout: "60s", queue: { file: "~/.h/q.jsonl", max_size: "16KiB", when_full: "drop-oldest" } },
  ],
])("what is hashed leaves as its hash alone: %s", async (name, delivery) => {
  const place = join(folder, name.replaceAll(" ", "-"));
  const home = join(place, "home");
  mkdirSync(join(place, "spec"), { recursive: true });
  mkdirSync(home);
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "hashed", version: "1.2.3", type: "module" }));
  writeFileSync(join(place, "spec/events.yaml"), contract(delivery));
  expect(plainsight(place, ["gen", "--language", "js"])).toMatchObject({ code: 0, err: "" });
  const client = (await import(
    /* @vite-ignore */ pathToFileURL(join(place, "generated/client/telemetry.js")).href
  )) as Client;
  const bodies: string[] = [];
  const onDisk: string[] = [];
  const send = async ({ body }: { readonly body: string }) => {
    bodies.push(body);
    return 204;
  };
  client.setup({ host: { send, home, env: { HASHED: "1", XDG_CONFIG_HOME: join(home, "config") } } });
  for (const open of ["origin/main", REMOTE])
    client.ran({ plain: REMOTE, secret: REMOTE, beside: REMOTE, open, inside: { deep: REMOTE }, project: REMOTE });
  client.ran({ plain: 5, secret: REMOTE, beside: REMOTE, open: REMOTE, inside: { deep: REMOTE }, project: REMOTE });
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (const file of filesBelow(home)) onDisk.push(readFileSync(file, "utf8"));
  await client.flush();
  for (const file of filesBelow(home)) onDisk.push(readFileSync(file, "utf8"));
  const sent = bodies.flatMap((body) => (JSON.parse(body) as { events: { props: Record<string, unknown> }[] }).events);
  expect(sent).toHaveLength(2);
  const [first, second] = sent.map(({ props }) => props);
  const sha = createHash("sha256").update(REMOTE).digest("hex");
  expect(first).toMatchObject({ plain: sha.slice(0, 16), project: sha, open: "origin/main" });
  expect(first?.["secret"]).toMatch(/^[0-9a-f]{16}$/);
  expect(first?.["secret"]).not.toBe(first?.["plain"]);
  expect(first?.["beside"]).toEqual(expect.any(Number));
  expect((first?.["inside"] as { deep: string } | undefined)?.deep).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toEqual({ ...first, open: first?.["secret"] });
  const everything = [...bodies, ...onDisk].join("\n");
  expect(everything).not.toContain("ann/secret");
  expect(bodies.join()).not.toContain(/"machine_secret": "([0-9a-f]+)"/.exec(onDisk.join())?.[1] ?? "-");
});

function filesBelow(place: string): readonly string[] {
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}
