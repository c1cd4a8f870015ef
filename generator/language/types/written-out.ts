import { typeNamed } from "./index.js";
import { printed } from "./printed.js";

/** A type as a line to paste: with all that it needs. Undefined for what is no type. */
export function writtenOut(name: string): string | undefined {
  const type = typeNamed(name);
  if (type === undefined) return undefined;
  const needed = [...type.required, ...(type.oneOf?.slice(0, 1) ?? [])].flatMap((parameter) => {
    const [example] = (type.parameters[parameter]?.examples as readonly unknown[] | undefined) ?? [];
    return example === undefined ? [] : [`${parameter}: ${printed(example)}`];
  });
  return `{ ${[`type: ${name}`, ...needed].join(", ")} }`;
}
