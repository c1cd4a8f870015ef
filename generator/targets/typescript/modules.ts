import { type Doc, group, indent, layOut, line, softline } from "../../emit/layout.js";
import type { Model } from "../../model/model.js";
import { buildName, guardOf } from "./build-guard.js";
import type { Emitter } from "./emitters.js";
import { OF_CLIENT } from "./field-data.js";
import { dataOf, functionStructure, importsOf, mergeImports, printEach, printModule } from "./module.js";
import { runtimeFile } from "./runtime-files.js";

/** `telemetry.ts`. The guard stands in every body: only so does a bundler that knows the build drop all that is behind it. */
export function printTelemetry(model: Model, emitters: readonly Emitter[]): string {
  const guard = guardOf(model);
  const client = { from: "./client.js", names: ["client"] };
  const start = model.consent.evaluated === "at-start" ? [{ from: runtimeFile("consent"), names: ["consent"] }] : [];
  const imports = mergeImports([client, ...start, ...importsOf(emitters)]);
  const part = ({ name }: Emitter) => `telemetry ${name}`;
  const statements = printEach(emitters, part, (one) => [...dataOf(one), functionStructure(one, body(one, guard))]);
  const declared = guard === undefined ? [] : [`declare const ${buildName(model)}: string | undefined;\n`];
  return printModule(imports, [...declared, ...atStart(model, guard), ...statements]);
}

/** Reads consent once, when the program starts: a variable that is set later has no effect. */
function atStart({ consent }: Model, guard: Doc | undefined): readonly string[] {
  if (consent.evaluated !== "at-start") return [];
  if (guard === undefined) return ["consent(client);\n"];
  const test = group(indent(softline, "!(", guard, ")"), softline);
  return [`${layOut(group("if (", test, ")", indent(line, "consent(client);")))}\n`];
}

/** `off.ts`: the same names and types, and nothing behind them. What each is for stands in `telemetry.ts`. */
export function printOff(emitters: readonly Emitter[]): string {
  const imports = importsOf(emitters).map(({ from, names }) => ({
    from,
    names: names.filter((name) => name.startsWith("type ") && !/^type (?:Event|Metric)Contract$/.test(name)),
  }));
  const statements = printEach(
    emitters,
    ({ name }) => `off ${name}`,
    (one) => [twinOf(one)],
  );
  return printModule(mergeImports(imports), statements);
}

function twinOf(emitter: Emitter): ReturnType<typeof functionStructure> {
  const parameters = emitter.parameters.map((parameter) => ({ ...parameter, name: `_${parameter.name}` }));
  return functionStructure(
    { ...emitter, doc: [], parameters },
    emitter.noop === undefined ? [] : [`return ${emitter.noop};`],
  );
}

/** `samples.ts`: the line that each gauge would send, for tests and for people who want to see it. */
export function printSamples(emitters: readonly Emitter[]): string {
  const gauges = emitters.filter(({ uses }) => uses["report"]?.includes("gauge"));
  const named = gauges.flatMap(({ names = {} }) => Object.values(names).flat());
  const imports = [
    { from: runtimeFile("contract"), names: ["type MetricContract"] },
    { from: runtimeFile("metric"), names: ["sampleLine"] },
    ...(named.some((name) => OF_CLIENT.includes(name)) ? [{ from: "./client.js", names: ["client"] }] : []),
    ...(gauges.some(({ uses }) => uses["sources"] !== undefined)
      ? [
          { from: "./client.js", names: ["client"] },
          { from: runtimeFile("identity"), names: ["storedIdentifier"] },
          { from: runtimeFile("sources"), names: ["source"] },
        ]
      : []),
    ...gauges.flatMap(({ names = {} }) =>
      Object.entries(names).map(([file, functions]) => ({ from: runtimeFile(file), names: [...functions] })),
    ),
    { from: "./types.js", names: gauges.flatMap(({ types }) => types.map((type) => `type ${type}`)) },
  ];
  const part = ({ name }: Emitter) => `samples ${name}`;
  const statements = printEach(gauges, part, (one) => [
    ...dataOf(one),
    functionStructure({ ...one, returns: "string | undefined" }, [["return ", one.sample ?? "undefined", ";"]]),
  ]);
  return printModule(mergeImports(imports), statements);
}

/**
 * Behind `else`, and not just below: a bundler that knows the build then sees at once that it is never reached, and drops
 * everything that only it would have needed. Below a `return` most of them don't.
 */
function body(emitter: Emitter, guard: Doc | undefined): readonly Doc[] {
  if (guard === undefined) return [statementOf(emitter)];
  const { noop } = emitter;
  const test = group(indent(softline, guard), softline);
  return [
    group("if (", test, ")", indent(line, `return${noop === undefined ? "" : ` ${noop}`};`)),
    group("else", indent(line, statementOf(emitter))),
  ];
}

function statementOf({ does, returns }: Emitter): Doc {
  return [returns === "void" || returns === "Promise<void>" ? "" : "return ", does, ";"];
}
