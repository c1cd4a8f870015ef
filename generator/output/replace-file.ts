import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.js";

/** Writes a file that can be made again, whole or not at all. Where it can't be written (no room, no right, no home), the next run is only slower. */
export function replaceFile(file: string, data: string | Uint8Array): void {
  const part = `${file}.${process.pid}-${process.hrtime.bigint()}`;
  try {
    makeFolder(dirname(file));
    writeFileSync(part, data);
    renameSync(part, file);
  } catch {
    rmSync(part, { force: true });
  }
}

/** Adds to such a file; what reads it must tell by itself whether all of that has arrived. */
export function addTo(file: string, data: Uint8Array): void {
  try {
    appendFileSync(file, data);
  } catch {
    // As above.
  }
}
