import { expect, it } from "vitest";
import { endpoint } from "../endpoint.js";
import { codegraph, keepState, program, queued, run, temporary } from "../program.js";
import { wholeCrowd } from "./whole-crowd.js";

/** `PROOF_CROWD=200 npx vitest run test/client/proof/crowd.test.ts` for a larger one: so many recorders, fifty at once. */
const recorders = Number(process.env["PROOF_CROWD"] ?? 16);

it("many processes at once, about half of them killed at random moments: what reached the disk arrives, once", {
  timeout: 600_000,
}, async () => {
  await wholeCrowd({ recorders, rounds: 20, senders: 3, atOnce: Math.min(50, recorders) });
});

const killedSender = (when: "before" | "after") => `${codegraph}
  telemetry.setup({ host: { send: async (request) => {
    ${when === "after" ? "await send({ ...request, url: ENDPOINT });" : ""}
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => undefined);
  } } });
  install();
  await telemetry.flush();`;

/** The moments of a sender's life, and what comes of a kill there, an hour later. */
it.each([
  ["before", 1, "is sent once, by the next"],
  ["after", 2, "is sent twice: the one window that the page states"],
] as [when: "before" | "after", times: number, what: string][])(
  "killed right %s the post: what it held %s",
  async (when, times) => {
    const to = await endpoint();
    const home = temporary();
    keepState(home, { enabled: true, first_run_notice_shown: true });
    const killed = await run(await program(killedSender(when)), { home, env: { ENDPOINT: to.url } });
    expect([killed.signal, queued(home).length]).toEqual(["SIGKILL", 1]);
    const next = await program(`${codegraph} await telemetry.flush();`);
    const later = (minutes: number) =>
      run(next, { home, env: { ENDPOINT: to.url, NOW: new Date(Date.now() + minutes * 60_000).toISOString() } });
    await later(30);
    expect(to.events()).toHaveLength(times - 1);
    await later(61);
    await later(62);
    expect([to.events().length, queued(home)]).toEqual([times, []]);
    await to.close();
  },
);
