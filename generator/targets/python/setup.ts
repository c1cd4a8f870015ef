import type { Plan } from "../../plan/plan.js";
import { broken, type Face, map } from "./face.js";
import { text } from "./literal.js";
import { snake } from "./names.js";
import { annotation, paramDoc, type Types } from "./types.js";

/** What is given once. */
export function setupFace(plan: Plan, types: Types): Face {
  const fields = plan.setup.fields;
  const versioned = plan.setup.version && !fields.some(({ words }) => snake(words) === "version");
  const configured =
    plan.consent.order.some(({ place }) => place.kind === "config") ||
    (plan.destination.override?.order.some(({ kind }) => kind === "config") ?? false);
  const logged = plan.delivery.onFailure === "log" || plan.delivery.debug?.stream === "log";
  const built = plan.consent.builds.length > 0;
  const names = plan.consent.builds.map(({ name }) => text(name)).join(", ");
  const required = fields.filter(({ optional }) => !optional);
  const parameters = [
    ...required.map((field) => `${snake(field.words)}: ${types.of(field, ["setup"])}`),
    ...(versioned ? ["version: str"] : []),
    ...(configured ? ["config: Callable[[str], Mapping[str, object] | None]"] : []),
    ...(built ? [`build: Literal[${names}]`] : []),
    ...fields
      .filter(({ optional }) => optional)
      .map((field) => `${snake(field.words)}: ${annotation(types.of(field, ["setup"]), true)}`),
    ...(logged ? ["log: Callable[[str, str], object] | None = None"] : []),
  ];
  const given = [
    ...fields.map((field) => `${text(field.name)}: ${snake(field.words)}`),
    ...(versioned ? ['"version": version'] : []),
  ];
  const host = [
    ...(configured ? ['"config": config'] : []),
    ...(built ? ['"build": build'] : []),
    ...(logged ? ['"log": log'] : []),
  ];
  return {
    name: "setup",
    parameters: parameters.length === 0 ? [] : ["*", ...parameters],
    returns: "None",
    doc: [
      "To be called once, before anything is recorded.",
      "",
      ...fields.flatMap(paramDoc),
      ...(versioned ? [":param version: The product's own version."] : []),
      ...(configured
        ? [
            ":param config: Gives what a configuration of that name says, parsed; `None` where there is none. What it can't tell, by raising, counts as a no.",
          ]
        : []),
      ...(built ? [":param build: Which build this is."] : []),
      ...(logged ? [":param log: Takes a level and a line."] : []),
    ],
    does: broken("_setup(client, ", [map(given), map(host)]),
    uses: { "_runtime.client": ["setup as _setup"] },
  };
}
