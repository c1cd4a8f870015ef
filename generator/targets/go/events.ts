import { RHYTHM } from "../../language/delivery/index.js";
import { modeOf } from "../../model/delivery.js";
import { numberKind } from "../../plan/number-kind.js";
import type { Plan, PlanEvent, PlanField } from "../../plan/plan.js";
import { givenOf } from "./given.js";
import { comment, duration, members, text } from "./literal.js";
import { methodOf, type Names } from "./names.js";
import { goesByItself, recordedFields } from "./terms.js";
import { memberOf, sentence, type Types } from "./types.js";

/** An event's struct and its method. */
export function printEvent(
  plan: Plan,
  event: PlanEvent,
  types: Types,
  names: Names,
  shapes: Map<string, EventShape>,
): string {
  const shape = eventShape(event, names);
  const { method, struct, given } = shape;
  shapes.set(event.name, shape);
  const args = recordedFields(plan, event).map((field) =>
    given.includes(field) ? givenOf(field, `event.${memberOf(field)}`) : "nil",
  );
  const all = given.map((field) => ({
    name: memberOf(field),
    type: types.of(field, event.words),
    doc: sentence(field).trim(),
  }));
  return [
    ...(struct === undefined
      ? []
      : [comment([`${struct} is what [Client.${method}] records.`]), `type ${struct} struct {\n${members(all)}}\n\n`]),
    comment([
      `${method} records ${event.name}. When: ${event.when} Why: ${event.why}`,
      ...(event.note === undefined ? [] : [`Note: ${event.note}`]),
      ...(event.schedule === undefined ? [] : [spokenOf(event.schedule, struct)]),
      ...returned(plan, event),
    ]),
    ...(event.schedule === undefined
      ? recorded(plan, event, shape, args)
      : byTheClock(plan, event, event.schedule, struct, args)),
  ].join("");
}

/** Returns what records at once, and gives back what its caller is to have. */
function recorded(plan: Plan, one: PlanEvent, { method, struct }: EventShape, args: readonly string[]) {
  const event = struct === undefined ? [] : [`event ${struct}`];
  const inner = `c.${innerFor(plan, one)}`;
  const given = [text(one.name), ...args].join(", ");
  const leaving = leavingOf(plan, one);
  switch (leaving.kind) {
    case "carried":
      return [`func (c *Client) ${method}(${event.join("")}) Carried {\n\treturn ${inner}.carriedBy(${given})\n}\n`];
    case "answered":
      return [
        `func (c *Client) ${method}(${["ctx context.Context", ...event].join(", ")}) (answer string, ok bool) {\n`,
        `\treturn ${inner}.answered(ctx, ${given})\n}\n`,
      ];
    case "named":
      return [
        `func (c *Client) ${method}(${event.join("")}) ${leaving.type} {\n`,
        `\treturn idOf[${leaving.type}](${inner}.${taking(plan, one)}(${given}), ${text(leaving.id)})\n}\n`,
      ];
    case "recorded":
      return [`func (c *Client) ${method}(${event.join("")}) {\n\t${inner}.${taking(plan, one)}(${given})\n}\n`];
    default:
      return leaving satisfies never;
  }
}

/** The types of what identifies. */
const ID_TYPES = { integer: "int64", real: "float64", none: "string" } as const;

type Leaving =
  | { readonly kind: "recorded" | "answered" | "carried" }
  /** Another event can name it. */
  | { readonly kind: "named"; readonly id: string; readonly type: string };

/** Returns by what an event leaves, and what its caller gets of it. */
export function leavingOf({ delivery }: Plan, { fields, schedule }: PlanEvent): Leaving {
  if (modeOf({ delivery }).rides) return { kind: "carried" };
  if (delivery.answer !== undefined) return { kind: "answered" };
  const id = schedule === undefined ? fields.find(({ from }) => from.kind === "each-event") : undefined;
  if (id === undefined) return { kind: "recorded" };
  return { kind: "named", id: id.name, type: ID_TYPES[numberKind(id.value)] };
}

function returned(plan: Plan, event: PlanEvent): readonly string[] {
  const leaving = leavingOf(plan, event);
  switch (leaving.kind) {
    case "carried":
      return ["It returns what the program's own request is to carry: nothing while telemetry is off."];
    case "answered":
      return event.schedule === undefined
        ? [
            "It waits for what the receiver answers, until ctx is done or for the contract's timeout. Not ok: nothing is sent, or nothing comes back.",
          ]
        : ["What the receiver answers goes to answer, unless that is nil."];
    case "named":
      return [
        `It returns its ${leaving.id}, by which another event can name it, or the zero value where it isn't recorded.`,
      ];
    case "recorded":
      return [];
    default:
      return leaving satisfies never;
  }
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
  const inner = `c.${innerFor(plan, one)}`;
  const all = [text(one.name), ...args].join(", ");
  const answers = leavingOf(plan, one).kind === "answered";
  const record = answers
    ? `if said, ok := ${inner}.answered(ctx, ${all}); ok && answer != nil {\n\t\t\t\tanswer(said)\n\t\t\t}`
    : `${inner}.${taking(plan, one)}(${all})`;
  const fields = struct === undefined ? "" : `, fields func(ctx context.Context) (${struct}, error)`;
  const answer = answers ? ", answer func(answer string)" : "";
  const named = struct !== undefined || answers;
  const does =
    struct === undefined
      ? `\t\tif take() {\n\t\t\t${record}\n\t\t}\n`
      : `\t\tif event, err := fields(ctx); err == nil && take() {\n\t\t\t${record}\n\t\t}\n`;
  return [
    `func (c *Client) ${methodOf(one.words)}(ctx context.Context${fields}${answer}) {\n`,
    `\t${inner}.byTheClock(ctx, ${text(one.name)}, schedule{${times}}, func(${named ? "ctx" : "_"} context.Context, take func() bool) {\n`,
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
  return modeOf({ delivery }).waits ? "queue" : "outbox";
}

/** Returns what takes an event: what is sent although telemetry is off waits nowhere. */
function innerFor(plan: Plan, event: PlanEvent): "outbox" | "queue" {
  return goesByItself(plan, event) ? "outbox" : "queue";
}

/** Returns the method of that which takes it. */
function taking(plan: Plan, event: PlanEvent): string {
  return innerFor(plan, event) === "outbox" ? "dispatch" : "record";
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

function eventShape(event: PlanEvent, names: Names): EventShape {
  const given = event.fields.filter(({ name }) => event.given.includes(name));
  return {
    method: methodOf(event.words),
    struct: given.length === 0 ? undefined : names.take([...wordsOf(event), "event"]),
    given,
  };
}
