/** What of the language no contract of the property has, by the beginning of its point's name or a pattern, and why. */
const REASONS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /[mM]atch<array>\[\]|[mM]atch = |[mM]atch<|at_least|absent/,
    "matches within lists, of order and of absence are new: they are drawn, and seldom load together",
  ],
  [
    /\.order\[\](?:<| = )\{(?:flag|fact|given)\}|only_where|\.commands\.forget|otherwise$/,
    "places and commands that are new: they are drawn where the order of the steps lets them stand",
  ],
  [
    /= map$|<map>|<number>|\.unit$|^inner field<[a-z]+>\.from$|\.form: unix|looks-like-identifier|<version>\.max_length|^value = named/,
    "new types and parameters: drawn, and not yet given all that they need to load",
  ],
  [
    /\.commands\.(?:enable|disable|status)\.(?:stores|prints)|distinct_id$|<identifier>\.(?:nullable|optional)/,
    "drawn, and seldom left in what loads",
  ],
  [
    /^\.destination\.method: (?:GET|HEAD)$/,
    "a request without a body is drawn, and loads only with a picture for its address; test/wire/envelopes has both",
  ],
  [/^\.ingest\.also/, "it takes another contract of the same project; test/worker/also.test.ts has both"],
  [/^\.clients/, "clients in other languages are run by the vectors; here it is the one in TypeScript"],
  [
    /^inner field = identifier|^inner field<identifier>|^inner field<timestamp>|needs\[\]: |when_skipped: /,
    "drawn, and seldom left in what loads",
  ],
  [/<identifier>\.dropped_at_edge$/, "an identifier that is dropped on arrival is drawn too seldom"],
  [/<uuid>|= uuid$/, "a UUID is let through as the format of an identifier alone"],
  [
    /^(?:field|inner field|value|type)<named>\./,
    "what a named type leaves open is drawn for a few parameters; it means what it means where the type is written out",
  ],
  [/<(?:bool|enum|bucket|const|identifier|object)>\.example$/, "these types suggest their own example"],
  [/^field<identifier>\.from$/, "an identifier is filled in by the client alone"],
  [
    /^inner field<[a-z]+>\.(?:note|code_name|renamed_from|legacy|only_when|nullable|optional|why)$/,
    "one code for all types, drawn for most of them",
  ],
  [/^field<[a-z]+>\.(?:note|code_name|renamed_from|legacy|from)$/, "one code for all types, drawn for most of them"],
  [/^\.silence\[\]\.warning: (?:anonymous-claim|policy-claim)$/, "no text that is drawn claims anything"],
];

export function notDrawn(point: string): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(point))?.[1];
}
