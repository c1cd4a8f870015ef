import { drawnFields } from "../model/apart.js";
import { existsUnder } from "../model/cases.js";
import type { Event, Field, FieldSet, Model, Picture } from "../model/model.js";
import { apartIn, placedByName } from "../model/wire.js";
import { isRequired, type MessageSchema } from "./event-schema.js";

/** The subject of a picture: one event, or what goes around all of them. */
export interface Drawn {
  readonly model: Model;
  /** Undefined: the body around a list of events. */
  readonly event?: Event;
  readonly each?: MessageSchema;
}

/** Pieces of a text that are there in any case, and that no event needs. */
const BY_ITSELF: readonly Picture["kind"][] = ["constant", "time", "sent"];

/** Returns whether a receiver can do without it: of an object, whether anything in it is needed. */
export function isNeeded(picture: Picture, drawn: Drawn): boolean {
  switch (picture.kind) {
    case "constant":
    case "event":
    case "each":
      return true;
    case "field":
      return [fieldOf(picture, drawn)].some((field) => field !== undefined && isAlways(field));
    case "object":
      return picture.entries.some((entry) => {
        if ("spread" in entry || "repeat" in entry)
          return neededOf("spread" in entry ? entry.spread : entry.repeat, drawn).length > 0;
        return entry.key.kind === "event" || isNeeded(entry.value, drawn);
      });
    case "list":
      return picture.items.some((item) =>
        "repeat" in item ? neededOf(item.repeat, drawn).length > 0 : isNeeded(item, drawn),
      );
    case "json":
    case "base64":
    case "base64url":
      return isNeeded(picture.of, drawn);
    // Without one of its pieces there is no text, but a line of the others.
    case "joined":
      return [picture.pieces.filter(({ kind }) => !BY_ITSELF.includes(kind))].some(
        (pieces) => pieces.length > 0 && pieces.every((piece) => isNeeded(piece, drawn)),
      );
    case "line":
      return picture.pieces.some((piece) => piece.kind !== "constant" && isNeeded(piece, drawn));
    case "name":
    case "value":
    case "text":
      return true;
    case "time":
    case "sent":
      return false;
    default:
      return picture satisfies never;
  }
}

export function fieldOf({ set, name }: Picture & { kind: "field" }, drawn: Drawn): Field | undefined {
  return membersOf({ of: set }, drawn, true).find(({ wireName }) => wireName === name);
}

/** The fields of a set that are always there. */
export function neededOf(set: FieldSet, drawn: Drawn): readonly Field[] {
  const holder = fieldOf({ kind: "field", set: set.of, name: set.name ?? "" }, drawn);
  if (set.name !== undefined && (holder === undefined || !isAlways(holder))) return [];
  return membersOf(set, drawn).filter(isAlways);
}

function isAlways(field: Field): boolean {
  return isRequired(field) && existsUnder(field) === undefined;
}

/** The fields of a set, for this event. @param all also those that have a place of their own. */
export function membersOf({ of, name }: FieldSet, { model, event }: Drawn, all = false): readonly Field[] {
  const fields = drawnFields({ common: model.common, fields: event?.fields ?? [] }[of], apartIn(model.wire, of));
  if (name === undefined) {
    const placed = all ? [] : placedByName(model.wire)[of];
    return fields.filter(({ wireName }) => !placed.includes(wireName));
  }
  return fields.find(({ wireName }) => wireName === name)?.type.fields ?? [];
}
