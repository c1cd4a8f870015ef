import type { Delivery } from "../model/model.js";
import { constantCase } from "../names.js";
import { present } from "./build-destination.js";
import { isTrue } from "./build-field.js";
import { buildMatch } from "./build-match.js";
import { type Scope, spanOf } from "./scope.js";
import { at, itemsOf, numberOf, type Tree, textOf, textsOf } from "./tree.js";
import { bytes, milliseconds } from "./units.js";

export function buildDelivery(tree: Tree, scope: Scope, product: string): Delivery {
  const text = (key: string) => textOf(at(tree, key));
  const queue = at(tree, "queue");
  const debug = at(tree, "debug");
  return {
    at: spanOf(scope, tree),
    mode: text("mode") as Delivery["mode"],
    timeout: milliseconds(text("timeout") ?? "5s"),
    attempts: numberOf(at(tree, "attempts")) ?? 1,
    onFailure: (text("on_failure") ?? "silent") as Delivery["onFailure"],
    logLevel: (text("log_level") ?? "debug") as Delivery["logLevel"],
    ...(text("answer") === undefined ? {} : { answer: bytes(text("answer") ?? "") }),
    ...present("batch", numberOf(at(tree, "batch"))),
    ...(queue === undefined ? {} : { queue: buildQueue(queue) }),
    flush: itemsOf(at(tree, "flush")).map(buildFlush),
    ...(debug === undefined ? {} : { debug: buildDebug(debug, product) }),
  };
}

type Queue = NonNullable<Delivery["queue"]>;

function buildQueue(tree: Tree): Queue {
  const text = (key: string) => textOf(at(tree, key));
  return {
    file: text("file") ?? "",
    maxSize: bytes(text("max_size") ?? ""),
    whenFull: text("when_full") as Queue["whenFull"],
    reclaimAfter: milliseconds(text("reclaim_after") ?? "1h"),
  };
}

function buildFlush(tree: Tree): Delivery["flush"][number] {
  const every = textOf(at(tree, "every"));
  return {
    at: textOf(at(tree, "at")) as Delivery["flush"][number]["at"],
    commands: textsOf(at(tree, "commands")),
    wait: isTrue(at(tree, "wait")),
    ...(every === undefined ? {} : { every: milliseconds(every) }),
  };
}

type Debug = NonNullable<Delivery["debug"]>;

function buildDebug(tree: Tree, product: string): Debug {
  const when = at(tree, "when");
  return {
    env: textOf(at(tree, "env")) ?? `${constantCase(product)}_TELEMETRY_DEBUG`,
    when: when === undefined ? { kind: "truthy" } : buildMatch(when),
    shows: (textOf(at(tree, "shows")) ?? "payload") as Debug["shows"],
    ...(at(tree, "sends") === undefined ? {} : { sends: false as const }),
    ...(at(tree, "when_off") === undefined ? {} : { whenOff: true as const }),
    level: (textOf(at(tree, "level")) ?? "info") as Debug["level"],
    stream: (textOf(at(tree, "stream")) ?? "stderr") as Debug["stream"],
    ...present("line", textOf(at(tree, "line"))),
  };
}
