import type { Field, Model, Type } from "../../model/model.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import type { MapTree } from "../tree.js";

/** A spec whose structure has been checked. Its model has placeholders where the structure is wrong. */
export interface Judged {
  readonly model: Model;
  readonly root: MapTree;
  /** Returns whether the structure of these top-level keys is right. Rules about missing keys need that. */
  readonly whole: (...keys: readonly string[]) => boolean;
  /** `2026-06-12`. Absent: nothing is near its end. */
  readonly today?: string | undefined;
}

/** One thing that structure alone can't find. Pure: reads, reports, changes nothing. */
export type Rule = (judged: Judged, report: DiagnosticSink) => void;

/** The fields that stand together in what is sent: those of one event or metric. Common fields are a group of their own. */
export function fieldGroups({ common, events, metrics, destination }: Model): readonly (readonly Field[])[] {
  return [
    common,
    destination.urlFields.filter((field) => !common.includes(field)),
    ...events.map(({ fields }) => fields),
    ...metrics.map(({ labels }) => labels),
  ];
}

/** Every field of the contract outside of objects. */
export function allFields(model: Model): readonly Field[] {
  return fieldGroups(model).flat();
}

/** A type and all that it is made of. */
export function typesWithin(type: Type): readonly Type[] {
  return [
    type,
    ...(type.of === undefined ? [] : typesWithin(type.of)),
    ...[...(type.fields ?? []), ...(type.cases ?? [])].flatMap((one) => typesWithin(one.type)),
  ];
}
