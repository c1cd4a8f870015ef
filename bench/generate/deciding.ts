/** The cost of saying what a change does, beside `buf breaking` on as many fields: `npm run bench -- deciding [EVENTS …]`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inTurns, medianSpent, type Spent, secondsLeft, spentBy } from "../measure.js";
import { type Cell, couldNotRun, tell, tellAbsent } from "../tell.js";
import { contractOf } from "./contract.js";
import { protos } from "./forms.js";
import { buf, home, project, shipped, writeSpec } from "./tools.js";

const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [4, 100, 1000, 5000];
/** A contender that has taken so long at one size is not started again: then it has fewer runs than five, and the table says so. */
const patience = (events: number) => (events > 1000 ? 1 : 6);

const bare = "`node -e 0`";
const [diff, files, check] = [
  "Plainsight diff --base",
  "Plainsight diff --from --to",
  "Plainsight check --base",
] as const;
const [git, image] = ["buf breaking, against git", "buf breaking, against an image"] as const;
const tool = shipped();

for (const events of sizes) {
  const title = `Deciding: one field more in one of ${events.toLocaleString("en-US")} events`;
  if (secondsLeft() <= 0) {
    tellAbsent(title, "no time was left for it");
    continue;
  }
  const contenders = {
    [bare]: () => spentBy([process.execPath, "-e", "0"], home),
    ...(await ours(events)),
    ...(await theirs(events)),
  };
  const given = await inTurns(contenders, 5, patience(events));
  const spent = Object.fromEntries(Object.entries(given).map(([name, runs]) => [name, medianSpent(runs)]));
  const cpu = (name: string) => spent[name]?.cpu ?? NaN;
  tell(
    title,
    ["", "× node -e 0", "CPU ms", "wall ms", "peak MiB", "runs"],
    Object.entries(spent).map(([name, one]): Cell[] => [
      name,
      one.cpu / cpu(bare),
      one.cpu * 1000,
      one.wall * 1000,
      one.peak,
      given[name]?.length ?? 0,
    ]),
    [
      ...(events < 100 ? [{ claim: `${files}, × ${bare}`, value: cpu(files) / cpu(bare), atMost: 2.5 }] : []),
      { claim: `${diff}, × ${git}`, value: cpu(diff) / cpu(git), atMost: share(events) },
      {
        claim: `${check} (which also holds every generated file to the contract), × ${git}`,
        value: cpu(check) / cpu(git),
        atMost: share(events),
      },
      { claim: `${files}, × ${image}`, value: cpu(files) / cpu(image), atMost: share(events) },
    ],
  );
}
process.exit(0);

/** At a few events Node's start alone is more than all of `buf`; with many only what changed is read. */
function share(events: number): number {
  return events < 100 ? 2 : events < 1000 ? 1 : 0.5;
}

/** A project whose last commit is the base, and frozen: since then an event has a field more, the numbers were raised, and all is generated. */
async function ours(events: number): Promise<Record<string, () => Promise<Spent>>> {
  const yaml = contractOf(events);
  const folder = project(yaml);
  await spentBy([...tool.command, "freeze"], folder);
  commit(folder);
  writeFileSync(join(folder, "before.yaml"), yaml);
  const more = "    fields:\n      more: { type: bool, why: Whether there is more. }\n";
  writeSpec(folder, yaml.replace(/(events:\n {2}event_0:\n.*\n.*\n) {4}fields:\n/, `$1${more}`));
  for (const words of [["raise", "--base", "HEAD"], ["gen"]]) await spentBy([...tool.command, ...words], folder);
  const run = (...words: string[]) => spentBy([...tool.command, ...words], folder);
  return {
    [diff]: () => run("diff", "--base", "HEAD"),
    [files]: () => run("diff", "--from", "before.yaml", "--to", "spec/events.yaml"),
    [check]: () => run("check", "--base", "HEAD"),
  };
}

/** The same in protobuf: a module in git, and its image, which is the quickest to compare with. */
async function theirs(events: number): Promise<Record<string, () => Promise<Spent>>> {
  const folder = mkdtempSync(join(home, "buf-"));
  const write = (all: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write({ "buf.yaml": "version: v2\n", ...protos(events) });
  commit(folder);
  try {
    await spentBy(buf("build", "-o", "image.binpb"), folder);
  } catch (error) {
    couldNotRun(image, (error as Error).message);
  }
  write(protos(events, "  // Whether there is more.\n  bool more = 6;\n"));
  return {
    [git]: () => spentBy(buf("breaking", "--against", ".git#ref=HEAD"), folder),
    [image]: () => spentBy(buf("breaking", "--against", "image.binpb"), folder),
  };
}

function commit(folder: string): void {
  const settings = ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"];
  for (const words of [
    ["init", "-q"],
    ["add", "."],
    [...settings, "commit", "-q", "-m", "The base"],
  ])
    execFileSync("git", words, { cwd: folder, stdio: "pipe" });
}
