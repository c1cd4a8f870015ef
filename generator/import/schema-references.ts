import { type Data, type DataMap, mapIn } from "./imported.js";

/** Returns what a reference within the document leads to. */
export function followed(root: Data, ref: string): Data | undefined {
  const keys = ref
    .slice(1)
    .split("/")
    .filter(Boolean)
    .map((key) => decoded(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  let here: Data | undefined = root;
  for (const key of keys) here = Object.hasOwn(mapIn(here), key) ? mapIn(here)[key] : undefined;
  return here;
}

/** A reference that isn't well written names a key as it stands. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** Returns a map without these keys. */
export function without(map: DataMap, ...keys: readonly string[]): DataMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
