/**
 * Returns what a part of the model says that is not among these keys: it was added to the language, and a client that doesn't know it must not be
 * made as if it weren't there. Empty lists and absent values say nothing.
 */
export function unknownIn(part: object, known: string): readonly string[] {
  const keys = new Set(known.split(" "));
  return Object.entries(part).flatMap(([key, value]) =>
    keys.has(key) || value === undefined || value === false || (Array.isArray(value) && value.length === 0)
      ? []
      : [key],
  );
}

/** The keys that each client has heard of, whether it can carry them out or refuses them by name. */
export const KNOWN = {
  consent: "at model evaluated order builds menu ask notice commands stateFile",
  step: "at place enableWhen disableWhen anyCase trimmed otherwise",
  place: "kind env config key flag valued fact means given",
  event:
    "at wireName codeName when why note owner class purpose renamedFrom fields labels value limit sample rollup schedule",
  field:
    "at wireName codeName type why note owner class purpose example optional nullable legacy droppedAtEdge renamedFrom onlyWhen from",
  type: "kind schema rule alternatives values name justification input identifier of fields keys unit",
  delivery: "at mode timeout attempts onFailure logLevel queue flush debug",
  destination: "at method url urlFields override operator clientIp clientIpUsedFor storedIn access retention deletion",
} as const;
