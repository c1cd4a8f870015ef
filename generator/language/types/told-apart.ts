import { type FrozenType, typeInWords } from "./comparison.js";

/** Returns both types in words, short enough for a line of a table, that read differently where the types do. */
export function toldApart(before: FrozenType, after: FrozenType): readonly [before: string, after: string] {
  const [was, is] = [typeInWords(before), typeInWords(after)];
  if (was !== is) return [was, is];
  const [old, now] = [details(before), details(after)];
  return [`${was}${beside(old, now)}`, `${is}${beside(now, old)}`];
}

/** The keys of one side that the other lacks or has with another value. */
function beside(own: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string {
  const apart = [...own].filter(([what, said]) => other.get(what) !== said);
  return apart.length === 0 ? "" : ` (${apart.map(([what, said]) => `${what}${said}`).join("; ")})`;
}

/** All that a type is made of, by what it is there. */
function details(type: FrozenType, where = ""): ReadonlyMap<string, string> {
  const { schema, input, of, keys, cases = [] } = type;
  const inner = (one: FrozenType | undefined, what: string) =>
    one === undefined ? [] : [[`${where}${what}`, typeInWords(one)] as const, ...details(one, `${where}${what}`)];
  return new Map([
    ...(schema.pattern === undefined || input?.kind === "hashed" ? [] : [[`${where}form `, schema.pattern] as const]),
    ...(input?.kind === "hashed"
      ? [
          ...inner(input.of, "of "),
          [`${where}salted with `, input.salt.kind === "identifier" ? input.salt.identifier : input.salt.kind] as const,
          [`${where}kept: `, input.keep] as const,
          ...(input.clear === undefined ? [[`${where}in clear: `, "nothing"] as const] : []),
          ...inner(input.clear, "in clear: "),
        ]
      : []),
    ...inner(keys, "each key "),
    ...inner(of, "each "),
    ...cases.flatMap((one) => inner(one.type, `for ${one.except ? "others than " : ""}${one.values.join(", ")} `)),
  ]);
}
