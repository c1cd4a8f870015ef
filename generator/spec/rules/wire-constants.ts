import { fieldSet } from "../../language/wire/index.js";
import { fieldsOf } from "../../model/field-sets.js";
import { picturesOf, placesIn, setOf, wirePlaces } from "../../model/wire.js";
import type { DiagnosticSink } from "../diagnostic-sink.js";
import type { Judged } from "./rule.js";
import { treeAt } from "./wire-context.js";

/**
 * The keys under which the word itself is hardly what travels. Under another one it may well be: `type: event` is a constant of many
 * envelopes.
 */
const KEYS: Readonly<Record<string, RegExp>> = {
  event: /^(?:e|en|event|(?:event)?name)$/,
  common: /^(?:common|context|user|userproperties)$/,
  fields: /^(?:fields|props|properties|params|data|payload|attributes)$/,
  time: /^(?:t|ts|at|time|eventtime|timestamp)$/,
  each: /^(?:each|events|batch|metrics)$/,
  sent: /^(?:sent|sentat|timestamp)$/,
};

/** A placeholder without its dollar travels as the word that it is, in every request. */
export function wireConstants({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("wire", "events", "common")) return;
  const { wire } = model;
  const drawn = new Set(
    wirePlaces(wire).flatMap(({ at }) => {
      const set = setOf(at);
      if (set !== undefined) return [set.of as string, `${set.of}.${set.name}`];
      return "kind" in at ? [at.kind as string] : [];
    }),
  );
  const isMeant = (word: string, key: string) => {
    if (drawn.has(word)) return false;
    const set = fieldSet(word);
    if (set?.name !== undefined) return fieldsOf(model, set.of).some(({ wireName }) => wireName === set.name);
    const kind = word.replace(/\.unix-m?s$/, "");
    const keys = Object.hasOwn(KEYS, kind) && !drawn.has(kind) ? KEYS[kind] : undefined;
    return keys?.test(key.toLowerCase().replaceAll(/[-_ ]/g, "")) === true;
  };
  for (const [part, picture] of picturesOf(wire))
    for (const { path, at } of placesIn(picture, [part])) {
      const key = path.at(-1)?.replace(/^headers\./, "") ?? "";
      if (!("kind" in at) || at.kind !== "constant" || typeof at.value !== "string" || !isMeant(at.value, key))
        continue;
      report.add(
        "placeholder-without-dollar",
        treeAt(root, path),
        `Each request would contain the text "${at.value}" here.`,
        {
          hint: `Write ${key}: $${at.value}. If you mean the text itself, silence this warning and say why.`,
        },
      );
    }
}
