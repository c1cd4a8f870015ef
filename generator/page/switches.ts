import {
  type Block,
  code,
  codeBlock,
  enumerate,
  type Inline,
  list,
  paragraph,
  prose,
  say,
  strong,
} from "../emit/document.js";
import { shellVariable } from "../emit/shell.js";
import { shown } from "../emit/shown.js";
import { example } from "../language/consent/matches/index.js";
import { meaning } from "../language/consent/places/fact.js";
import { placeWord } from "../language/consent/places/index.js";
import { decidingValue, startsOn } from "../language/consent/step.js";
import type { Consent, ConsentStep, Match, Model, Scalar } from "../model/model.js";
import { isAnythingOn } from "./parts.js";

/** A line for a shell. */
export function setting(env: string, match: Match): string {
  return shellVariable(env, example(match));
}

type Direction = "enable" | "disable";

/** One value that really switches it; nothing where the step never decides so. Files have a yes and a no of their own. */
function switching(step: ConsentStep, direction: Direction, consent: Consent): Scalar | undefined {
  const match = direction === "enable" ? step.enableWhen : step.disableWhen;
  const usual = match?.kind === "truthy" || match?.kind === "falsy" ? [match.kind === "truthy"] : [];
  const says = direction === "enable" ? "yes" : "no";
  // What no side names may be a no, too.
  if (match === undefined && !(direction === "disable" && step.otherwise)) return undefined;
  return decidingValue(step, says, consent, step.place.kind === "env" ? [] : usual);
}

/** The contract's command, and where its answer counts if that isn't everywhere: where no step reads it in all places. */
function commandOf({ commands, order }: Consent, direction: Direction): Command {
  const run = commands[direction]?.run;
  const readers = order.filter(({ place }) => place.kind === "stored");
  const [first] = readers;
  return { run, onlyWhere: readers.every(({ onlyWhere }) => onlyWhere !== undefined) ? first?.onlyWhere : undefined };
}

interface Command {
  readonly run: string | undefined;
  readonly onlyWhere: ConsentStep["onlyWhere"];
}

/** Everything that a person can type to switch it, the contract's command first. */
function shellSwitches({ consent }: Model, direction: Direction): readonly string[] {
  const { run, onlyWhere } = commandOf(consent, direction);
  // What only works in some places is said as a sentence, with where.
  const command = onlyWhere === undefined ? run : undefined;
  const variables = consent.order.flatMap((step) => {
    const { shell } = placeWord(step.place);
    const value = shell && !step.onlyWhere ? switching(step, direction, consent) : undefined;
    return shell === undefined || value === undefined ? [] : [`export ${shell(step.place, value)}`];
  });
  return [...(command === undefined ? [] : [command]), ...variables];
}

/** The same in a configuration, a setting of the program's own, or on its command line. */
function configSwitches({ consent }: Model, direction: Direction): readonly Inline[] {
  const menu =
    direction === "disable" && consent.menu !== undefined ? [say`turn it off under ${prose(consent.menu)}`] : [];
  const { run, onlyWhere } = commandOf(consent, direction);
  const command = run && onlyWhere ? [say`run ${code(run)}, only where ${meaning(onlyWhere)}`] : [];
  const steps = consent.order.flatMap((step): readonly Inline[] => {
    const set = switching(step, direction, consent);
    if (set === undefined) return [];
    const { place, onlyWhere } = step;
    const { shell, toSet } = placeWord(place);
    const way = shell !== undefined && onlyWhere === undefined ? undefined : toSet(place, set);
    if (way === undefined) return [];
    return [onlyWhere === undefined ? way : say`${way}, only where ${meaning(onlyWhere)}`];
  });
  return [...menu, ...command, ...steps];
}

/** Every way to switch it on, in a sentence. */
export function onSwitches(model: Model): readonly Block[] {
  const { consent } = model;
  const lines = shellSwitches(model, "enable").map((line) => code(line.replace(/^export /, "")));
  const ways = [...lines, ...configSwitches(model, "enable")];
  if (ways.length === 0) return [];
  const first = consent.order.length > 1 ? " (earlier steps come first)" : "";
  return [paragraph(say`To turn it on${startsOn(consent) ? " again" : ""}${first}: ${enumerate(ways, "or")}.`)];
}

/** Every way to switch it off, as lines to type where there are any. */
export function offSwitches(model: Model, heading: Inline): readonly Block[] {
  const lines = shellSwitches(model, "disable");
  const settings = configSwitches(model, "disable");
  if (lines.length + settings.length === 0) return [];
  const last = settings.length - 1;
  const choice = settings.reduce<Inline>(
    (all, one, at) => say`${all}${at === 0 ? "" : at === last ? ", or " : ", "}${one}`,
    "",
  );
  if (lines.length === 0) return [paragraph(say`${heading}, ${choice}.`)];
  const many = lines.length + settings.length > 1 ? ", any one of these is enough" : "";
  return [
    paragraph(say`${heading}${many}:`),
    codeBlock("sh", lines.join("\n")),
    ...(settings.length === 0 ? [] : [paragraph(say`Or ${choice}.`)]),
  ];
}

/** The head of the page: whether it is on, and every line that ends it. */
export function status(model: Model): readonly Block[] {
  return [...state(model), ...inSpite(model)];
}

/** Names what is sent all the same, in bold, right below the switch. */
function inSpite({ events, retired }: Model): readonly Block[] {
  const all = retired === undefined ? events.filter(({ evenWhenOff }) => evenWhenOff !== undefined) : [];
  if (all.length === 0) return [];
  const many = all.length > 1;
  const head = strong(`${many ? `${all.length} events are` : "One event is"} sent even when telemetry is off:`);
  const item = ({ evenWhenOff, wireName }: Model["events"][number]): Inline => {
    const { reason = "", despite = [], on } = evenWhenOff ?? {};
    const when = on === undefined ? "" : " once, when you turn it off,";
    return say`${strong(code(wireName))}${when} despite a no from ${enumerate(despite.map(placeInWords), "or")}. ${strong(prose(reason))} It carries no identifier. Any other no stops it, too, and so does a place that can't be read.`;
  };
  return [paragraph(head), list(all.map(item))];
}

/** Names the key of a stored answer, where nothing else could change it. */
function inStateFile(consent: Consent, on: boolean): Inline {
  const file = consent.stateFile?.path;
  for (const step of consent.order) {
    const set = step.place.kind === "stored" ? switching(step, "disable", consent) : undefined;
    if (file === undefined || set === undefined || step.place.kind !== "stored") continue;
    const so = step.onlyWhere === undefined ? "" : say`, only where ${meaning(step.onlyWhere)}`;
    return say` To turn it off${on ? "" : " again"}, change ${code(step.place.key)} in ${code(file)} to ${shown(set)}${so}.`;
  }
  return "";
}

function placeInWords(place: string): Inline {
  switch (place) {
    case "stored":
      return "your stored answer";
    case "config":
      return "a configuration";
    case "default":
      return "the default (nobody said anything)";
    default:
      return code(place);
  }
}

function state(model: Model): readonly Block[] {
  const { retired } = model;
  if (retired !== undefined)
    return [
      paragraph(say`${strong("Retired.")} Since ${retired.since} nothing is sent any more: ${prose(retired.why)}`),
      paragraph(
        "The list below was sent until then. Older versions may still send it; they are answered with success, and it is discarded.",
      ),
    ];
  if (model.consent.none !== undefined)
    return [paragraph(say`${strong("It can't be turned off: there is no switch.")} ${prose(model.consent.none)}`)];
  const on = isAnythingOn(model);
  const state = say`${strong(on ? "On by default." : "Off by default.")}${on ? "" : " Nothing is sent until you turn it on."}`;
  const ways = offSwitches(model, say`${state} To turn it off${on ? "" : " again"}`);
  return ways.length === 0 ? [paragraph([state, inStateFile(model.consent, on)])] : ways;
}
