/**
 * The values that a receiver can work out of a request, by name. To add one: a line here, and what the worker makes of it
 * (`judge/derive.ts`).
 */
export const DERIVED = {
  "client-ip": {
    describes:
      "the country of the sender's address, two letters, where the receiver's host says it; the address itself is not kept",
    says: "The country that the sender's IP address belongs to, two letters, where the receiver's host knows it. The address itself is not kept.",
  },
  now: {
    describes: "when the request arrived",
    says: "When the request arrived.",
  },
} as const;
