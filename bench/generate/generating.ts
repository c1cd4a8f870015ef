/** The cost of making everything of a contract, beside tools that make types alone: `npm run bench -- generating [EVENTS …]`. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inTurns, medianSpent, type Spent, secondsLeft, spentBy } from "../measure.js";
import { type Cell, type Goal, tell, tellAbsent } from "../tell.js";
import { contractOf } from "./contract.js";
import { jsonSchema, openApi, protos } from "./forms.js";
import { buf, clear, home, node, project, shipped, type Tool, withFiveTargets, writeSpec } from "./tools.js";

const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [4, 100, 1000, 5000];
/** A contender that has taken so long at one size is not started again: then it has fewer runs than five, and the table says so. */
const patience = (events: number) => (events > 1000 ? 4 : 16);

const bare = "`node -e 0`";
const seven = "Plainsight gen, cold, all seven targets";
const five = "Plainsight gen, cold, the five targets of the contract";
const first = "Plainsight gen, cold, V8's compiled code gone too";
const nothing = ["Plainsight gen, nothing to do", "Plainsight check, nothing to do"] as const;
const edited = "Plainsight gen, one event edited";
const quicktype = "quicktype, types alone";
const columns = ["", "× node -e 0", "CPU ms", "wall ms", "CPU ms per event", "peak MiB", "runs"];

const [cold, warm] = [shipped(), shipped()];
const fiveOnly = withFiveTargets();
const all: Record<number, Record<string, Spent>> = {};
for (const events of sizes) {
  const title = `Generating: ${events.toLocaleString("en-US")} events of five fields`;
  if (secondsLeft() <= 0) {
    tellAbsent(title, "no time was left for it");
    continue;
  }
  const given = await inTurns(
    { [bare]: () => spentBy([process.execPath, "-e", "0"], home), ...ours(events), ...peers(events) },
    5,
    patience(events),
  );
  const spent = Object.fromEntries(Object.entries(given).map(([name, runs]) => [name, medianSpent(runs)]));
  all[events] = spent;
  const rows = Object.entries(spent).map(([name, { cpu, wall, peak }]): Cell[] => [
    name,
    times(spent, name),
    cpu * 1000,
    wall * 1000,
    name === bare ? "" : (cpu * 1000) / events,
    peak,
    given[name]?.length ?? 0,
  ]);
  tell(title, columns, rows, goals(events, spent));
}
growth();
process.exit(0);

function times(spent: Readonly<Record<string, Spent>>, name: string): number {
  return (spent[name]?.cpu ?? NaN) / (spent[bare]?.cpu ?? NaN);
}

/** Each finds what it needs whatever ran before it. What is cold has a tool of its own: forgetting must not make the others cold. */
function ours(events: number): Record<string, () => Promise<Spent>> {
  const yaml = contractOf(events);
  const [folder, other, changing] = [project(yaml), project(yaml), project(yaml)];
  const gen = () => spentBy([...warm.command, "gen"], changing);
  let edits = 0;
  const fromNothing = (one: Tool, where: string, everything: boolean) => () => {
    one.forget(everything);
    clear(where);
    return spentBy([...one.command, "gen"], where);
  };
  return {
    [seven]: fromNothing(cold, folder, false),
    [five]: fromNothing(fiveOnly, other, false),
    // Its difference is the same at every size.
    ...(events < 100 ? { [first]: fromNothing(cold, folder, true) } : {}),
    [nothing[0]]: () => gen().then(gen),
    [nothing[1]]: () => gen().then(() => spentBy([...warm.command, "check"], changing)),
    [edited]: async () => {
      await gen();
      edits++;
      writeSpec(changing, yaml.replace("max: 101,", `max: ${10_000 + edits},`));
      return gen();
    },
  };
}

/** The same events in what each peer reads. */
function peers(events: number): Record<string, () => Promise<Spent>> {
  const folder = mkdtempSync(join(home, "peers-"));
  const files: Record<string, string> = {
    "schema.json": jsonSchema(events),
    "openapi.json": openApi(events),
    "buf.yaml": "version: v2\n",
    "buf.gen.yaml": `version: v2\nplugins:\n  - local: ${JSON.stringify(node("@bufbuild/protoc-gen-es/bin/protoc-gen-es"))}\n    out: es\n    opt: target=ts\n`,
    ...protos(events),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const json2ts = (...words: string[]) =>
    node("json-schema-to-typescript/dist/src/cli.js", ...words, "schema.json", "schema.ts");
  const commands = {
    [quicktype]: node(
      "quicktype/dist/index.js",
      "-s",
      "schema",
      "-l",
      "typescript",
      "--just-types",
      "schema.json",
      "-o",
      "quicktype.ts",
    ),
    "json-schema-to-typescript, types alone": json2ts(),
    "the same, not formatted": json2ts("--format=false"),
    "openapi-typescript, types alone": node("openapi-typescript/bin/cli.js", "openapi.json", "-o", "openapi.ts"),
    "buf generate with protoc-gen-es": buf("generate"),
  };
  return Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, () => spentBy(command, folder)]));
}

function goals(events: number, spent: Readonly<Record<string, Spent>>): Goal[] {
  const most = (limits: Readonly<Record<number, number>>, claim: string, name: string): Goal[] =>
    limits[events] === undefined
      ? []
      : [{ claim: `${claim}, × node -e 0`, value: times(spent, name), atMost: limits[events] }];
  return [
    ...nothing.map((name) => ({ claim: `${name}, × node -e 0`, value: times(spent, name), atMost: 2 })),
    ...most({ 4: 7, 1000: 8, 5000: 25 }, edited, edited),
    ...most({ 4: 10, 100: 30, 1000: 120 }, five, five),
    {
      claim: `${five}, × ${quicktype}`,
      value: times(spent, five) / times(spent, quicktype),
      atMost: events === 1000 ? 0.8 : 1,
    },
    ...(events >= 5000 ? [{ claim: `peak MiB, ${seven}`, value: spent[seven]?.peak || NaN, atMost: 512 }] : []),
  ];
}

/** CPU per event must not rise with their number. Below a hundred events it is the start that is divided. */
function growth(): void {
  const measured = sizes.filter((events) => all[events] !== undefined);
  const per = (name: string, events: number) => ((all[events]?.[name]?.cpu ?? NaN) * 1000) / events;
  const names = [...new Set(measured.flatMap((events) => Object.keys(all[events] ?? {})))].filter(
    (name) => name !== bare && name !== first,
  );
  const goals = [seven, five, edited, ...nothing].flatMap((name) =>
    measured.slice(1).map((events, at) => ({
      claim: `${name}: CPU per event at ${events}, × at ${measured[at]} (a tenth is noise)`,
      value: per(name, events) / per(name, measured[at] ?? NaN),
      atMost: 1.1,
    })),
  );
  tell(
    "Generating: CPU ms per event",
    ["", ...measured.map((events) => `${events.toLocaleString("en-US")} events`)],
    names.map((name) => [name, ...measured.map((events) => per(name, events))]),
    goals,
  );
}
