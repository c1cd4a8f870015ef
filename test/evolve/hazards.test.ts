import { describe, expect, it, vi } from "vitest";
import { commands } from "../../generated/client/sending.js";
import { clientTarget } from "../../generator/targets/typescript/typescript.js";
import { runTelemetryCommand } from "../../templates/client/runtime/command/command.js";
import { before, consent } from "../../templates/client/runtime/consent/consent.js";
import { showNoticeOnce } from "../../templates/client/runtime/consent/notice.js";
import type { Contract } from "../../templates/client/runtime/contract.js";
import { integer } from "../../templates/client/runtime/values/numbers.js";
import { contracts, machine } from "../client/consent/machine.js";
import { ask } from "../worker/collecting-host.js";
import { generateWorker, modelOfSystem } from "../worker/generated-worker.js";
import { readCase } from "./read-case.js";

/** Seen in shipped products; each is impossible here, whatever the contract's age. */
const { codegraph, docglow } = contracts;
const no = { enabled: false, consent_source: "cli" };

function ofEpoch(contract: Contract, epoch: number): Contract {
  const { optOut, order } = contract.consent;
  const asked = order.map((step) =>
    step.by !== "stored" || optOut || epoch === 1 ? step : { ...step, outdated: before(epoch) },
  );
  return {
    ...contract,
    stateKeys: { ...contract.stateKeys, consent_epoch: integer(1) },
    epoch,
    consent: { ...contract.consent, order: asked },
  };
}

async function status(one: ReturnType<typeof machine>): Promise<{ enabled: boolean; decidedBy: string }> {
  await runTelemetryCommand(one.client, { commands }, ["status", "--json"]);
  const { enabled, decided_by: decidedBy } = JSON.parse(one.stdout.splice(0).join("\n")) as {
    enabled: boolean;
    decided_by: string;
  };
  return { enabled, decidedBy };
}

describe("a refusal", () => {
  it.each([1, 2, 9])("never ages into consent: ten years later, at epoch %i", (epoch) => {
    const one = machine(ofEpoch(codegraph, epoch), { now: () => Date.UTC(2036, 1, 1) });
    one.writeState(no);
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
    showNoticeOnce(one.client);
    expect(one.state()).toMatchObject(no);
    expect(consent(one.again().client)).toEqual({ enabled: false, decidedBy: "stored" });
  });

  it.each(["codegraph", "codegraph-pro", "nightly", undefined])("outlives the build channel %s", (build) => {
    const one = machine(codegraph, { build });
    one.writeState(no);
    expect(consent(one.client).enabled).toBe(false);
    showNoticeOnce(one.client);
    expect(one.state()).toEqual(no);
  });
});

describe("a switch that only denies", () => {
  it.each(["0", "false", ""])("never grants: DO_NOT_TRACK=%s", (value) => {
    const one = machine(codegraph, { env: { DO_NOT_TRACK: value } });
    one.writeState(no);
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
  });

  it.each(["0", "false", "", "no", "off"])("never grants: DOCGLOW_NO_TELEMETRY=%s", (value) => {
    const other = machine(docglow, { env: { DOCGLOW_NO_TELEMETRY: value } });
    expect(consent(other.client)).toEqual({ enabled: false, decidedBy: "default" });
  });

  it.each(["1", "true", "True", "TRUE", " yes ", "On", "no", "2"])(
    "denies however it is written: DO_NOT_TRACK=%s",
    (value) => {
      expect(consent(machine(codegraph, { env: { DO_NOT_TRACK: value, CODEGRAPH_TELEMETRY: "1" } }).client)).toEqual({
        enabled: false,
        decidedBy: "DO_NOT_TRACK",
      });
    },
  );
});

describe("status and the gate", () => {
  it.each<[Record<string, string>, unknown]>([
    [{}, undefined],
    [{}, no],
    [{ CODEGRAPH_TELEMETRY: "True" }, no],
    [{ CODEGRAPH_TELEMETRY: "False" }, undefined],
    [{ DO_NOT_TRACK: "TRUE", CODEGRAPH_TELEMETRY: "1" }, undefined],
    [{ CODEGRAPH_TELEMETRY: "maybe" }, "{damaged"],
  ])("say the same with %j and %j", async (env, stored) => {
    const one = machine(codegraph, { env });
    if (stored !== undefined) one.writeState(stored);
    expect(await status(one)).toEqual(consent(machine(codegraph, { env }, undefined, one.home).client));
  });
});

describe("a damaged state file", () => {
  it.each(["{", "", "null", "[]", '{"enabled":"yes"}', '{"consent":"YES","enabled":1}', "\u0000\u0000"])(
    "is never consent: %j",
    (content) => {
      const one = machine(docglow);
      one.writeState(content);
      expect(consent(one.client).enabled).toBe(false);
      const other = machine(codegraph);
      other.writeState(content);
      showNoticeOnce(other.client);
      expect(other.state()?.["enabled"]).not.toBe(true);
    },
  );
});

it("nothing of a body is logged, and nothing of it reaches an error", async () => {
  const worker = await generateWorker(modelOfSystem("codegraph"));
  worker.remove();
  const spies = (["log", "info", "warn", "error", "debug", "trace"] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => {}),
  );
  for (const body of ["{ canary", '{"machine_id":"canary"}', '["canary"]', '{"events":[{"event":"canary"}]}']) {
    const { text, counted } = await ask(worker.contract, "/v1/events", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(`${text}${JSON.stringify(counted)}`).not.toContain("canary");
  }
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

describe("when more is collected", () => {
  it("the generated client knows the new epoch, shows the notice again to who saw the old one, and to nobody twice", async () => {
    const files = await clientTarget.generate(readCase("field-added").head);
    expect(files.find(({ path }) => path.endsWith("sending.ts"))?.text).toContain("epoch: 2");
    const one = machine(ofEpoch(codegraph, 2));
    one.writeState({ enabled: true, consent_source: "default-notice", first_run_notice_shown: true });
    showNoticeOnce(one.client);
    showNoticeOnce(one.again().client);
    expect(one.stderr).toHaveLength(1);
    expect(one.state()).toMatchObject({ consent_epoch: 2 });
  });

  it("a yes to less is not a yes to more where somebody has to opt in", () => {
    const one = machine(ofEpoch(docglow, 2));
    one.writeState({ consent: "yes" });
    expect(consent(one.client).enabled).toBe(false);
  });
});
