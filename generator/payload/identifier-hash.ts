import { createHash } from "node:crypto";
import type { Identifier } from "../model/model.js";

/** Returns what a client makes of a random number that it keeps: worked out here too, so that the clients have a judge that shares no code with them. */
export function hashedIdentifier(
  product: string,
  name: string,
  keep: NonNullable<Identifier["hash"]>["keep"],
  secret: string,
): string | number {
  const hex = createHash("sha256")
    .update(JSON.stringify([product, name, secret]))
    .digest("hex");
  switch (keep) {
    case "64 hex":
      return hex;
    case "48 bits":
      return Number(BigInt(`0x${hex.slice(0, 12)}`));
    case "uuid": {
      const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
      return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, `$1-$2-4$3-${variant}$4-$5`);
    }
    default:
      return keep satisfies never;
  }
}
