import { expect, it } from "vitest";
import { hosts } from "../../../bench/soak/hosts.js";
import { growth, load } from "../../../bench/soak/load.js";

// A short one, so that a leak or a crash under load is seen at once; `npm run soak` is the long one.
it.each(Object.entries(hosts))(
  "%s answers fifty clients at once without one 5xx, and doesn't grow with them",
  async (_, start) => {
    const host = await start();
    try {
      const { statuses, memory } = await load(`${host.url}/v1/events`, host.pid, 2_000);
      expect(statuses).toEqual({ 204: 1_800, 400: 100, 413: 100 });
      // A young heap still grows; a leak of one body per request would be far beyond this.
      expect(growth(memory)).toBeLessThan(1.5);
      expect(Math.max(...memory)).toBeLessThan(512);
    } finally {
      await host.stop();
    }
  },
);
