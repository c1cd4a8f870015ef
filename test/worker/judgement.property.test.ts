import { Ajv } from "ajv";
import { expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import { payloadSchema } from "../../generator/payload/payload-schema.js";
import type { Accepted, WorkerContract } from "../../templates/worker/runtime/contract.js";
import { judgeText } from "../../templates/worker/runtime/judge/judge-text.js";
import { fc } from "../support/property.js";
import { wireKeys } from "../wire-keys.js";
import { generateWorker, modelOf } from "./generated-worker.js";
import { randomFrom } from "./random.js";
import { randomSpec } from "./random-contract.js";
import { garble, mutate, print, validPayload } from "./random-payload.js";
import { referenceJudge } from "./reference.js";

/** PLAINSIGHT_FUZZ_CONTRACTS=4000 PLAINSIGHT_SEED=1 vitest run test/worker/judgement.property.test.ts: a million cases. */
const contracts = Number(process.env.PLAINSIGHT_FUZZ_CONTRACTS ?? 25);
const casesEach = 250;
const now = Date.parse("2026-06-13T08:00:00.000Z");

it(`random contracts × random bodies: what passes is allowed, what is allowed passes whole, and a slow reading agrees`, {
  timeout: 3_600_000,
}, async () => {
  const seen = { valid: 0, mutated: 0, refused: 0, forwarded: 0 };
  const oneContract = async (start: number) => {
    const random = randomFrom(start);
    const model = modelOf(JSON.stringify(randomSpec(random)));
    const worker = await generateWorker(model);
    worker.remove();
    const allowed = published(model);
    for (let index = 0; index < casesEach; index++) {
      const payload = validPayload(model, random);
      const text = print(payload);
      if (random.chance(0.3)) {
        seen.valid++;
        expect(allowed(JSON.parse(text)), `the schema refuses ${text}`).toBe(true);
        passesWhole(text, model, worker.contract);
        continue;
      }
      seen.mutated++;
      const changed = random.chance(0.9) ? print(mutate(payload, random)) : garble(text, random);
      const verdict = judgeText(changed, worker.contract, now);
      seen[verdict.outcome === "accepted" ? "forwarded" : "refused"] +=
        verdict.outcome === "accepted" ? verdict.accepted.length : 1;
      const reference = referenceJudge(changed, model, now);
      const judged =
        verdict.outcome === "accepted" ? { refused: false, accepted: verdict.accepted } : { refused: true };
      expect(judged, changed).toEqual(reference);
      for (const accepted of verdict.accepted) {
        const sent = JSON.parse(JSON.stringify(asSent(accepted, model)));
        expect(allowed(sent), `forwarded ${JSON.stringify(sent)} of ${changed}`).toBe(true);
      }
    }
  };
  await fc.assert(fc.asyncProperty(fc.noBias(fc.nat()), oneContract), { numRuns: contracts, endOnFailure: true });
  if (contracts > 25) console.log(seen);
  // Nothing is proved by cases of which none passes, or none is refused.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(contracts * 8);
});

/** The published schema, with ajv itself as the judge. Lengths count UTF-16 units, as everywhere. */
function published(model: Model): (body: unknown) => boolean {
  const ajv = new Ajv({
    strict: false,
    strictNumbers: true,
    ownProperties: true,
    unicode: false,
    unicodeRegExp: false,
    logger: false,
  });
  return ajv.compile(payloadSchema(model)) as (body: unknown) => boolean;
}

function passesWhole(text: string, model: Model, contract: WorkerContract): void {
  const { outcome, accepted, dropped } = judgeText(text, contract, now);
  expect({ outcome, dropped }, text).toEqual({ outcome: "accepted", dropped: [] });
  const sent = JSON.parse(text);
  const wire = wireKeys(model);
  if (wire.format === "json-batch") {
    const { [wire.eventsKey]: list, ...common } = sent;
    const whole = list.map(({ event, ts, props }: { event: string; ts?: string; props: object }) => ({
      event,
      fields: { ...common, ...props },
      ...(ts === undefined ? {} : { time: ts }),
    }));
    expect(accepted, text).toEqual(whole);
  } else {
    const { event = model.events[0]?.wireName, ...fields } = sent;
    expect(accepted, text).toEqual([{ event, fields }]);
  }
}

/** Puts an accepted event back into the form in which it travels. */
function asSent({ event, fields, time }: Accepted, model: Model): unknown {
  const { common } = model;
  const wire = wireKeys(model);
  if (wire.format !== "json-batch")
    return { ...(wire.format === "json" && wire.eventKey ? { [wire.eventKey]: event } : {}), ...fields };
  const isCommon = (key: string) => common.some(({ wireName }) => wireName === key);
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => isCommon(key) === wanted));
  return {
    ...part(true),
    [wire.eventsKey]: [{ [wire.eventKey]: event, ...(time && { ts: time }), [wire.fieldsKey]: part(false) }],
  };
}
