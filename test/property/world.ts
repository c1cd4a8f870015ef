import { join } from "node:path";
import { type ConsentRow, grantingRow } from "../../generator/language/consent/table.js";
import type { Model } from "../../generator/model/model.js";
import { partDecision } from "../../templates/client/runtime/consent/part.js";
import { type Switch, stepOf, switchesOf } from "./page.js";
import { configPath, formOf, isGiven, type Machine, type Program, start, writeFile } from "./program.js";

/** Makes a machine one on which a switch works. */
export function setAround({ consent }: Model, on: Machine, one: Switch): void {
  const fact = consent.order[stepOf(consent, one)]?.onlyWhere?.fact;
  if (fact !== undefined) on.facts[fact] = true;
}

/** Does what a line of the page says. */
export async function apply(program: Program, on: Machine, one: Switch): Promise<void> {
  switch (one.kind) {
    case "env":
      on.env[one.name] = one.value;
      return;
    case "command":
      await start(program, on).command(one.words.at(-1) ?? "");
      return;
    case "flag":
      on.args.push(...one.words);
      return;
    case "given":
      on.config[one.name] = one.value;
      return;
    case "config":
      configure(program.model, on, one.file, nested(one.key.split("."), one.value));
      return;
    case "file":
      writeFile(configPath(on, one.file, program.model.product), one.line === undefined ? "" : `${one.line}\n`);
      return;
    default:
      one satisfies never;
  }
}

function nested([first = "", ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
}

/** Writes a configuration in its own form, or gives it to the program. */
export function configure(model: Model, on: Machine, name: string, content: unknown): void {
  if (isGiven(model, name)) on.config[name] = content;
  // An empty file would be one that isn't understood.
  else if (!isMap(content) || Object.keys(content).length > 0)
    writeFile(
      configPath(on, name, model.product),
      isMap(content) ? printed(formOf(model, name), content) : `${String(content)}\n`,
    );
}

/** A configuration file's text, by its form. */
export function printed(form: string | undefined, content: Record<string, unknown>): string {
  if (form === "yaml") return yaml(content, "");
  if (form === "ini") return sections(content, [], String);
  if (form === "jsonc") return `{ // Settings.\n${JSON.stringify(content).slice(1)}`;
  return form === "toml" ? sections(content, [], JSON.stringify) : JSON.stringify(content);
}

function yaml(content: Record<string, unknown>, indent: string): string {
  return Object.entries(content)
    .map(([key, value]) =>
      isMap(value) ? `${indent}${key}:\n${yaml(value, `${indent}  `)}` : `${indent}${key}: ${JSON.stringify(value)}\n`,
    )
    .join("");
}

/** As TOML and INI have them. */
function sections(
  content: Record<string, unknown>,
  path: readonly string[],
  print: (value: unknown) => string,
): string {
  const entries = Object.entries(content);
  const own = entries.filter(([, value]) => !isMap(value)).map(([key, value]) => `${bare(key)} = ${print(value)}\n`);
  const head = path.length === 0 || own.length === 0 ? "" : `[${path.join(".")}]\n`;
  const below = entries.map(([key, value]) => (isMap(value) ? sections(value, [...path, key], print) : ""));
  return head + own.join("") + below.join("");
}

/** A key that TOML reads without quotes, or one in them: a part's own edition has a colon. */
function bare(key: string): string {
  return /^[\w.-]+$/.test(key) ? key : JSON.stringify(key);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Makes a machine one of the states of a truth table. */
function put(model: Model, on: Machine, { env, config, stored, args, facts }: ConsentRow): void {
  Object.assign(on.env, env);
  Object.assign(on.facts, facts);
  on.args.push(...(args ?? []));
  for (const [name, content] of Object.entries(config)) {
    const given = model.consent.order.concat(...(model.consent.parts ?? []).map(({ order }) => order));
    if (given.some(({ place }) => place.kind === "given" && place.given === name)) on.config[name] = content;
    else configure(model, on, name, content);
  }
  const path = statePath(model, on);
  if (stored !== null && path !== undefined) writeFile(path, printed(model.consent.stateFile?.form, stored));
}

/** Returns the state file's path on a machine, and undefined where a contract keeps none for an answer. */
export function statePath({ consent, product }: Model, on: Machine): string | undefined {
  const path = consent.stateFile?.path;
  if (path === undefined) return undefined;
  if (path.startsWith("~/")) return join(on.home, path.slice(2));
  return path.startsWith("{app_dir}/") ? join(on.home, ".config", product, path.slice("{app_dir}/".length)) : path;
}

/** Returns whether everything may be sent. */
export function isAllOn(program: Program, on: Machine, setup: object): boolean {
  const { client, decision } = start(program, on, setup);
  const parts = program.model.consent.parts ?? [];
  return decision().enabled && parts.every(({ name }) => partDecision(client, name).enabled);
}

/**
 * Brings a machine into a state in which the contract allows sending: of an opt-out contract that is any fresh one, of an opt-in
 * one the first switch that the page prints, or an answer to the question. False: there is none.
 */
export async function turnOn(program: Program, on: Machine, setup: object): Promise<boolean> {
  const { model, page } = program;
  const isOn = () => isAllOn(program, on, setup);
  if (isOn()) return true;
  if (model.consent.parts !== undefined) {
    const row = grantingRow(model.consent, model.consentEpoch);
    if (row === undefined) return false;
    put(model, on, row);
    return isOn();
  }
  for (const one of switchesOf(page, "on")) {
    setAround(model, on, one);
    await apply(program, on, one);
    if (isOn()) return true;
  }
  const [ask] = model.consent.ask;
  if (ask !== undefined) {
    const asking = start(program, on, setup, { terminal: true, stdinIsTerminal: true });
    await asking.telemetry["ask"]?.(ask.where, { prompt: async () => true });
    if (start(program, on, setup).decision().enabled) return true;
  }
  // What only the state file can say, and no command writes: somebody's own hand.
  return false;
}
