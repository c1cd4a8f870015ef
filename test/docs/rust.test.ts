import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { cargo, hasRust, inRust, writeRust } from "../rust/client.js";
import { isThere } from "../support/real-part.js";
import { temporaryFolder } from "../support/temp-folder.js";
import { read } from "../targets/five.js";

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
