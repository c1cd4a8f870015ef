import type { Event, Model } from "../../model/model.js";
import { isKept, stateKeyOf, statePath } from "../../model/state-path.js";
import { hashedIdentifier } from "../../payload/identifier-hash.js";
import { planEvent } from "../../plan/emitters.js";
import { planField } from "../../plan/fields.js";
import { valueOfSchema } from "../../plan/values.js";
import { combinedCases } from "./combined.js";
import { groupCases, queueLineCases } from "./queue-lines.js";
import { bodyOf, isJson, isOver, recorded, requestOf, where } from "./sent.js";
import { type Case, isSaid, ownOf, type World } from "./world.js";

const secret = "5e".repeat(32);
const day = 86_400_000;

/** Returns where identifiers come from: found, worked out of what is kept, or minted; that the same one comes back; and what is kept of them. */
export function identifierCases(model: Model, world: World): readonly Case[] {
  if (model.identifiers.length === 0) return [];
  const keeps = statePath(model) !== undefined;
  return model.identifiers.flatMap((identifier): readonly Case[] => {
    const { name, madeFrom, hash, format, created } = identifier;
    // One that is new for each event isn't kept.
    if (madeFrom === "given" || created === "each-event") return [];
    const kept = keeps && isKept(identifier);
    const ask = (stored: object | null) => ({ ...world, stored, name });
    const form = valueOfSchema(format.schema);
    const key = stateKeyOf(model, name) ?? name;
    // One with a dot goes one level down.
    const [top = key] = key.split(".");
    const minted: Case = {
      id: `${name} is made, and stays the same`,
      ask: "identify",
      given: ask(null),
      expect: { form, same: true, stored: kept ? (hash === undefined ? [top] : ["machine_secret"]) : [] },
    };
    const found =
      hash !== undefined && kept
        ? [
            {
              id: `${name} of what is kept`,
              ask: "identify",
              given: ask({ machine_secret: secret }),
              expect: { values: [hashedIdentifier(model.product, name, hash.keep, secret)] },
            },
          ]
        : [];
    const damaged =
      kept && hash === undefined
        ? [
            {
              id: `${name}: another type counts as none`,
              ask: "identify",
              given: ask({ [key]: ["x"] }),
              expect: { form, same: true },
            },
          ]
        : [];
    return [minted, ...found, ...damaged];
  });
}

/** A rollup's lines, written by two hands: one event of one group, whatever the order of keys. */
export function rollupCases(model: Model, anywhere: World): readonly Case[] {
  return model.events.flatMap((event) => {
    const planned = planEvent(model, event);
    if (planned.kind !== "rollup" || model.delivery.queue === undefined) return [];
    if (isOver(event) || !isSaid(model, event) || !isJson(bodyOf(model, event))) return [];
    const world = where(anywhere, event);
    const { fields } = recorded(model, event);
    if (!planned.plain) return combinedCases(model, world, event);
    const failing = planned.counters.length > 1;
    const record = (ok: boolean) => ({ event: event.wireName, fields, ok });
    const counted = (calls: number, failed: number) => withCounts(event, [calls, ...(failing ? [failed] : [])]);
    return [
      {
        id: `${event.wireName}: calls add up`,
        ask: "sent",
        given: { ...world, record: [record(true), record(true), record(!failing)] },
        expect: { requests: [{ json: bodyOf(model, counted(3, 1)) }], own: ownOf(model, event) },
      },
      {
        id: `${event.wireName}: a call in each of two days is two events`,
        ask: "sent",
        given: { ...world, record: [record(true), { ...record(true), at: world.now + day }] },
        expect: { counts: { requests: 1, events: 2 } },
      },
      ...groupCases(model, world, event, (...sums) => withCounts(event, sums)),
    ];
  });
}

/** The golden payload with these sums, whatever the counters' examples are. */
function withCounts(event: Event, sums: readonly number[]): Event {
  const names = event.rollup?.counters.map(({ wireName }) => wireName) ?? [];
  const fields = event.fields.map((field) => {
    const at = names.indexOf(field.wireName);
    return at < 0 ? field : { ...field, example: sums[at] ?? 0 };
  });
  return { ...event, fields, rollup: undefined as never };
}

/** The queue's folder before and after a flush. */
export function queueCases(model: Model, anywhere: World): readonly Case[] {
  const { queue } = model.delivery;
  const event = model.events.find((one) => one.rollup === undefined && !isOver(one) && isSaid(model, one));
  if (queue === undefined || event === undefined) return [];
  const world = where(anywhere, event);
  const name = queue.file.slice(queue.file.lastIndexOf("/") + 1);
  const { fields } = recorded(model, event);
  const planned = planEvent(model, event);
  if (planned.kind !== "event") return [];
  const props = Object.fromEntries(
    event.fields
      .filter(({ wireName }) => wireName in fields)
      .map((field) => [field.wireName, planField(model, field).example]),
  );
  const whole = Object.keys(props).length === event.fields.filter(({ legacy }) => !legacy).length;
  const line = JSON.stringify({ v: model.schemaVersion, event: event.wireName, ts: world.now, props });
  const text = `\n${line}\n`;
  const size = Buffer.byteLength(text);
  const body = requestOf(model, event);
  const ownState = ownOf(model, event);
  const flush = (id: string, files: object, answer: unknown, expect: object): Case => ({
    id,
    ask: "flush",
    given: { ...world, files, answer },
    expect,
  });
  if (!whole) return [];
  return [
    flush("an event is sent, and its file is spent", { [name]: text }, 204, {
      requests: [body],
      files: { [`${name}.spent-${size}-*`]: text },
      own: ownState,
    }),
    flush("refused: it is given back", { [name]: text }, "refused", { files: { [name]: text } }),
    flush("no answer after the whole request: it may have arrived", { [name]: text }, "gone", {
      files: { [`${name}.spent-${size}-*`]: text },
    }),
    flush("a sealed file goes when it was sent", { [`${name}.seal-${world.now - 10_000}-0.5`]: text }, 204, {
      requests: [body],
      files: {},
      own: ownState,
    }),
    flush("sealed a moment ago: somebody may have it open", { [`${name}.seal-${world.now - 9999}-0.5`]: text }, 204, {
      requests: [body],
      files: { [`${name}.spent-${size}-*`]: text },
      own: ownState,
    }),
    flush("another's claim is left alone", { [`${name}.claim-${world.now - 5000}-0.5`]: text }, 204, {
      requests: [],
      files: { [`${name}.claim-${world.now - 5000}-0.5`]: text },
    }),
    flush("a dead sender's claim is sent", { [`${name}.claim-${world.now - queue.reclaimAfter}-0.5`]: text }, 204, {
      requests: [body],
      files: { [`${name}.spent-${size}-*`]: text },
      own: ownState,
    }),
    flush("a damaged line spoils none but itself", { [name]: `\n{"v":1,"event"\n${text}` }, 204, {
      requests: [body],
      own: ownState,
    }),
    flush(
      "a future version's line is read by its own number",
      { [name]: `\n${JSON.stringify({ v: "1", event: event.wireName, ts: 1, props })}\n` },
      204,
      { requests: [] },
    ),
    ...queueLineCases(model, world, event, props),
  ];
}
