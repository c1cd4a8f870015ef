import type { Plan } from "../../plan/plan.js";
import { importLine } from "./contract.js";
import type { Face } from "./face.js";
import { Call, docstring, literal, text } from "./literal.js";
import { RecordedTypes } from "./recorded.js";
import { signature, type Types } from "./types.js";

/** `__init__.py`. */
export function printFace(plan: Plan, faces: readonly Face[], types: Types): string {
  const model = { "opt-in": "Off by default", "opt-out": "On by default" }[plan.consent.model];
  const lazy = isLazy(plan);
  const uses = lazy ? [] : [{ _contract: ["client"] }, ...faces.map((face) => face.uses ?? {})];
  return [
    docstring(
      [
        `The telemetry of ${plan.product}. ${model}; TELEMETRY.md lists everything that it can report.`,
        "",
        "Importing this touches nothing: no file, no socket, no thread. Nothing here ever raises because of telemetry.",
      ],
      "",
    ),
    blankBefore(imports(uses)),
    checking(faces, types, lateNames(faces, types, lazy)),
    exported(faces, types),
    kept(faces),
    late(lateNames(faces, types, lazy)),
    ...faces.map((face) => `\n\n${printFunction(face, lazy ? withImports(face) : face.does)}`),
  ].join("");
}

/**
 * Returns whether the rest is loaded when it is called for: a program that imports this and does nothing then pays for this file alone. What is
 * decided at the start is loaded at once.
 */
function isLazy({ consent }: Plan): boolean {
  return consent.evaluated !== "at-start";
}

/** Names that a program may import, and which are types to a caller. */
const RETURNED = ["Decision", "Reports", "Carried"];

/** Classes that are loaded when they are first asked for, by their modules. */
function lateNames(faces: readonly Face[], types: Types, lazy: boolean): Readonly<Record<string, readonly string[]>> {
  const returned = RETURNED.filter((name) => lazy && faces.some(({ returns }) => returns === name));
  return {
    ...Object.fromEntries(returned.map((name) => [`_runtime.${name.toLowerCase()}`, [name]] as const)),
    ...(faces.some(({ returns }) => returns === "Counter") ? { "_runtime.rollup": ["Counter"] } : {}),
    ...(types.classes.size === 0 ? {} : { _types: [...types.classes.keys()] }),
  };
}

/** Returns what a rollup's functions keep at hand. */
function kept(faces: readonly Face[]): string {
  const all = new Map(faces.flatMap(({ keeps }) => (keeps === undefined ? [] : [[keeps.name, keeps.type] as const])));
  return all.size === 0 ? "" : `\n${[...all].map(([name, type]) => `${name}: "${type} | None" = None\n`).join("")}`;
}

/** Gives the classes, so that importing the module doesn't load them. */
function late(classes: Readonly<Record<string, readonly string[]>>): string {
  const names = Object.entries(classes);
  if (names.length === 0) return "";
  const branches = names.map(([module, classes], at) => {
    const [last = "", ...before] = module.split(".").reverse();
    const names = literal(new Call("", [...classes].sort()), "        ", 20, 1);
    const among = classes.length === 1 ? `if name == ${text(classes[0] ?? "")}:` : `if name in ${names}:`;
    return `        ${at === 0 ? "" : "el"}${among}\n            from .${before.join(".")} import ${last} as module\n`;
  });
  return [
    "\nif not TYPE_CHECKING:\n\n    def __getattr__(name: str) -> object:\n",
    '        """Load classes when they are first asked for."""\n',
    ...branches,
    '        else:\n            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")\n',
    "        globals()[name] = found = getattr(module, name)\n        return found\n",
  ].join("");
}

/** A function's body, with what it needs imported in it. */
function withImports({ does, uses = {} }: Face): readonly string[] {
  const end = does[0]?.startsWith("from ") ? does.indexOf("") : -1;
  const body = does.slice(end + 1);
  const named = Object.entries(uses).map(
    ([file, names]) => [file, names.filter((name) => !RETURNED.includes(name))] as const,
  );
  const client = body.some((line) => /\bclient\b/.test(line)) ? [{ _contract: ["client"] }] : [];
  const own = imports([...client, Object.fromEntries(named.filter(([, names]) => names.length > 0))]);
  // What is too long for a line stays together.
  const whole = own
    .split(/\n(?=from )/)
    .map((one) => one.trimEnd())
    .filter(Boolean);
  const all = [...whole, ...does.slice(0, Math.max(0, end))].sort(inModules);
  return all.length === 0 ? body : [...all.flatMap((one) => one.split("\n")), "", ...body];
}

function inModules(a: string, b: string): number {
  const module = (line: string) => line.split(" ")[1] ?? "";
  return module(a) < module(b) ? -1 : module(a) > module(b) ? 1 : 0;
}

function blankBefore(text: string): string {
  return text === "" ? "" : `\n${text}`;
}

/** `off.py`: the same names, and nothing behind them. */
export function printOff(plan: Plan, faces: readonly Face[], types: Types): string {
  const needsCounter = faces.some(({ returns }) => returns === "Counter");
  const uses = faces.some(({ returns }) => returns === "Decision") ? { "_runtime.decision": ["Decision"] } : {};
  const reports = faces.some(({ returns }) => returns === "Reports") ? { "_runtime.reports": ["Reports"] } : {};
  const carried = faces.some(({ returns }) => returns === "Carried") ? { "_runtime.carried": ["Carried"] } : {};
  return [
    docstring(
      [
        `The same face as the telemetry of ${plan.product}, with nothing behind it: for builds without telemetry, and for tests.`,
      ],
      "",
    ),
    blankBefore(imports([uses, reports, carried, classesUsed(types)])),
    checking(faces, types, {}),
    exported(faces, types),
    ...(needsCounter
      ? [
          `\n\nclass Counter:\n    """Counts nothing."""\n\n    def ok(self) -> None:\n        """Nothing."""\n\n    def error(self) -> None:\n        """Nothing."""\n`,
        ]
      : []),
    ...faces.map((face) => `\n\n${printFunction(face, face.noop === undefined ? [] : [`return ${face.noop}`])}`),
  ].join("");
}

/** `testing.py`: what a product's own tests record with. */
export function printTesting(plan: Plan): string {
  return [
    docstring([`What the tests of ${plan.product} record with, instead of sending.`], ""),
    "\nfrom ._contract import client\nfrom ._runtime.recorder import Recorder\n",
    "\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n",
    new RecordedTypes(plan).print(),
    '\n__all__ = ["Recorder", "recorder"]\n',
    '\n\ndef recorder() -> "Recorder[Recorded]":\n',
    docstring(
      [
        "Takes all that is recorded from now on, as if telemetry were on: without a file, a connection or a thread.",
        "",
        "For tests alone. Used in a `with`, the client is afterwards as it was before.",
        "",
        "It is typed event by event: once `one['event']` is compared with a name, a type checker knows what `one['props']` holds.",
      ],
      "    ",
    ),
    "    return Recorder(client)\n",
  ].join("");
}

function classesUsed(types: Types): Readonly<Record<string, readonly string[]>> {
  return types.classes.size === 0 ? {} : { _types: [...types.classes.keys()] };
}

function imports(uses: readonly Readonly<Record<string, readonly string[]>>[], indent = 0): string {
  const all = new Map<string, Set<string>>();
  for (const use of uses)
    for (const [file, names] of Object.entries(use)) all.set(file, new Set([...(all.get(file) ?? []), ...names]));
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, names]) => {
      if (names.size === 0) return [];
      const plain = [...names].filter((name) => !name.includes(" as "));
      const renamed = [...names].filter((name) => name.includes(" as ")).sort();
      return [
        ...(plain.length > 0 ? [importLine(`.${file}`, plain, indent)] : []),
        ...renamed.map((name) => `from .${file} import ${name}\n`),
      ];
    })
    .join("");
}

/** Returns what only a type checker reads. */
function checking(faces: readonly Face[], types: Types, late: Readonly<Record<string, readonly string[]>>): string {
  const said = faces.map(({ parameters, returns }) => [...parameters, returns].join(" ")).join(" ");
  const abc = ["Callable", "Mapping", "Sequence"].filter((name) => said.includes(`${name}[`));
  const sets = [...types.sets.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(said));
  const keeps = Object.keys(late).length === 0 ? [] : faces.flatMap((face) => face.keeps?.type ?? []);
  const own = imports(
    [
      late,
      { _types: sets },
      ...(keeps.includes("Rollup") ? [{ "_runtime.rollup": ["Rollup"] }] : []),
      ...(keeps.includes("Mixed") ? [{ "_runtime.combined": ["Mixed"] }] : []),
    ],
    4,
  );
  const lines = [
    ...(abc.length > 0 ? [`    from collections.abc import ${abc.join(", ")}\n`] : []),
    ...(said.includes("Literal[") ? ["    from typing import Literal\n"] : []),
    ...(own === ""
      ? []
      : [
          `${abc.length > 0 || said.includes("Literal[") ? "\n" : ""}    ${own.trimEnd().replaceAll("\n", "\n    ")}\n`,
        ]),
  ];
  return lines.length === 0 ? "" : `\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n${lines.join("")}`;
}

function exported(faces: readonly Face[], types: Types): string {
  const returned = ["Decision", "Counter", "Reports", "Carried"].filter((name) =>
    faces.some(({ returns }) => returns === name),
  );
  const names = [...types.classes.keys(), ...returned, ...faces.map(({ name }) => name)].map(text).sort();
  const line = `__all__ = [${names.join(", ")}]\n`;
  return `\n${line.length <= 121 ? line : `__all__ = [\n${names.map((name) => `    ${name},\n`).join("")}]\n`}`;
}

function printFunction({ name, parameters, returns, doc }: Face, body: readonly string[]): string {
  const lines = body.map((line) => (line === "" ? "\n" : `    ${line}\n`)).join("");
  return `${signature("", name, parameters, returns)}${docstring(doc, "    ")}${lines}`;
}
