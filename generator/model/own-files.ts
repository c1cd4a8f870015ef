import type { Model } from "./model.js";
import { statePath } from "./state-path.js";

type Placed = Pick<Model, "consent" | "delivery" | "identifiers" | "salts">;

/** The file that the client's other files lie beside: the queue, or the state file. Undefined if nothing is stored. */
export function mainFile(model: Placed): string | undefined {
  return model.delivery.queue?.file ?? statePath(model);
}

/** The log of the last requests. */
export function sentLog(model: Placed): string | undefined {
  const main = mainFile(model);
  return main === undefined
    ? undefined
    : `${main.replace(/(?<=[^/\\])\.[^./\\]*$/, "").replace(/-queue$/, "")}-sent.jsonl`;
}

/** The files that the client names itself, and what each is, for people. */
export function ownFiles(model: Placed): readonly { readonly what: string; readonly name: string }[] {
  const [main, log, state] = [mainFile(model), sentLog(model), statePath(model)];
  return [
    ...(log === undefined ? [] : [{ what: "the log of what was sent", name: log }]),
    ...(main === undefined ? [] : [{ what: "the note that the receiver wants no more", name: `${main}.stopped` }]),
    ...(state === undefined ? [] : [{ what: "the state file's lock", name: `${state}.lock` }]),
  ];
}

/** The parts of a path as the file system may read it: no difference of case, of slashes, or of where the user's folders lie. */
export function foldedPath(path: string, product: string): readonly string[] {
  const whole = path
    .replace(/^\{app_dir\}/, `~/.config/${product}`)
    .replaceAll("\\", "/")
    .toLowerCase();
  const parts: string[] = [];
  for (const part of whole.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  return parts;
}
