import { type Block, code, codeBlock, enumerate, type Inline, paragraph, prose, say } from "../emit/document.js";
import { example, samples } from "../language/consent/matches/index.js";
import { says } from "../language/consent/step.js";
import type { ConsentStep, Match, Model, Scalar } from "../model/model.js";
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
    const match = matchOf(step, direction);
    if (step.place.kind !== "env" || match === undefined || match.kind === "absent") return [];
    const said = says(step, String(example(match))) === (direction === "enable" ? "yes" : "no");
    const shown = said ? undefined : valueThat(step, direction);
    return [`export ${shown === undefined ? setting(step.place.env, match) : assignment(step.place.env, shown)}`];
  });
  return [...(command === undefined ? [] : [command]), ...variables];
}

/** The same in a configuration, a setting of the program's own, or on its command line. */
export function configSwitches({ consent }: Model, direction: Direction): readonly Inline[] {
  const menu =
    direction === "disable" && consent.menu !== undefined ? [say`turn it off under ${prose(consent.menu)}`] : [];
  const steps = consent.order.flatMap((step): readonly Inline[] => {
    const match = matchOf(step, direction);
    if (match === undefined || match.kind === "absent") return [];
    const { place } = step;
    switch (place.kind) {
      case "config":
        return [say`set ${code(place.key)} to ${value(inFile(step, match, direction))} in ${code(place.config)}`];
      case "given":
        return [say`set ${code(place.given)} to ${value(inFile(step, match, direction))} (${prose(place.means)})`];
      case "flag":
        return [say`give the flag ${code(place.valued ? `${place.flag}=${example(match)}` : place.flag)}`];
      case "env":
      case "stored":
      // Where nothing is ever sent is no switch.
      case "fact":
        return [];
      default:
        return place satisfies never;
    }
  });
  return [...menu, ...steps];
}

/** One value that counts. Files have a yes and a no of their own. */
function inFile(step: ConsentStep, match: Match, direction: Direction): Scalar {
  const usual = match.kind === "truthy" || match.kind === "falsy" ? match.kind === "truthy" : example(match);
  return says(step, usual) === (direction === "enable" ? "yes" : "no") ? usual : (valueThat(step, direction) ?? usual);
}

/** Of the values that a side names the first that isn't the other side's, too. */
function valueThat(step: ConsentStep, direction: Direction): Scalar | undefined {
  const match = matchOf(step, direction);
  const all: readonly Scalar[] = match === undefined ? [] : [...samples(match), true, false, "yes", "no", "on", "off"];
  return all.find((one) => says(step, one) === (direction === "enable" ? "yes" : "no"));
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
    variable === undefined ? "" : say`The environment variable ${code(variable.replace("export ", ""))} does the same.`;
  return [
    paragraph(say`${state} ${on ? "One line turns it off:" : "One line keeps it off, or turns it off again:"}`),
    codeBlock("sh", line),
    ...(also === "" ? [] : [paragraph(also)]),
  ];
}
