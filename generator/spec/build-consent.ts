import { compareText } from "../diagnostics/diagnostic.js";
import { placeWord } from "../language/consent/places/index.js";
import { readStep, stepsFor } from "../language/consent/read-step.js";
import type { JsonValue } from "../model/json-schema.js";
import type {
  Adoption,
  Ask,
  BuildKind,
  Command,
  Consent,
  ConsentPart,
  ConsentStep,
  EpochFrom,
  Notice,
  Scalar,
  StateFile,
  Stores,
} from "../model/model.js";
import { present } from "./build-destination.js";
import { onlyWhere } from "./build-events.js";
import { isTrue } from "./build-field.js";
import { buildValueType } from "./build-type.js";
import { type Scope, spanOf } from "./scope.js";
import { stateForm } from "./state-form.js";
import { at, entriesOf, itemsOf, numberOf, type Tree, textOf, textsOf, toJson } from "./tree.js";

export function buildConsent(tree: Tree, scope: Scope, why = ""): Consent {
  const none = textOf(tree) === "none" ? why : textOf(at(tree, "justification"));
  const notice = at(tree, "notice");
  const stateFile = at(tree, "state_file");
  const command = (name: string) => {
    const written = at(tree, "commands", name);
    // A menu is no command.
    return written === undefined || (at(written, "run") === undefined && at(written, "where") !== undefined)
      ? {}
      : { [name]: buildCommand(written, scope) };
  };
  const menu = textOf(at(tree, "commands", "disable", "where"));
  const file = stateFile === undefined ? undefined : buildStateFile(stateFile, scope);
  return {
    at: spanOf(scope, tree),
    model: none === undefined ? (textOf(at(tree, "model")) as Consent["model"]) : "opt-out",
    ...(none === undefined ? {} : { none }),
    ...present("use", textOf(at(tree, "use"))),
    evaluated: (textOf(at(tree, "evaluated")) ?? "every-event") as Consent["evaluated"],
    order: itemsOf(at(tree, "order")).flatMap((step) => buildSteps(step, scope, file)),
    builds: entriesOf(at(tree, "builds"))
      .map(([name, { value }]) => ({ name, kind: textOf(value) as BuildKind }))
      .toSorted((a, b) => compareText(a.name, b.name)),
    ...(menu === undefined ? {} : { menu }),
    ask: itemsOf(at(tree, "ask")).map((ask) => buildAsk(ask, scope)),
    ...(notice === undefined ? {} : { notice: buildNotice(notice, scope) }),
    commands: { ...command("status"), ...command("enable"), ...command("disable"), ...command("forget") },
    ...(file === undefined ? {} : { stateFile: file }),
    ...(at(tree, "epoch_from") === undefined ? {} : { epochFrom: buildEpochFrom(at(tree, "epoch_from") as Tree) }),
    ...(at(tree, "adopts") === undefined ? {} : { adopts: buildAdoptions(at(tree, "adopts"), scope) }),
    ...(at(tree, "parts") === undefined ? {} : { parts: buildParts(at(tree, "parts"), scope, file) }),
  };
}

function buildAdoptions(tree: Tree | undefined, scope: Scope): readonly Adoption[] {
  return itemsOf(tree).map((item) => {
    const [from, epochs, queue] = [at(item, "from"), at(item, "epoch_from"), at(item, "queue")];
    const single = textOf(from);
    const key = textOf(at(item, "key")) ?? "";
    const sides = Object.fromEntries(
      ["enable_when", "disable_when"].flatMap((side) => {
        const written = at(item, side);
        return written === undefined ? [] : [[side, toJson(written)] as const];
      }),
    );
    const { enableWhen, disableWhen } = readStep({ stored: key, ...sides });
    const named = (name: string) => textOf(at(queue, name)) ?? "";
    return {
      at: spanOf(scope, item),
      files: single === undefined ? textsOf(from) : [single],
      key,
      ...(enableWhen === undefined ? {} : { enableWhen }),
      ...(disableWhen === undefined ? {} : { disableWhen }),
      identifiers: entriesOf(at(item, "identifiers"))
        .map(([name, { value }]) => ({ name, key: textOf(value) ?? "" }))
        .toSorted((a, b) => compareText(a.name, b.name)),
      ...(epochs === undefined ? {} : { epochFrom: buildEpochFrom(epochs) }),
      ...(queue === undefined
        ? {}
        : { queue: { file: named("file"), event: named("event"), time: named("time"), fields: named("fields") } }),
    };
  });
}

function buildEpochFrom(tree: Tree): EpochFrom {
  return {
    key: textOf(at(tree, "stored")) ?? "",
    epochs: entriesOf(at(tree, "epochs"))
      .map(([epoch, { value }]) => ({ epoch: Number(epoch), from: textOf(value) ?? numberOf(value) ?? 0 }))
      .toSorted((a, b) => a.epoch - b.epoch),
  };
}

function buildParts(tree: Tree | undefined, scope: Scope, file: StateFile | undefined): readonly ConsentPart[] {
  return entriesOf(tree)
    .map(([name, { key, value }]): ConsentPart => {
      const needs = at(value, "needs");
      const one = textOf(needs);
      return {
        at: spanOf(scope, key),
        name,
        model: textOf(at(value, "model")) as Consent["model"],
        ...present("what", textOf(at(value, "what"))),
        ...present("sinceEpoch", numberOf(at(value, "since_epoch"))),
        needs: one === undefined ? textsOf(needs) : [one],
        order: flagsLast(itemsOf(at(value, "order")).flatMap((step) => buildSteps(step, scope, file))),
        ask: itemsOf(at(value, "ask")).map((ask) => buildAsk(ask, scope)),
      };
    })
    .toSorted((a, b) => compareText(a.name, b.name));
}

/** A flag that says yes never overrides a no: it is asked when everything else has been. */
function flagsLast(order: readonly ConsentStep[]): readonly ConsentStep[] {
  const last = ({ place, enableWhen }: ConsentStep) => place.kind === "flag" && enableWhen !== undefined;
  return [...order.filter((step) => !last(step)), ...order.filter(last)];
}

/** Builds the steps. Defaults are filled in only where they can stand: a date of consent has no `false`. */
function buildSteps(tree: Tree, scope: Scope, stateFile: StateFile | undefined): readonly ConsentStep[] {
  const written = tree.kind === "map" ? (toJson(tree) as Readonly<Record<string, JsonValue>>) : {};
  return stepsFor(written).map((one) => buildStep(one, tree, scope, stateFile));
}

function buildStep(
  written: Readonly<Record<string, JsonValue>>,
  tree: Tree,
  scope: Scope,
  stateFile: StateFile | undefined,
): ConsentStep {
  const { disableWhen, ...step } = readStep(written);
  const filled = written["enable_when"] !== undefined && written["disable_when"] === undefined;
  const { refuses } = placeWord(step.place);
  if (written["no_disable"] === true) return { at: spanOf(scope, tree), ...step };
  const stands = !filled || refuses(step.place, false, stateFile === undefined ? {} : { stateFile }) === undefined;
  return { at: spanOf(scope, tree), ...step, ...(disableWhen !== undefined && stands ? { disableWhen } : {}) };
}

function buildAsk(tree: Tree, scope: Scope): Ask {
  return {
    at: spanOf(scope, tree),
    where: textOf(at(tree, "where")) ?? "",
    needs: [textOf(at(tree, "needs")) ?? [], textsOf(at(tree, "needs"))].flat(2) as Ask["needs"],
    question: textOf(at(tree, "question")) ?? "",
    preselected: textOf(at(tree, "preselected")) as Ask["preselected"],
    whenSkipped: (textOf(at(tree, "when_skipped")) ?? "undecided") as Ask["whenSkipped"],
    stores: buildStores(at(tree, "stores")),
    ...onlyWhere(tree),
    askAgain: (textOf(at(tree, "ask_again")) ?? "never") as Ask["askAgain"],
  };
}

function buildNotice(tree: Tree, scope: Scope): Notice {
  const once = at(tree, "once");
  return {
    at: spanOf(scope, tree),
    text: textOf(at(tree, "text")) ?? "",
    when: textOf(at(tree, "when")) as Notice["when"],
    stream: textOf(at(tree, "stream")) as Notice["stream"],
    once: once === undefined || isTrue(once),
    ...onlyWhere(tree),
    ...(textOf(at(tree, "sends_from")) === "next-run" ? { sendsFrom: "next-run" as const } : {}),
    stores: buildStores(at(tree, "stores")),
  };
}

function buildCommand(tree: Tree, scope: Scope): Command {
  return {
    at: spanOf(scope, tree),
    run: textOf(at(tree, "run")) ?? "",
    prints: textsOf(at(tree, "prints")),
    stores: buildStores(at(tree, "stores")),
  };
}

function buildStores(tree: Tree | undefined): Stores {
  return entriesOf(tree)
    .map(([key, { value }]) => ({ key, value: toJson(value) as Scalar }))
    .toSorted((a, b) => compareText(a.key, b.key));
}

function buildStateFile(tree: Tree, scope: Scope): StateFile {
  const deletingIt = textOf(at(tree, "deleting_it"));
  const form = stateForm(tree);
  return {
    at: spanOf(scope, tree),
    path: textOf(at(tree, "path")) ?? "",
    ...(form === undefined ? {} : { form }),
    mode: textOf(at(tree, "mode")) ?? "0600",
    ...(deletingIt === undefined ? {} : { deletingIt }),
    keys: entriesOf(at(tree, "keys"))
      .map(([key, { value }]) => ({ key, type: buildValueType(value, scope, key) }))
      .toSorted((a, b) => compareText(a.key, b.key)),
  };
}
