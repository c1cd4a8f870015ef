import { UNNAMED } from "../model/destination.js";
import { addressAsKept } from "../model/in-path.js";
import type { Destination, Field } from "../model/model.js";
import { constantCase } from "../names.js";
import { type Scope, spanOf } from "./scope.js";
import { at, entriesOf, itemsOf, type Tree, textOf, textsOf } from "./tree.js";

/** @param urlFields what goes with every event and stands in the address alone. */
export function buildDestination(tree: Tree, product: string, urlFields: readonly Field[], scope: Scope): Destination {
  const text = (...path: string[]) => textOf(at(tree, ...path));
  const override = at(tree, "override");
  const retention = at(tree, "retention");
  return {
    at: spanOf(scope, tree),
    ...addressOf(text("url") ?? ""),
    urlFields,
    // What is written without need says nothing.
    ...present("method", (text("method") === "POST" ? undefined : text("method")) as Destination["method"]),
    ...(override !== undefined
      ? { override: buildOverride(override) }
      : text("url") === "operator"
        ? { override: usualOverride(product) }
        : {}),
    operator: {
      name: text("operator", "name") ?? "",
      party: text("operator", "party") as Destination["operator"]["party"],
    },
    clientIp: (text("client_ip", "is") ?? text("client_ip")) as Destination["clientIp"],
    ...present("clientIpUsedFor", text("client_ip", "used_for")),
    ...present("storedIn", text("stored_in")),
    ...present("access", text("access")),
    ...(retention === undefined
      ? {}
      : {
          retention: {
            ...present("raw", textOf(at(retention, "raw"))),
            ...present("aggregates", textOf(at(retention, "aggregates"))),
            ...present("tiers", buildTiers(at(retention, "tiers"))),
          },
        }),
    ...present("deletion", text("deletion")),
  };
}

/** The model's own names stand in it, without the set that they are of. */
function addressOf(url: string): Pick<Destination, "url" | "namedBy"> {
  if (url === "from-build") return { url: UNNAMED, namedBy: "build" };
  if (url === "operator") return { url: UNNAMED, namedBy: "operator" };
  return { url: addressAsKept(url) };
}

/** In the order of their names. */
function buildTiers(tree: Tree | undefined): Readonly<Record<string, string>> | undefined {
  if (tree === undefined) return undefined;
  const tiers = entriesOf(tree).map(([name, { value }]) => [name, textOf(value) ?? ""] as const);
  return Object.fromEntries(tiers.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A key that is there only when its value is: the model never holds `undefined`. */
export function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** Returns where whoever runs the program names the address, unless the contract says otherwise. */
function usualOverride(product: string): NonNullable<Destination["override"]> {
  const order = [{ kind: "env", env: `${constantCase(product)}_TELEMETRY_URL` }] as const;
  return { order, httpAllowedFor: [], whenRejected: "use-default" };
}

function buildOverride(tree: Tree): NonNullable<Destination["override"]> {
  return {
    order: itemsOf(at(tree, "order")).map((place) => {
      const env = textOf(at(place, "env"));
      return env === undefined
        ? { kind: "config", config: textOf(at(place, "config")) ?? "", key: textOf(at(place, "key")) ?? "" }
        : { kind: "env", env };
    }),
    // As they stand in an address.
    httpAllowedFor: textsOf(at(tree, "http_allowed_for")).map((host) => (host.includes(":") ? `[${host}]` : host)),
    whenRejected: (textOf(at(tree, "when_rejected")) ?? "use-default") as NonNullable<
      Destination["override"]
    >["whenRejected"],
  };
}
