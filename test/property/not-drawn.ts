/** What of the language no contract of the property has, by the beginning of its point's name or a pattern, and why. */
const REASONS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^enableMatch<(?:word|array)>.*absent/, "a yes out of nothing is refused"],
  [
    /\.commands\.forget/,
    "drawn; it seldom loads, since it needs an identifier in what is sent and a store that deletes",
  ],
  [
    /^\.ingest\.also|^\.page|<\{use\}>|= \{use\}|\.use$/,
    "it takes another contract of the same project: test/worker/also.test.ts and test/spec/programmes.test.ts have both",
  ],
  [/^\.clients/, "clients in other languages are run by the vectors; here it is the one in TypeScript"],
  [/<uuid>|= uuid$/, "a UUID is let through as the format of an identifier alone"],
  [/^namedShape(?: = |<)identifier|^itemShape = identifier$/, "an identifier has its type under identifiers"],
  [
    /^(?:field|inner field|value|type|itemShape|namedShape)<named>\.|^(?:value|inner field|itemShape|type) = named/,
    "what a named type leaves open is drawn for a few parameters; it means what it means where the type is written out",
  ],
  [/<(?:bool|enum|bucket|const|identifier|object|hashed)>\.example$/, "these types suggest their own example"],
  [
    /^(?:inner )?field<[a-z_]+>\.(?:note|code_name|renamed_from|legacy|only_when|nullable|optional|why|from|dropped_at_edge|owner|class|purpose|expires|part|since_epoch|unit|cut|form|timezone|otherwise|justification|max|up_to|of|clear|max_length)(?:\b|$)/,
    "one code for all types, drawn for most of them",
  ],
  [/^\.retired/, "what is retired sends nothing: test/targets/retired.test.ts"],
  [
    /^\.consent = (?:none|\{justification\})|<none>|<\{justification\}>|^\.justification/,
    "drawn, with a bare none or a few keys beside it; what they mean they mean in any consent, too",
  ],
  [
    /^\.consent\.(?:parts\{\}\.)?(?:order\[\]|ask\[\]).*(?:only_where|described|\.form|any_case|trimmed|otherwise|<\{flag\}>\.enable_when)/,
    "drawn, and not at each kind of step often enough: test/client/consent/forms.test.ts has the forms, only-where.test.ts the facts",
  ],
  [
    /^\.consent\.parts\{\}\.(?:needs|since_epoch|ask|order\[\](?: = \{stored\}|<\{(?:stored|flag|fact|given|config)\}>))/,
    "drawn, and not every step of every part often enough: test/client/consent/parts.test.ts",
  ],
  [
    /^\.consent\.(?:commands\.\w+\.stores|state_file\.form: |epoch_from\.epochs|adopts\[\]\.(?:identifiers|epoch_from|queue|described))/,
    "drawn too seldom to be counted on: test/client/consent/adopts.test.ts has what older clients left",
  ],
  [
    /\.described(?:: true)?$|even_when_off\.on|\.limit\.for_each$|forward_to\.distinct_id$|^\.wire<(?:described|form|query)>/,
    "drawn too seldom to be counted on: shown.test.ts, consent/even-when-off.test.ts, rhythm.test.ts and carried.test.ts of test/client",
  ],
  [
    /^(?:type|inner field|namedShape|itemShape)<[a-z_]+>(?:\.|$)|^(?:type|itemShape) = (?:number|bucket|text|version|timestamp|hashed|const)$/,
    "a parameter means at each depth what it means in a field, where it is drawn",
  ],
  [
    /^(?:type|namedShape|itemShape|(?:inner )?field)(?: = |<)one_of/,
    "drawn, and it takes a field beside it that is always there; test/client/cases.test.ts has those of the cases",
  ],
  [
    /^inner field = identifier$|^(?:field|type)<identifier>\.of$/,
    "test/client/depth.test.ts and sources.test.ts have them",
  ],
  [
    /^field\.from<word>: |^(?:match|enableMatch)<(?:word|array)>/,
    "each is drawn, and not often enough to be counted on",
  ],
  [
    /^(?:field<(?:list|map)>|\.identifiers<object>\{\})\.justification$/,
    "a text that is printed, and drawn beside the types of text",
  ],
  [
    /^\.silence\[\]\.warning: (?:anonymous-claim|policy-claim|looks-like-identifier|expires-soon|state-file-mode)$/,
    "no text that is drawn claims anything, no name is drawn that a warning knows, and nothing ends soon",
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
