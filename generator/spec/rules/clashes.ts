import { telemetryCommand } from "../../language/consent/commands.js";
import { allSteps } from "../../language/consent/parts.js";
import { variableOf } from "../../language/consent/variable-of.js";
import type { Model } from "../../model/model.js";
import { foldedPath, ownFiles } from "../../model/own-files.js";
import { statePath } from "../../model/state-path.js";
import { withInner } from "../../payload/call-shape.js";
import type { DiagnosticSink, TextSpan } from "../diagnostic-sink.js";
import { at, entriesOf, itemsOf } from "../tree.js";
import { ordersIn } from "./parts.js";
import { allFields, type Judged } from "./rule.js";

/** Checks that no file, command or variable of a contract is two things at once. */
export function clashes({ model, root, whole }: Judged, report: DiagnosticSink): void {
  if (!whole("consent", "destination", "delivery", "wire")) return;
  files(model, root, report);
  commands(model, root, report);
  const taken = variables(model, root, report);
  if (whole("common", "events", "metrics")) fieldsFrom(model, taken, report);
}

interface Named<What extends string> {
  readonly what: What;
  readonly name: string;
  readonly place: TextSpan;
}

function files(model: Model, root: Judged["root"], report: DiagnosticSink): void {
  const { consent, delivery, destination, product } = model;
  const [{ steps } = { steps: [] }] = ordersIn(model, root);
  const overrides = itemsOf(at(root, "destination", "override", "order"));
  const [state, own] = [statePath(model), ownFiles(model)];
  const all: Named<string>[] = [
    ...(state === undefined
      ? []
      : [{ what: "the state file", name: state, place: at(root, "consent", "state_file", "path") ?? root }]),
    ...(delivery.queue === undefined
      ? []
      : [{ what: "the queue", name: delivery.queue.file, place: at(root, "delivery", "queue", "file") ?? root }]),
    ...(consent.queues ?? []).map((name) => ({ what: "another contract's queue", name, place: root })),
    ...own.map(({ what, name }) => ({ what, name, place: root })),
  ];
  const written = all.length;
  consent.order.forEach(({ place }, index) => {
    if (place.kind === "config" && isPath(place.config))
      all.push({ what: "a configuration", name: place.config, place: at(steps[index], "config") ?? root });
  });
  (destination.override?.order ?? []).forEach((one, index) => {
    if ("config" in one && isPath(one.config))
      all.push({ what: "a configuration", name: one.config, place: at(overrides[index], "config") ?? root });
  });
  for (const [index, one] of all.entries())
    for (const other of all.slice(0, Math.min(index, written))) {
      const [mine, its] = [foldedPath(one.name, product), foldedPath(other.name, product)];
      const [short, long] = mine.length <= its.length ? [mine, its] : [its, mine];
      if (short.join("/") !== long.slice(0, short.length).join("/")) continue;
      const same = short.length === long.length;
      // What lies beside a file is in the way of the same as that file.
      if (!same && [one, other].some(({ name }) => own.some((file) => file.name === name))) continue;
      // What the contract doesn't name has no place in it.
      const [here, there] = one.place === root ? [other, one] : [one, other];
      const related = there.place === root ? [] : [{ message: "The other one is here.", place: there.place }];
      report.add(
        "path-taken",
        here.place,
        same
          ? `${capital(here.what)} and ${there.what} would be one file.`
          : `${capital(here.what)} and ${there.what} can't both be there: one is a folder in the other's path.`,
        { hint: "Give each its own path.", related },
      );
    }
}

/** The words below a telemetry command that every contract has. */
const ownWords: Readonly<Record<string, string>> = {
  show: "shows what would be sent",
  reset: "replaces the identifiers",
  help: "lists the words",
  "--help": "lists the words",
  "-h": "lists the words",
  "--json": "shows the state for programs",
};

/** What somebody types does one thing. Between words any space will do. What the product itself does may go to and fro. */
function commands({ consent }: Model, root: Judged["root"], report: DiagnosticSink): void {
  if (!allSteps(consent).some(({ place }) => place.kind === "stored")) return;
  const own = telemetryCommand(consent);
  const known = new Map<string, { readonly what: string; readonly place?: TextSpan }>(
    own === undefined ? [] : Object.entries(ownWords).map(([word, what]) => [`${own} ${word}`, { what }]),
  );
  for (const [name, { value }] of entriesOf(at(root, "consent", "commands"))) {
    const place = at(value, "run");
    const words = place?.kind === "scalar" && typeof place.value === "string" ? place.value.trim() : undefined;
    if (place === undefined || words === undefined) continue;
    const run = words.replaceAll(/\s+/g, " ");
    const other = known.get(run);
    if (other === undefined) known.set(run, { what: `is commands.${name}`, place });
    else
      report.add("command-taken", place, `"${run}" already ${other.what}.`, {
        hint: "Give each command its own words.",
        ...(other.place === undefined ? {} : { related: [{ message: "The other one is here.", place: other.place }] }),
      });
  }
}

function isPath(name: string): boolean {
  return /^(?:~|\{app_dir\}|[A-Za-z]:)?[/\\]/.test(name);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Role = "a switch" | "a secret" | "what is shown instead of sent" | "another address";

/** One variable may say no by one value and show by another: `off`, `log`. */
function goTogether(first: Role, second: Role): boolean {
  return first === "a switch" && second === "what is shown instead of sent";
}

function variables(model: Model, root: Judged["root"], report: DiagnosticSink): readonly Named<Role>[] {
  const { delivery, destination, wire } = model;
  const overrides = itemsOf(at(root, "destination", "override", "order"));
  const all: Named<Role>[] = [
    ...ordersIn(model, root).flatMap(({ consent, part, steps }) =>
      (part?.order ?? consent.order).flatMap(({ place }, index) =>
        place.kind === "env"
          ? [{ what: "a switch" as const, name: place.env, place: at(steps[index], "env") ?? root }]
          : [],
      ),
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
        hint: "Give each its own variable.",
        related: [{ message: "The other one is here.", place: other.place }],
      });
  }
  return all;
}

/**
 * A field that is filled in from a variable: never a secret, and nothing that is only there where nothing is sent. What shows events
 * and sends them as well, or says yes, may be told.
 */
function fieldsFrom(model: Model, taken: readonly Named<Role>[], report: DiagnosticSink): void {
  for (const field of allFields(model).flatMap(withInner)) {
    const { from, wireName, at: place } = field;
    if (from.kind !== "env") continue;
    const { env } = from;
    const other = taken.find(({ name, what }) => name === env && what !== "a switch" && !isSentToo(what, model));
    if (other !== undefined)
      report.add("variable-taken", place, `${env} is ${other.what}, and "${wireName}" would be filled in from it.`, {
        hint: "Give each its own variable.",
        related: [{ message: "The other one is here.", place: other.place }],
      });
    else if (variableOf(field, model.consent) === undefined)
      report.add(
        "variable-taken",
        place,
        from.is === undefined
          ? `${env}=${String(field.example)} turns telemetry off, so "${wireName}" is never as its example says.`
          : `Whatever makes "${wireName}" true turns telemetry off: it would always be false.`,
        { hint: "Fill it in from another variable, or leave it out." },
      );
  }
}

function isSentToo(what: Role, { delivery }: Model): boolean {
  return what === "what is shown instead of sent" && delivery.debug?.sends !== false;
}
