import type { Model } from "../../model/model.js";
import type { Place, Report } from "../report.js";
import { at, itemsOf } from "../tree.js";
import { ordersIn } from "./parts.js";
import type { Judged } from "./rule.js";

/** Checks that no file or variable of a contract is two things at once. */
export function clashes({ model, root, whole }: Judged, report: Report): void {
  if (!whole("consent", "destination", "delivery", "wire")) return;
  files(model, root, report);
  variables(model, root, report);
}

interface Named<What extends string> {
  readonly what: What;
  readonly name: string;
  readonly place: Place;
}

/** As the file system may read it: no difference of case, of slashes, or of where the user's folders lie. */
function folded(path: string, product: string): readonly string[] {
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

function files(model: Model, root: Judged["root"], report: Report): void {
  const { consent, delivery, destination, product } = model;
  const [{ steps } = { steps: [] }] = ordersIn(model, root);
  const overrides = itemsOf(at(root, "destination", "override", "order"));
  const all: Named<string>[] = [
    ...(consent.stateFile === undefined
      ? []
      : [
          {
            what: "the state file",
            name: consent.stateFile.path,
            place: at(root, "consent", "state_file", "path") ?? root,
          },
        ]),
    ...(delivery.queue === undefined
      ? []
      : [{ what: "the queue", name: delivery.queue.file, place: at(root, "delivery", "queue", "file") ?? root }]),
  ];
  const kept = all.length;
  consent.order.forEach(({ place }, index) => {
    if (place.kind === "config" && isPath(place.config))
      all.push({ what: "a configuration", name: place.config, place: at(steps[index], "config") ?? root });
  });
  (destination.override?.order ?? []).forEach((one, index) => {
    if ("config" in one && isPath(one.config))
      all.push({ what: "a configuration", name: one.config, place: at(overrides[index], "config") ?? root });
  });
  for (const [index, one] of all.entries())
    for (const other of all.slice(0, Math.min(index, kept))) {
      const [mine, its] = [folded(one.name, product), folded(other.name, product)];
      const [short, long] = mine.length <= its.length ? [mine, its] : [its, mine];
      if (short.join("/") !== long.slice(0, short.length).join("/")) continue;
      const same = short.length === long.length;
      report.add(
        "path-taken",
        one.place,
        same
          ? `${capital(one.what)} and ${other.what} would be one file.`
          : `${capital(one.what)} and ${other.what} can't both be there: one is a folder in the other's path.`,
        { hint: "Give each a path of its own.", related: [{ message: "The other one is here.", place: other.place }] },
      );
    }
}

function isPath(name: string): boolean {
  return /^(?:~|\{app_dir\}|[A-Za-z]:)?[/\\]/.test(name);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Role = "a switch" | "a secret" | "what is shown instead of sent" | "another address" | "a field";

/** One variable may say no by one value and show by another: `off`, `log`. */
function goTogether(first: Role, second: Role): boolean {
  return first === "a switch" && second === "what is shown instead of sent";
}

function variables(model: Model, root: Judged["root"], report: Report): void {
  const { consent, delivery, destination, wire } = model;
  const [{ steps } = { steps: [] }] = ordersIn(model, root);
  const overrides = itemsOf(at(root, "destination", "override", "order"));
  const all: Named<Role>[] = [
    ...consent.order.flatMap(({ place }, index) =>
      place.kind === "env"
        ? [{ what: "a switch" as const, name: place.env, place: at(steps[index], "env") ?? root }]
        : [],
    ),
    ...wire.headers.flatMap((header) =>
      header.kind === "secret"
        ? [{ what: "a secret" as const, name: header.env, place: at(root, "wire", "headers", header.name) ?? root }]
        : [],
    ),
    ...(delivery.debug === undefined
      ? []
      : [
          {
            what: "what is shown instead of sent" as const,
            name: delivery.debug.env,
            place: at(root, "delivery", "debug", "env") ?? root,
          },
        ]),
    ...(destination.override?.order ?? []).flatMap((one, index) =>
      "env" in one
        ? [{ what: "another address" as const, name: one.env, place: at(overrides[index], "env") ?? root }]
        : [],
    ),
  ];
  for (const [index, one] of all.entries()) {
    const other = all
      .slice(0, index)
      .find(({ name, what }) => name === one.name && what !== one.what && !goTogether(what, one.what));
    if (other !== undefined)
      report.add("variable-taken", one.place, `${one.name} would be ${other.what} and ${one.what} at once.`, {
        hint: "Give each a variable of its own.",
        related: [{ message: "The other one is here.", place: other.place }],
      });
  }
}
