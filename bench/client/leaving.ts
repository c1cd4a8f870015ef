/**
 * The time by which a program ends later because it recorded and sent, in four states of the network, beside peers that are left
 * as their documents say: `npm run bench -- leaving`. Needs root: each state is a network namespace of its own.
 */
import { certificates, networkSpace, silent } from "../../test/client/proof/network-space.js";
import { hasRealPart } from "../../test/support/real-part.js";
import { inTurns, median, secondsLeft } from "../measure.js";
import { type Cell, round, tell, tellAbsent } from "../tell.js";
import { folder } from "./bundle.js";
import { files, host, onNewMachine, pairs } from "./leavers.js";

const title = "Leaving: from a program's last line to its end, above the same program that records nothing";
if (!hasRealPart("network namespaces")) {
  tellAbsent(title, "no state of the network could be made here: that takes root and network namespaces");
  process.exit(0);
}
/** A peer is ended after so many milliseconds, and said to take longer. */
const limit = 12_000;
/** As many pairs as each program can be run in so many seconds, 61 at most; those that work need more of them. */
const [runs, seconds, working] = [61, 1.5, 2.5];

const states = {
  answering: { names: { [host]: "127.0.0.1" } },
  refusing: { names: { [host]: "127.0.0.1" } },
  "black hole": { names: { [host]: silent } },
  "dead resolver": { names: {}, resolver: silent },
};
const tls = certificates([host]);
const spaces = Object.entries(states).map(([state, options]) => ({ state, space: networkSpace(options) }));
process.on("exit", () => {
  for (const { space } of spaces) space.remove();
});
const receiver = await spaces[0]?.space.listen("204", { KEY: tls.key, CERT: tls.cert });

/** Milliseconds from the last line to the end, by the clock and of CPU until the last exit hook is through. */
interface Left {
  readonly wall: number;
  readonly cpu: number;
}
type Space = (typeof spaces)[number]["space"];
const keyOf = (state: string, name: string) => `${name}, ${state}`;
/** A machine for each program in each state, which has run it before. */
const homes: Record<string, string> = {};
async function leave(space: Space, name: string, state: string, atLastLine?: () => void): Promise<Left> {
  const file = files[name];
  if (file === undefined) throw new Error("it could not be bundled");
  homes[keyOf(state, name)] ??= folder();
  const env = { NODE_EXTRA_CA_CERTS: tls.cert };
  const { code, stdout, stderr } = await space.run(file, {
    home: name === onNewMachine ? folder() : (homes[keyOf(state, name)] ?? ""),
    env,
    limit,
    onText: (text) => /^\d/m.test(text) && atLastLine?.(),
  });
  const end = performance.timeOrigin + performance.now();
  const [last, cpu = NaN] = [...stdout.matchAll(/^\d[\d.]*$/gm)].map(([text]) => Number(text));
  if (last === undefined) throw new Error(`no last line: ${stderr.slice(-300)}`);
  return { wall: code === null ? Infinity : end - last, cpu };
}

const given: Record<string, Left[]> = {};
for (const works of [false, true]) {
  const turns: Record<string, () => Promise<Left>> = {};
  for (const { state, space } of spaces)
    for (const name of new Set(pairs.flat()))
      if (name.endsWith("150 ms") === works) turns[keyOf(state, name)] = () => leave(space, name, state);
  await inTurns(turns, 1);
  Object.assign(given, await inTurns(turns, runs, works ? working : seconds));
}

/** The results of five runs each where somebody answers. */
const arrived: Record<string, number> = {};
for (const [name] of pairs) {
  const before = receiver?.seen().length ?? 0;
  for (let run = 0; run < 5; run++) await leave(spaces[0]?.space as Space, name, "answering");
  await new Promise((resolve) => setTimeout(resolve, 100));
  arrived[name] = (receiver?.seen().length ?? 0) - before;
}

// Seconds, not milliseconds: one after another to their last lines, then they wait together, or this would take an hour.
const own: readonly string[] = pairs.flat();
const peers = Object.keys(files).filter((name) => !own.includes(name));
const waited: Record<string, number[]> = {};
const waiting: Promise<unknown>[] = [];
for (let run = 0; run < 5 && secondsLeft() > limit / 1000; run++)
  for (const { state, space } of spaces)
    for (const peer of peers)
      await new Promise<void>((next) => {
        const left = leave(space, peer, state, next).then(
          ({ wall }) => {
            waited[keyOf(state, peer)] = [...(waited[keyOf(state, peer)] ?? []), wall];
          },
          () => undefined,
        );
        waiting.push(left);
        left.then(() => next());
      });
await Promise.all(waiting);
await receiver?.end();

const differences = (state: string, name: string, floor: string, what: keyof Left) =>
  (given[keyOf(state, name)] ?? []).flatMap((one, turn) => {
    const other = given[keyOf(state, floor)]?.[turn];
    return other === undefined ? [] : [one[what] - other[what]];
  });
const names = Object.keys(states);
const added = (name: string, floor: string, what: keyof Left) =>
  names.map((state) => median(differences(state, name, floor, what)));
const told = (milliseconds: number): Cell =>
  milliseconds === Infinity ? `> ${limit.toLocaleString("en-US")}` : milliseconds;
const few = Math.min(...Object.values(waited).map(({ length }) => length));
const count = Math.min(...Object.values(given).map(({ length }) => length));
tell(
  `${title}; ms, medians of ${count} pairs and more (peers: of ${few} runs, ended after ${limit / 1000} s)`,
  ["what it did before its last line", ...names, "requests that arrived of 5"],
  [
    ...pairs.map(([name, floor]): Cell[] => [name, ...added(name, floor, "wall"), arrived[name] ?? 0]),
    ...peers.map((peer): Cell[] => [peer, ...names.map((state) => told(median(waited[keyOf(state, peer)] ?? []))), ""]),
  ],
  pairs
    .filter(([name]) => name.startsWith("Plainsight"))
    .flatMap(([name, floor]) =>
      names.map((state, at) => ({
        claim: `${state}: ms added, ${name}`,
        value: added(name, floor, "wall")[at] ?? NaN,
        atMost: 1,
      })),
    ),
);
/** Half of the differences of a pair of equals lie within so many milliseconds of their median. */
const noise = names.map((state) => {
  const all = differences(state, "nothing, once more", "nothing", "wall");
  return median(all.map((one) => Math.abs(one - median(all))));
});
tell(
  "Leaving: CPU ms of the same pairs, until the last exit hook is through; and how much the clock's differences scatter",
  ["what it did before its last line", ...names],
  [
    ...pairs.map(([name, floor]): Cell[] => [name, ...added(name, floor, "cpu")]),
    ["scatter of equals by the clock: half lie within ± ms", ...noise.map((one) => `± ${round(one)}`)],
  ],
);
process.exit(0);
