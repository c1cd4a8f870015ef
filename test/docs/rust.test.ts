import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { plainsight, write } from "../cli/project.js";
import { cargo, hasRust, inRust, writeRust } from "../rust/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { until } from "../support/wait.js";
import { read } from "../targets/five.js";
import { ran, storeFor } from "./shelf.js";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/rust.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text]) => text ?? "");

it("what the page has a contract say is read without a finding", () => {
  const path = "spec/systems/cocoindex/events.yaml";
  const [clients = ""] = blocks("yaml");
  const without = readFileSync(join(root, path), "utf8").replace(/\nclients: .*\n/, "\n");
  expect(read(`${without}\n${clients}`, path).clients.rust?.to).toBe("src/telemetry");
});

/** The code that the page leaves to the reader's program. */
const around = `
fn debug(line: &str) { eprintln!("{line}"); }
fn info(line: &str) { println!("{line}"); }
fn warn(line: &str) { eprintln!("{line}"); }

fn post(url: &str, kind: &str, body: &str, within: std::time::Duration) -> Result<u16, String> {
    println!("{url} {kind} {body} {}", within.as_secs());
    Ok(500)
}

fn main() {
    let (queue, requests) = std::sync::mpsc::channel();
    start_telemetry(queue);
    update_app();
    let posting = std::thread::spawn(move || post_all(requests));
    std::thread::sleep(std::time::Duration::from_millis(1));
    drop(posting);
}
`;

it.runIf(isThere("Rust", hasRust()))(
  "its program is built, and its tests are green",
  () => {
    const folder = temporaryFolder("rust-page");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [features = ""] = blocks("toml");
    writeRust(inRust("cocoindex"), folder, [...blocks("rust"), around].join("\n"));
    expect(readFileSync(join(folder, "Cargo.toml"), "utf8")).toContain(features);
    expect(cargo(["build", "--release"], folder)).toBe("");
    expect(cargo(["test", "--release"], folder)).toBe("");
  },
  300_000,
);

it.runIf(isThere("Rust", hasRust()))(
  "the whole program: from init in a crate to a row in the store",
  async () => {
    const folder = temporaryFolder("rust-shelf");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    write(folder, "Cargo.toml", '[package]\nname = "shelf"\nversion = "1.4.0"\nedition = "2021"\n');
    write(folder, "src/main.rs", blocks("rs").join(""));
    const { out } = plainsight(folder, ["init", "--yes"]);
    expect(out).toContain("The client is in Rust, in src/telemetry.");
    expect(out).toContain("~ Cargo.toml");
    expect(plainsight(folder, ["gen"])).toMatchObject({ code: 0 });
    expect(cargo(["build", "--release"], folder)).toBe("");
    expect(cargo(["test", "--release"], folder)).toBe("");
    const store = await storeFor(folder);
    const shelf = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      ran(join(folder, "target/release/shelf"), args, { HOME: folder, SHELF_TELEMETRY_URL: store.url, ...env });
    expect(shelf(["build"])).toEqual({ status: 0, stdout: "done: build\n", stderr: "" });
    expect(shelf(["telemetry"]).stdout).toContain("enabled: no");
    expect(shelf(["telemetry", "on"])).toEqual({ status: 0, stdout: "Telemetry is on.\n", stderr: "" });
    expect(shelf(["test"], { DO_NOT_TRACK: "1" }).status).toBe(0);
    const shown = shelf(["secret-word"], { SHELF_TELEMETRY_DEBUG: "1" });
    expect(JSON.parse(shown.stderr)).toMatchObject({ event: "command_run", command: "other", duration: "<1s" });
    expect(shelf(["telemetry", "show"]).stdout).toMatch(/ 20\d: accepted\nPOST http[\s\S]*"command": "other"/);
    // Whoever was told 410 notes it beside the state file, for this version.
    const mark = join(folder, ".config/shelf/telemetry.json.stopped");
    write(folder, ".config/shelf/telemetry.json.stopped", "1 1.4.0");
    expect(shelf(["build"], { SHELF_TELEMETRY_DEBUG: "1" }).stderr).toBe("");
    const stopped = "The receiver takes nothing more of this version: nothing is sent.";
    expect(JSON.parse(shelf(["telemetry", "status", "--json"]).stdout)).toMatchObject({
      enabled: true,
      notes: [stopped],
    });
    expect(shelf(["telemetry", "show"]).stdout.split("\n")[0]).toBe(stopped);
    write(folder, ".config/shelf/telemetry.json.stopped", "1 1.3.9");
    expect(shelf(["test"], { SHELF_TELEMETRY_DEBUG: "1", SHELF_TELEMETRY_URL: "http://127.0.0.1:9/" }).stderr).not.toBe(
      "",
    );
    rmSync(mark);
    // What a process left that was killed while it wrote the log.
    write(folder, ".config/shelf/telemetry-sent.jsonl.tmp-1-1-0", "{}");
    expect(shelf(["telemetry", "off"])).toEqual({ status: 0, stdout: "Telemetry is off.\n", stderr: "" });
    expect(readdirSync(join(folder, ".config/shelf"))).toEqual(["telemetry.json"]);
    expect(shelf(["build"]).status).toBe(0);
    const rows = await until("the row is stored", () => (store.rows().length > 0 ? store.rows() : undefined));
    expect(rows).toMatchObject([
      { command: "other", duration: "<1s", ok: true, os: process.platform, version: "1.4.0" },
    ]);
  },
  300_000,
);
