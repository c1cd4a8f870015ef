import { type Block, code, codeBlock, enumerate, type Inline, paragraph, say } from "../emit/document.js";
import { example } from "../language/consent/matches/index.js";
import { says, valueFor } from "../language/consent/step.js";
import type { Consent, ConsentStep, Match, Model, Scalar } from "../model/model.js";
import { value } from "./words.js";

/** A line for a shell. */
export function setting(env: string, match: Match): string {
  return assignment(env, example(match));
}

/** What a shell would read otherwise than it stands there is quoted. */
function assignment(env: string, set: Scalar): string {
  const text = String(set);
  return /^[\w@%+=:,./-]*$/.test(text) ? `${env}=${text}` : `${env}='${text.replaceAll("'", "'\\''")}'`;
}

type Direction = "enable" | "disable";

function matchOf(step: ConsentStep, direction: Direction): Match | undefined {
  return direction === "enable" ? step.enableWhen : step.disableWhen;
}

/** Everything that a person can type to switch it, the contract's command first. */
export function shellSwitches({ consent }: Model, direction: Direction): readonly string[] {
  const command = consent.commands[direction]?.run;
  const variables = consent.order.flatMap((step) => {
    if (step.place.kind !== "env") return [];
    const set = switchValue(step, direction, consent, example);
    return set === undefined ? [] : [`export ${assignment(step.place.env, set)}`];
  });
  return [...(command === undefined ? [] : [command]), ...variables];
}

/** The same in a configuration file or a cluster's configuration. */
export function configSwitches({ consent }: Model, direction: Direction): readonly Inline[] {
  return consent.order.flatMap((step) => {
    if (step.place.kind !== "config") return [];
    const set = switchValue(step, direction, consent, inFile);
    return set === undefined ? [] : [say`set ${code(step.place.key)} to ${value(set)} in ${code(step.place.config)}`];
  });
}

/** A value that switches it: the usual one of its match, or, where the step's other side has that too, another. */
function switchValue(
  step: ConsentStep,
  direction: Direction,
  consent: Consent,
  usual: (match: Match) => Scalar,
): Scalar | undefined {
  const match = matchOf(step, direction);
  if (match === undefined) return undefined;
  const wanted = direction === "enable" ? "yes" : "no";
  return says(step, usual(match)) === wanted ? usual(match) : valueFor(step, wanted, consent);
}

/** One value that counts. Files have a yes and a no of their own. */
function inFile(match: Match): Scalar {
  return match.kind === "truthy" || match.kind === "falsy" ? match.kind === "truthy" : example(match);
}

/** Every way to switch it on or off. */
export function switchBlocks(model: Model, direction: Direction): readonly Block[] {
  const lines = shellSwitches(model, direction);
  const settings = configSwitches(model, direction);
  if (lines.length + settings.length === 0) return [];
  const many = lines.length + settings.length > 1;
  const heading =
    direction === "disable"
      ? "To turn it off"
      : model.consent.model === "opt-in"
        ? "To turn it on"
        : "To turn it on again";
  return [
    ...(lines.length === 0
      ? [paragraph(`${heading}:`)]
      : [paragraph(`${heading}${many ? ", any one of these is enough" : ""}:`), codeBlock("sh", lines.join("\n"))]),
    ...(settings.length === 0
      ? []
      : [paragraph(say`${lines.length === 0 ? "You can" : "Or"} ${enumerate(settings, "or")}.`)]),
  ];
}

/** The head of the page: whether it is on, and the one line that ends it. */
export function status(model: Model): readonly Block[] {
  const { consent } = model;
  const on = consent.model === "opt-out";
  const [line, ...others] = shellSwitches(model, "disable");
  const settings = configSwitches(model, "disable");
  const state: Inline = [
    { kind: "strong", content: on ? "On by default." : "Off by default." },
    on ? "" : " Nothing is sent until you turn it on.",
  ];
  if (line === undefined) {
    return [paragraph(settings.length === 0 ? state : say`${state} To turn it off, ${enumerate(settings, "or")}.`)];
  }
  const variable = others.find((other) => other.startsWith("export "));
  const also =
    variable === undefined
      ? ""
      : say`The environment variable ${code(variable.replace("export ", ""))} does the same for every program that is started with it.`;
  return [
    paragraph(say`${state} ${on ? "One line turns it off:" : "One line keeps it off, or turns it off again:"}`),
    codeBlock("sh", line),
    ...(also === "" ? [] : [paragraph(also)]),
  ];
}
