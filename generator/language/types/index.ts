import { bool } from "./bool.js";
import { bucket } from "./bucket.js";
import { constant } from "./const.js";
import type { TypeDefinition } from "./define.js";
import { enumeration } from "./enum.js";
import { hashed } from "./hashed.js";
import { identifier } from "./identifier.js";
import { int } from "./int.js";
import { list } from "./list.js";
import { map } from "./map.js";
import { number } from "./number.js";
import { object } from "./object.js";
import { oneOf } from "./one-of.js";
import { string } from "./string.js";
import { text } from "./text.js";
import { timestamp } from "./timestamp.js";
import { uuid } from "./uuid.js";
import { version } from "./version.js";

/** Every field type of the language, in the order of the reference page. To add one: one file, and one line here. */
export const TYPES = [
  bool,
  int,
  number,
  enumeration,
  bucket,
  string,
  text,
  version,
  timestamp,
  uuid,
  hashed,
  identifier,
  constant,
  list,
  object,
  map,
  oneOf,
] satisfies readonly TypeDefinition[];

const byName: ReadonlyMap<string, TypeDefinition> = new Map(TYPES.map((type) => [type.name, type]));

/** The field type of that name, if the language has one. */
export function typeNamed(name: string): TypeDefinition | undefined {
  return byName.get(name);
}
