/**
 * The Rust client of CocoIndex: what one event costs while telemetry is off: `npx tsx bench/rust/rust.ts`. Without a Rust there is no figure,
 * and that is said.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cargo, hasRust, inRust, writeRust } from "../../test/rust/client.js";
import { tell, tellAbsent } from "../tell.js";

const title = "Rust: one event, in a release build, the least of 60 rounds of a million calls";

/** Each call is looked at from outside of it, so that none is left out; what the loop itself takes is taken off. */
const program = `mod telemetry;

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

static FLAG: AtomicBool = AtomicBool::new(false);

/// The least of many short rounds: whatever else the machine does only adds to one.
fn cost(run: impl Fn()) -> f64 {
    const CALLS: u32 = 1_000_000;
    (0..60)
        .map(|_| {
            let start = Instant::now();
            for call in 0..CALLS {
                black_box(call);
                run();
            }
            start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
        })
        .fold(f64::INFINITY, f64::min)
}

fn main() {
    let setup = telemetry::Setup {
        lang: "python3.11",
        package: telemetry::Package::Python,
        platform: "aarch64-macos",
        version: "1.0.0a1",
    };
    telemetry::setup(&setup, telemetry::Transport::new(|request| drop(request)));
    let empty = cost(|| ());
    let atomic = cost(|| {
        black_box(FLAG.load(Ordering::Relaxed));
    });
    let event = cost(telemetry::app_update);
    println!("{} {} {}", empty, atomic, event);
}
`;

if (hasRust()) measure();
else tellAbsent(title, "there is no Rust");

function measure(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-rust-"));
  writeRust(inRust("cocoindex"), folder, program);
  const failed = cargo(["build", "--release"], folder);
  const { stdout } = spawnSync(join(folder, "target/release/product"), {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", COCOINDEX_DISABLE_USAGE_TRACKING: "1" },
  });
  rmSync(folder, { recursive: true, force: true });
  if (failed !== "") {
    tellAbsent(title, failed);
    return;
  }
  const [empty = Number.NaN, atomic = Number.NaN, event = Number.NaN] = stdout.trim().split(" ").map(Number);
  tell(
    title,
    ["one call", "ns above an empty loop"],
    [
      ["an atomic flag, read", atomic - empty],
      ["Plainsight, an event while telemetry is off", event - empty],
    ],
    [{ claim: "Rust: one event while telemetry is off, ns", value: event - empty, atMost: 2 }],
  );
}
