/**
 * The points of the language that no contract of the property has, by the beginning of its point's name or a pattern, and why.
 */
const REASONS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^\.consent\.commands\.forget/,
    "it takes a stored answer, an identifier in what is sent, a rate limit and a store that deletes: cases/forget.yaml has it",
  ],
  [
    /^\.ingest\.also|^\.page|^\.shared|<\{use\}>|= \{use\}|\.use$/,
    "it takes another contract of the same project: test/worker/also.test.ts and test/spec/programmes.test.ts have both",
  ],
  [
    /^\.clients\./,
    "clients in other languages are run by the vectors; here it is the one in TypeScript, and what the others can't do is most of it",
  ],
  [/<uuid>|= uuid$/, "a UUID is let through as the format of an identifier alone"],
  [
    /<identifier>|= identifier$/,
    "an identifier has its name and type under identifiers; test/client/depth.test.ts has it at each depth",
  ],
  [
    /<named>|= named$/,
    "what a named type leaves open is drawn for a few parameters; it means what it means where the type is written out",
  ],
  [/<(?:bool|enum|bucket|const|object|hashed|one_of)>\.example$/, "these types suggest their own example"],
  [/^\.retired/, "what is retired sends nothing: test/client/consent/retired.test.ts"],
  [/<\{justification\}>/, "that nobody can turn it off is drawn, and not with each key of a consent beside it"],
  [
    /order\[\]<\{flag\}>\.enable_when/,
    "a flag turns nothing on but a part that is off by default, in which it is drawn",
  ],
  [
    /state_file\.form: (?:json|text)$/,
    "the form that it has anyway, and one line in which no key can stand: test/client/consent/forms.test.ts",
  ],
  [
    /^\.consent\.parts\{\}\.|adopts\[\]\.(?:described|identifiers)/,
    "drawn, and not every step and question of every part: test/client/consent/parts.test.ts and adopts.test.ts",
  ],
  [/even_when_off\.on/, "it needs the command that turns telemetry off: test/client/consent/even-when-off.test.ts"],
  [/^\.delivery\.queue\.described/, "beside mode: queued it is refused, and without it there is seldom a queue"],
  [
    /^(?:type|namedShape|itemShape|inner field|field)(?: = |<)one_of/,
    "it takes a field beside it that is always there; test/client/cases.test.ts has the cases at each depth",
  ],
  [/^hashed(?:Item|Shape)/, "what is only hashed is any type of text, which stands as drawn in other places"],
  [/^\.wire<(?:form|prometheus-text)>\.headers\{\}.*\{\$/, "drawn beside JSON; metrics have no such header"],
  [/<hashed>\.of(?: = |<)random/, "nobody gives it: test/client/hashed.test.ts has what is hashed of something random"],
  [/^enableMatch<(?:word|array)>/, "drawn where it says no; a yes out of nothing is refused but in a few places"],
  [
    /^\.consent\.order\[\]<\{stored\}>\.only_where|^\.wire<described>\./,
    "drawn too seldom to be counted on: test/client/consent/only-where.test.ts and carried.test.ts have them",
  ],
  [
    /^type<(?:number>\.unit|enum>\.otherwise)$|^itemShape<timestamp>\.form|^itemShape(?: = |<)hashed|^itemShape<(?:enum|string)>\.otherwise|^(?:inner )?field<(?:number|map|text|string|hashed|bucket|const|list|object|int)>\.(?:dropped_at_edge|part|from|since_epoch|code_name|expires|only_when)$|timezone: none$/,
    "one code for all types, drawn for most of them",
  ],
  [
    /^\.silence\[\]\.warning: (?:anonymous-claim|policy-claim|looks-like-identifier|expires-soon|placeholder-without-dollar|large-event)$/,
    "no text that is drawn claims anything, no name is drawn that a warning knows, nothing ends soon, each placeholder has its dollar, and no event is large",
  ],
];

/** Each reason that no point needs is itself wrong. */
export function needlessReasons(points: Iterable<string>): readonly string[] {
  const all = [...points];
  return REASONS.filter(([pattern]) => !all.some((point) => pattern.test(point))).map(([, why]) => why);
}

export function notDrawn(point: string): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(point))?.[1];
}
