import { describe, expect, test } from "vitest";
import { commands as codegraphCommands } from "../../../generated/client/sending.js";
import { runTelemetryCommand } from "../../../templates/client/runtime/command/command.js";
import { statusOf } from "../../../templates/client/runtime/command/command-status.js";
import { consent } from "../../../templates/client/runtime/consent/consent.js";
import { showNoticeOnce } from "../../../templates/client/runtime/consent/notice.js";
import { contracts, machine, type System } from "./machine.js";

/** The faults of shipped telemetry: each must be impossible here. */
describe("seen in shipped products", () => {
  test.each(["1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z", undefined])(
    "a refusal that ages (written %s)",
    (updated_at) => {
      for (const year of [1999, 2026, 2126]) {
        const one = machine(contracts.codegraph, { now: () => Date.UTC(year, 0) });
        one.writeState({ enabled: false, updated_at });
        expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
      }
    },
  );

  test("a status that resolves differently from the gate", () => {
    for (const name of Object.keys(contracts) as System[]) {
      const variables = contracts[name].consent.order.flatMap(({ by, find }) => (find === undefined ? [by] : []));
      for (const variable of [undefined, ...variables]) {
        for (const value of ["", " ", "0", "1", "true", "False", "x"]) {
          for (const stored of [
            undefined,
            "{broken",
            { enabled: false, consent: "no" },
            { enabled: true, consent: "yes" },
          ]) {
            const one = machine(contracts[name], {
              env: variable === undefined ? {} : { [variable]: value },
              config: () => undefined,
            });
            if (stored !== undefined) one.writeState(stored);
            const { enabled, decidedBy } = consent(one.client);
            expect(statusOf(one.client)).toMatchObject({ enabled, decided_by: decidedBy });
          }
        }
      }
    }
  });

  test.each(["0", "false", ""])("DO_NOT_TRACK=%s that forces collection on", (value) => {
    const one = machine(contracts.codegraph, { env: { DO_NOT_TRACK: value } });
    one.writeState({ enabled: false });
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
  });

  test.each(["0", "false", "no", "off", ""])("DOCGLOW_NO_TELEMETRY=%s that forces collection on", (value) => {
    const other = machine(contracts.docglow, { env: { DOCGLOW_NO_TELEMETRY: value } });
    expect(consent(other.client).enabled).toBe(false);
  });

  test("a damaged state file that is rewritten as consent", () => {
    const one = machine(contracts.docglow);
    one.writeState('{"consent": "no"');
    expect(consent(one.client).enabled).toBe(false);
    const other = machine(contracts.codegraph);
    other.writeState('{"enabled": false');
    // Undecided, so on by default: but what must be shown before can't be noted, and nothing leaves.
    expect(showNoticeOnce(other.client)).toBe(false);
    expect(other.state()).toBeUndefined();
  });

  test("a build that overwrites a refusal, or enables what is locked", () => {
    const one = machine(contracts.codegraph);
    one.writeState({ enabled: false });
    for (const build of ["codegraph-pro", "codegraph", "unknown", undefined]) {
      expect(consent(one.again({ build }).client).enabled).toBe(false);
    }
    one.writeState({ enabled: true });
    expect(consent(one.again({ build: "codegraph-pro", env: { CODEGRAPH_TELEMETRY: "1" } }).client)).toEqual({
      enabled: false,
      decidedBy: "build",
    });
  });

  test("a variable that only status reads", () => {
    for (const name of Object.keys(contracts) as System[]) {
      const contract = contracts[name];
      const read = [
        ...contract.consent.order.flatMap(({ by, find }) => (find === undefined ? [{ env: by }] : [])),
        ...(contract.destination.override?.order ?? []),
        ...Object.values(contract.wire.secrets ?? {}).map((env) => ({ env })),
        ...(contract.delivery.debug ? [contract.delivery.debug] : []),
      ];
      const shown = Object.keys(statusOf(machine(contract, { config: () => undefined }).client).env);
      expect(shown).toEqual(read.flatMap((one) => ("env" in one ? [one.env] : [])));
    }
  });

  test.each(["true", "True", "TRUE", " true ", "1", "yes", "On"])(
    "one spelling of yes (%j) that works, and another that doesn't",
    (value) => {
      expect(consent(machine(contracts.codegraph, { env: { DO_NOT_TRACK: value } }).client).enabled).toBe(false);
      expect(
        consent(machine(contracts.docglow, { env: { DOCGLOW_NO_TELEMETRY: value, DOCGLOW_TELEMETRY: "1" } }).client)
          .enabled,
      ).toBe(false);
      expect(
        consent(machine(contracts.docglow, { env: { DOCGLOW_TELEMETRY: value }, config: () => undefined }).client)
          .enabled,
      ).toBe(true);
    },
  );

  test("a notice that names an off switch which does not exist", async () => {
    const text = contracts.codegraph.notice?.text ?? "";
    const command = /"([^"]+)"/.exec(text)?.[1];
    expect(command).toBe(codegraphCommands.disable?.run);
    const one = machine(contracts.codegraph);
    expect(
      await runTelemetryCommand(one.client, { commands: codegraphCommands }, command?.split(" ").slice(2) ?? []),
    ).toBe(0);
    expect(consent(one.client)).toEqual({ enabled: false, decidedBy: "stored" });
    const [, variable = "", value = ""] = /(\w+)=(\w+)/.exec(text) ?? [];
    expect(consent(machine(contracts.codegraph, { env: { [variable]: value } }).client).enabled).toBe(false);
  });

  test("off that doesn't reach a process that is already running", async () => {
    const daemon = machine(contracts.codegraph);
    expect(consent(daemon.client).enabled).toBe(true);
    await runTelemetryCommand(daemon.again().client, { commands: codegraphCommands }, ["off"]);
    expect(consent(daemon.client)).toEqual({ enabled: false, decidedBy: "stored" });
  });
});

test("what is read at the start is not read again", () => {
  const env: Record<string, string> = {};
  const one = machine(contracts.cocoindex, { env });
  expect(consent(one.client).enabled).toBe(true);
  env["COCOINDEX_DISABLE_USAGE_TRACKING"] = "1";
  expect(consent(one.client).enabled).toBe(true);
  expect(consent(one.again().client).enabled).toBe(false);
});

test("a cluster that can't be read, or that nobody reads, is a no", () => {
  const config = () => {
    throw new Error("connection refused");
  };
  expect(consent(machine(contracts.cozystack, { config }).client)).toEqual({ enabled: false, decidedBy: "config" });
  expect(consent(machine(contracts.cozystack).client)).toEqual({ enabled: false, decidedBy: "config" });
  expect(consent(machine(contracts.cozystack, { config: () => undefined }).client)).toEqual({
    enabled: true,
    decidedBy: "default",
  });
});

test.each(["env", "build"])("a host whose %s throws gets a no", (part) => {
  const one = machine(contracts.codegraph);
  const get = () => {
    throw new Error("no");
  };
  Object.defineProperty(one.client.host, part, { get });
  expect(consent(one.client).enabled).toBe(false);
});
