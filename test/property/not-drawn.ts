/** What of the language no contract of the property has, by the beginning of its point's name or a pattern, and why. */
const REASONS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^enableMatch<(?:word|array)>.*absent/, "a yes out of nothing is refused"],
  [
    /\.commands\.forget/,
    "drawn; it seldom loads, since it needs an identifier in what is sent and a store that deletes",
  ],
  [/^\.ingest\.also/, "it takes another contract of the same project; test/worker/also.test.ts has both"],
  [/^\.clients/, "clients in other languages are run by the vectors; here it is the one in TypeScript"],
  [/<uuid>|= uuid$/, "a UUID is let through as the format of an identifier alone"],
  [/^namedShape(?: = |<)identifier/, "an identifier has its type under identifiers"],
  [
    /^(?:field|inner field|value|type|namedShape)<named>\.|^(?:value|inner field) = named/,
    "what a named type leaves open is drawn for a few parameters; it means what it means where the type is written out",
  ],
  [/<(?:bool|enum|bucket|const|identifier|object)>\.example$/, "these types suggest their own example"],
  [/^field<identifier>\.(?:from|renamed_from|code_name)$/, "an identifier is filled in by the client alone"],
  [
    /^(?:inner )?field<[a-z]+>\.(?:note|code_name|renamed_from|legacy|only_when|nullable|optional|why|from|dropped_at_edge)$/,
    "one code for all types, drawn for most of them",
  ],
  [
    /since_epoch|only_where|<\{config\}>\.config = array|\.retired|order\[\]<[^>]*>\.(?:form|config<array>)|\.form: (?:ini|text|json|yaml|toml)$/,
    "drawn too seldom at each step to be counted on, and retired contracts not at all: test/client/consent has them",
  ],
  [
    /even_when_off|^\.page|<use>|\.use$|\.described(?:: true)?$|[:=] (?:carried|described)$|\.answer$|\.retry|debug\.(?:sends|when_off)|^\.consent = |<none>|<\{justification\}>|^\.justification|epoch_from|state_file\.form|wire<described>|order\[\]<\{?flag\}?>\.enable_when/,
    "they have tests of their own: test/client/carried.test.ts, shown.test.ts, consent/even-when-off.test.ts and consent/forms.test.ts",
  ],
  [/^\.consent\.adopts/, "what older clients left has tests of its own: test/client/consent/adopts.test.ts"],
  [
    /\.parts?(?:$|\{\})|^\.consent\.parts/,
    "drawn, and not every step of every part often enough: test/client/consent/parts.test.ts",
  ],
  [
    /^(?:type|inner field|namedShape|itemShape)<[a-z]+>\.|^itemShape = (?:text|hashed|identifier)$/,
    "a parameter means at each depth what it means in a field, where it is drawn",
  ],
  [
    /\.expires$|^\.silence\[\]\.warning: expires-soon$/,
    "drawn with a day far off, for most types; what ends soon depends on the day: test/spec/expires.test.ts",
  ],
  [
    /^(?:type|namedShape|itemShape)(?: = |<)one_of|^field = one_of$/,
    "what hangs on a field beside it can be no item and no state key",
  ],
  [
    /^(?:inner )?field<one_of>\./,
    "a key of a field means what it means beside any type; test/client/cases.test.ts has those of the cases",
  ],
  [
    /^(?:field<(?:list|map)>|\.identifiers<object>\{\})\.justification$/,
    "a text that is printed, and drawn beside the types of text",
  ],
  [/\.limit\.for_each$/, "drawn too seldom to be counted on: test/client/rhythm.test.ts"],
  [
    /^field<hashed>\.example$|^field<identifier>\.of$|^inner field = identifier$/,
    "drawn too seldom to be counted on; test/client/hashed.test.ts, sources.test.ts and depth.test.ts have them",
  ],
  [
    /^\.silence\[\]\.warning: (?:anonymous-claim|policy-claim|looks-like-identifier)$/,
    "no text that is drawn claims anything, and no name is drawn that a warning knows",
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
