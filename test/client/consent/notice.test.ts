import { describe, expect, test } from "vitest";
import type { NoticeContract } from "../../../templates/client/runtime/consent/asking.js";
import { before, consent } from "../../../templates/client/runtime/consent/consent.js";
import { showNoticeOnce } from "../../../templates/client/runtime/consent/notice.js";
import type { Contract } from "../../../templates/client/runtime/contract.js";
import { inHome } from "../../../templates/client/runtime/host/files.js";
import { integer } from "../../../templates/client/runtime/values/numbers.js";
import { contracts, machine } from "./machine.js";

const text =
  'codegraph collects anonymous usage stats (no code or paths) — "codegraph telemetry off" or CODEGRAPH_TELEMETRY=0 disables. Details: TELEMETRY.md';
const told = {
  enabled: true,
  consent_source: "default-notice",
  first_run_notice_shown: true,
  updated_at: "2026-06-12T10:30:15Z",
};
const chosen = {
  enabled: true,
  machine_id: "b3a8c1d2-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  consent_source: "installer",
  first_run_notice_shown: true,
};

/** The list has grown since what is in the state file was written. */
function grown(contract: Contract, epoch = 2): Contract {
  const { optOut, order } = contract.consent;
  const asked = order.map((step) => (step.by !== "stored" || optOut ? step : { ...step, outdated: before(epoch) }));
  return {
    ...contract,
    stateKeys: { ...contract.stateKeys, consent_epoch: integer(1) },
    epoch,
    consent: { ...contract.consent, order: asked },
  };
}

test("is shown once, on its stream, and noted", () => {
  const one = machine(contracts.codegraph);
  expect(showNoticeOnce(one.client)).toBe(true);
  expect(showNoticeOnce(one.client)).toBe(true);
  const other = one.again();
  expect(showNoticeOnce(other.client)).toBe(true);
  expect([one.stderr, one.stdout, other.stderr]).toEqual([[text], [], []]);
  expect(one.state()).toEqual(told);
});

describe("is not shown to somebody who has answered", () => {
  test.each([
    ["yes to the installer", chosen],
    ["yes to the installer, before there were notices", { enabled: true, consent_source: "installer" }],
    ["yes by command", { enabled: true, consent_source: "cli" }],
    ["no, and is overridden by a variable", { enabled: false, consent_source: "cli" }],
  ])("%s", (_, stored) => {
    const one = machine(contracts.codegraph, { env: { CODEGRAPH_TELEMETRY: "1" } });
    one.writeState(stored);
    expect(showNoticeOnce(one.client)).toBe(true);
    expect(one.stderr).toEqual([]);
    expect(one.state()).toEqual(stored);
  });
});

describe("that can't be noted is not shown, and nothing may be sent", () => {
  test.each([
    ["no home", { home: undefined }, undefined],
    ["a home that can't be written", { home: "/proc/self" }, undefined],
    ["a damaged state file", {}, "{not json"],
  ] as const)("%s", (_, host, stored) => {
    const one = machine(contracts.codegraph, host);
    if (stored !== undefined) one.writeState(stored);
    expect(showNoticeOnce(one.client)).toBe(false);
    expect(one.stderr).toEqual([]);
    expect(one.state()).toBeUndefined();
  });
});

test("an answer that is not understood may be a no: it stays, and is not made into a yes", () => {
  const one = machine(contracts.codegraph);
  one.writeState({ enabled: "false" });
  expect(showNoticeOnce(one.client)).toBe(true);
  expect(one.stderr).toEqual([text]);
  expect(one.state()).toMatchObject({ enabled: "false", first_run_notice_shown: true });
  expect(showNoticeOnce(one.client)).toBe(true);
  expect(one.stderr).toEqual([text]);
});

describe("when more is collected than a person was told", () => {
  test.each([
    ["who was shown a notice", told],
    ["who said yes to the installer", chosen],
  ])("it is shown again, once, to somebody %s; what was chosen stays", (_, stored) => {
    const one = machine(grown(contracts.codegraph));
    one.writeState(stored);
    expect(showNoticeOnce(one.client)).toBe(true);
    expect(showNoticeOnce(one.again().client)).toBe(true);
    expect(one.stderr).toEqual([text]);
    expect(one.state()).toMatchObject({ ...stored, updated_at: "2026-06-12T10:30:15Z", consent_epoch: 2 });
  });

  test("a no stays a no, whatever the edition", () => {
    const one = machine(grown(contracts.codegraph, 9));
    one.writeState({ enabled: false, consent_source: "cli" });
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
    const other = machine(grown(contracts.docglow, 9));
    other.writeState({ consent: "no" });
    expect(consent(other.client)).toEqual({ enabled: false, decidedBy: "stored" });
  });

  test("a yes that opted in to less no longer grants", () => {
    const one = machine(grown(contracts.docglow));
    one.writeState({ consent: "yes" });
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "default" });
    one.writeState({ consent: "yes", consent_epoch: 2 });
    expect(consent(one.client)).toEqual({ enabled: true, decidedBy: "stored" });
  });
});

describe("in contracts that nobody has written yet", () => {
  const notice = (contract: Contract, changes: Partial<NoticeContract>): Contract => ({
    ...contract,
    notice: { text: "told", when: "before-first-send", stream: "stderr", once: true, stores: {}, ...changes },
  });

  test("that sends from the next run on leaves one to refuse: nothing may be sent in the run that showed it", () => {
    const one = machine(notice(contracts.codegraph, { nextRun: true, stores: { first_run_notice_shown: true } }));
    expect([showNoticeOnce(one.client), showNoticeOnce(one.client)]).toEqual([false, false]);
    const other = one.again();
    expect([showNoticeOnce(other.client), showNoticeOnce(one.client)]).toEqual([true, false]);
    expect([one.stderr, other.stderr, one.state()]).toEqual([
      ["told"],
      [],
      { first_run_notice_shown: true, updated_at: "2026-06-12T10:30:15Z" },
    ]);
  });

  test("that is not shown once is shown once per process", () => {
    const one = machine(notice(contracts.codegraph, { once: false }));
    showNoticeOnce(one.client);
    showNoticeOnce(one.client);
    expect(one.stderr).toEqual(["told"]);
    const other = one.again();
    showNoticeOnce(other.client);
    expect(other.stderr).toEqual(["told"]);
    expect(one.state()).toBeUndefined();
  });

  test("that has nowhere of its own to note it is noted all the same", () => {
    const kept = { state: inHome(".t/state.json"), stateKeys: { consent_epoch: integer(1) } };
    const one = machine({ ...notice(contracts.jina, { stream: "stdout" }), ...kept });
    expect(showNoticeOnce(one.client)).toBe(true);
    expect(showNoticeOnce(one.again().client)).toBe(true);
    expect([one.stdout, one.state()]).toEqual([["told"], { consent_epoch: 1 }]);
  });
});
