import type { KnownWire } from "../worker/runtime/parts.js";
import type { DrawnWire } from "../worker/runtime/read/picture.js";
import { putBack } from "../worker/runtime/read/put-back.js";
import { encodedReader } from "../worker/runtime/read/read-encoded.js";
import { listReader } from "../worker/runtime/read/read-list.js";
import { textReader } from "../worker/runtime/read/read-text.js";

/** A page that judges any contract's payloads reads every form. */
export function known(wire: DrawnWire): KnownWire {
  return { ...wire, parts: { list: listReader, text: textReader, encoded: encodedReader, apart: putBack } };
}
