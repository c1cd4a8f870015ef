import { compareText } from "../diagnostics/diagnostic.js";
import type {
  Ask,
  BuildKind,
  Command,
  Consent,
  ConsentStep,
  Match,
  Notice,
  StateFile,
  Stores,
} from "../model/model.js";
import { isTrue } from "./build-field.js";
import { buildMatch } from "./build-match.js";
import { buildType } from "./build-type.js";
import { type Scope, spanOf } from "./scope.js";
import { at, entriesOf, itemsOf, type Tree, textOf, textsOf, toJson } from "./tree.js";

export function buildConsent(tree: Tree, scope: Scope): Consent {
  const notice = at(tree, "notice");
  const stateFile = at(tree, "state_file");
  const command = (name: string) => {
    const found = at(tree, "commands", name);
    return found === undefined ? {} : { [name]: buildCommand(found, scope) };
  };
  return {
    at: spanOf(scope, tree),
    model: textOf(at(tree, "model")) as Consent["model"],
    evaluated: (textOf(at(tree, "evaluated")) ?? "every-event") as Consent["evaluated"],
    order: itemsOf(at(tree, "order")).map((step) => buildStep(step, scope)),
    builds: entriesOf(at(tree, "builds"))
      .map(([name, { value }]) => ({ name, kind: textOf(value) as BuildKind }))
      .toSorted((a, b) => compareText(a.name, b.name)),
    ask: itemsOf(at(tree, "ask")).map((ask) => buildAsk(ask, scope)),
    ...(notice === undefined ? {} : { notice: buildNotice(notice, scope) }),
    commands: { ...command("status"), ...command("enable"), ...command("disable"), ...command("forget") },
    ...(stateFile === undefined ? {} : { stateFile: buildStateFile(stateFile, scope) }),
  };
}

/**
 * A configuration or state file says yes with `true` and no with `false` unless the spec says otherwise. Where only
 * `disable_when` is written, nothing enables: a step that was written to say no must not say yes by default.
 */
function buildStep(tree: Tree, scope: Scope): ConsentStep {
  const place = placeOf(tree);
  const enable = at(tree, "enable_when");
  const disable = at(tree, "disable_when");
  const filled = place.kind !== "env";
  const enableWhen = enable ? buildMatch(enable) : filled && disable === undefined ? exactly(true) : undefined;
  const disableWhen = disable ? buildMatch(disable) : filled ? exactly(false) : undefined;
  return {
    at: spanOf(scope, tree),
    place,
    ...(enableWhen === undefined ? {} : { enableWhen }),
    ...(disableWhen === undefined ? {} : { disableWhen }),
  };
}

function exactly(value: boolean): Match {
  return { kind: "exactly", values: [value] };
}

function placeOf(tree: Tree): ConsentStep["place"] {
  const env = textOf(at(tree, "env"));
  if (env !== undefined) return { kind: "env", env };
  const config = textOf(at(tree, "config"));
  if (config !== undefined) return { kind: "config", config, key: textOf(at(tree, "key")) ?? "" };
  return { kind: "stored", key: textOf(at(tree, "stored")) ?? "" };
}

function buildAsk(tree: Tree, scope: Scope): Ask {
  return {
    at: spanOf(scope, tree),
    where: textOf(at(tree, "where")) ?? "",
    needs: textsOf(at(tree, "needs")) as Ask["needs"],
    question: textOf(at(tree, "question")) ?? "",
    preselected: textOf(at(tree, "preselected")) as Ask["preselected"],
    whenSkipped: (textOf(at(tree, "when_skipped")) ?? "undecided") as Ask["whenSkipped"],
    stores: buildStores(at(tree, "stores")),
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
    .map(([key, { value }]) => ({ key, value: toJson(value) as string | boolean }))
    .toSorted((a, b) => compareText(a.key, b.key));
}

function buildStateFile(tree: Tree, scope: Scope): StateFile {
  const deletingIt = textOf(at(tree, "deleting_it"));
  return {
    at: spanOf(scope, tree),
    path: textOf(at(tree, "path")) ?? "",
    mode: textOf(at(tree, "mode")) ?? "0600",
    ...(deletingIt === undefined ? {} : { deletingIt }),
    keys: entriesOf(at(tree, "keys"))
      .map(([key, { value }]) => ({ key, type: buildType(value, scope, key) }))
      .toSorted((a, b) => compareText(a.key, b.key)),
  };
}
