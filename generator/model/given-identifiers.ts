import type { Model } from "./model.js";

/** Identifiers that the program gives, by the names under which they go with every event. Those that the client makes are known to it. */
export function givenIdentifiers({ common, identifiers }: Pick<Model, "common" | "identifiers">): readonly string[] {
  const given = new Set(identifiers.flatMap(({ name, madeFrom }) => (madeFrom === "given" ? [name] : [])));
  return common.flatMap(({ wireName, type }) => (given.has(type.identifier ?? "") ? [wireName] : []));
}
