import { RHYTHM } from "../../language/delivery/index.js";
import type { Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment, duration, text } from "./literal.js";
import { methodOf, type Names } from "./names.js";
import { recordedFields } from "./terms.js";
import { memberOf, sentence, type Types } from "./types.js";

/** An event's struct and its method. */
export function printEvent(
  plan: Plan,
  one: PlanEvent,
  types: Types,
  names: Names,
  shapes: Map<string, EventShape>,
): string {
  const shape = eventShape(one, names);
  const { method, struct, given } = shape;
  shapes.set(one.name, shape);
  const args = recordedFields(plan, one).map((field) =>
    given.includes(field) ? givenOf(field, `event.${memberOf(field)}`) : "nil",
  );
  const members = given.map(
    (field) => `${comment([sentence(field)], "\t")}\t${memberOf(field)} ${types.of(field, one.words)}\n`,
  );
  return [
    ...(struct === undefined
      ? []
      : [
          comment([`${struct} is what [Client.${method}] records.`]),
          `type ${struct} struct {\n${members.join("")}}\n\n`,
        ]),
    comment([
      `${method} records ${one.name}: ${one.when} ${one.why}`,
      ...(one.note === undefined ? [] : [`Note: ${one.note}`]),
      ...(one.schedule === undefined ? [] : [spokenOf(one.schedule, struct)]),
    ]),
    ...(one.schedule === undefined
      ? [
          `func (c *Client) ${method}(${struct === undefined ? "" : `event ${struct}`}) {\n`,
          `\tc.${innerOf(plan)}.record(${[text(one.name), ...args].join(", ")})\n}\n`,
        ]
      : byTheClock(plan, one, one.schedule, struct, args)),
  ].join("");
}

/** Returns what runs for as long as the program wants, and records whenever it is due. */
function byTheClock(
  plan: Plan,
  one: PlanEvent,
  { every, firstAfter = 0, jitter = 0 }: NonNullable<PlanEvent["schedule"]>,
  struct: string | undefined,
  args: readonly string[],
): readonly string[] {
  const times = [every, firstAfter, jitter].map((one) => (one === 0 ? "0" : duration(one))).join(", ");
  const record = `c.${innerOf(plan)}.record(${[text(one.name), ...args].join(", ")})`;
  const fields = struct === undefined ? "" : `, fields func(ctx context.Context) (${struct}, error)`;
  const does =
    struct === undefined
      ? `\t\tif take() {\n\t\t\t${record}\n\t\t}\n`
      : `\t\tif event, err := fields(ctx); err == nil && take() {\n\t\t\t${record}\n\t\t}\n`;
  return [
    `func (c *Client) ${methodOf(one.words)}(ctx context.Context${fields}) {\n`,
    `\tc.${innerOf(plan)}.byTheClock(ctx, ${text(one.name)}, schedule{${times}}, func(${struct === undefined ? "_" : "ctx"} context.Context, take func() bool) {\n`,
    does,
    "\t})\n}\n",
  ];
}

function spokenOf(schedule: NonNullable<PlanEvent["schedule"]>, struct: string | undefined): string {
  const asked =
    struct === undefined
      ? ""
      : " Only then fields is called, and never while telemetry is off; after an error it is asked again later.";
  return `It is recorded when it is due, ${RHYTHM.every.spoken(schedule)}, until ctx is done. When that was is kept on the machine, so that of any number of processes one does it.${asked} Run it in a goroutine.`;
}

/** Returns what of the client sends: an outbox, or a queue. */
export function innerOf({ delivery }: Plan): "outbox" | "queue" {
  return delivery.mode === "queued" ? "queue" : "outbox";
}

/** The function that a program calls for an event. */
export interface EventShape {
  readonly method: string;
  /** The struct that it takes; undefined: nothing. */
  readonly struct: string | undefined;
  readonly given: readonly PlanField[];
}

/** Returns what it is called without the rhythm in which it is recorded. */
export function wordsOf({ words, schedule }: PlanEvent): readonly string[] {
  return schedule === undefined ? words : words.slice(0, -1);
}

function eventShape(one: PlanEvent, names: Names): EventShape {
  const given = one.fields.filter(({ name }) => one.given.includes(name));
  return {
    method: methodOf(one.words),
    struct: given.length === 0 ? undefined : names.take([...wordsOf(one), "event"]),
    given,
  };
}
