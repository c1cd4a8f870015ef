import { parse } from "yaml";
import { draftContract } from "../../generator/learn/draft.js";
import { readSample, type Sample } from "../../generator/learn/sample.js";
import type { JsonValue } from "../../generator/model/json-schema.js";

export const samples = (...bodies: readonly string[]): readonly Sample[] =>
  bodies.flatMap((body) => {
    const read = readSample(body);
    if ("problem" in read) throw new Error(read.problem);
    return read;
  });
export const json = (...payloads: readonly JsonValue[]) => samples(...payloads.map((one) => JSON.stringify(one)));
export const nothingClosed = () => false;

export interface Drafted {
  readonly common?: Record<string, Record<string, unknown>>;
  readonly identifiers: "none" | Record<string, Record<string, unknown>>;
  readonly events: Record<string, { readonly fields?: Record<string, Record<string, unknown>> }>;
  readonly wire: Record<string, unknown>;
}
export const drafted = (all: readonly Sample[], isClosed: () => boolean = nothingClosed) =>
  parse(draftContract(all, isClosed).text) as Drafted;
