import { automaton, Undecided } from "./automaton.js";
import { type Characters, has, pieces } from "./characters.js";

/** A machine that is in one state at a time. What no step takes ends it. */
export interface Machine {
  /** By state: where each character leads. */
  readonly steps: readonly (readonly { readonly takes: Characters; readonly to: number }[])[];
  readonly accepts: readonly boolean[];
}

/** Larger ones would be pages of code. */
const mostStates = 400;
const mostSteps = 4000;

/** The smallest machine that reads just what an ECMAScript pattern lets through. Undefined where it would be too large. */
export function machineOf(pattern: string, longest: number): Machine | undefined {
  try {
    const machine = determined(pattern, longest);
    return machine && smallest(machine);
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

function determined(pattern: string, longest: number): Machine | undefined {
  const { steps, accepts } = automaton(pattern, longest);
  const numbers = new Map([["0", 0]]);
  const order: (readonly number[])[] = [[0]];
  const made: { steps: { takes: Characters; to: number }[]; accepts: boolean }[] = [];
  let count = 0;
  for (const all of order) {
    const ways = all.flatMap((state) => steps[state] ?? []);
    const own: { takes: Characters; to: number }[] = [];
    for (const piece of pieces(ways.map(({ takes }) => takes))) {
      const reached = ways.filter(({ takes }) => has(takes, piece[0])).map(({ to }) => to);
      if (reached.length === 0) continue;
      const to = [...new Set(reached)].sort((a, b) => a - b);
      const id = to.join();
      if (!numbers.has(id)) numbers.set(id, order.push(to) - 1);
      own.push({ takes: [piece], to: numbers.get(id) ?? 0 });
      if (++count > mostSteps || order.length > mostStates) return undefined;
    }
    made.push({ steps: own, accepts: all.some((state) => accepts[state] === true) });
  }
  return { steps: made.map((one) => one.steps), accepts: made.map((one) => one.accepts) };
}

/** States that nothing tells apart become one. */
function smallest({ steps, accepts }: Machine): Machine {
  let classes: readonly number[] = accepts.map((accept) => (accept ? 1 : 0));
  for (let before = 0; ; ) {
    const known = new Map<string, number>();
    const next = steps.map((own, state) => {
      const id = JSON.stringify([
        classes[state],
        joined(own.map(({ takes, to }) => ({ takes, to: classes[to] ?? 0 }))),
      ]);
      if (!known.has(id)) known.set(id, known.size);
      return known.get(id) ?? 0;
    });
    classes = next;
    if (known.size === before) break;
    before = known.size;
  }
  // State 0 has come first, so its class is 0.
  const firsts = [...new Set(classes)].sort((a, b) => a - b).map((one) => classes.indexOf(one));
  return {
    steps: firsts.map((state) =>
      joined((steps[state] ?? []).map(({ takes, to }) => ({ takes, to: classes[to] ?? 0 }))),
    ),
    accepts: firsts.map((state) => accepts[state] === true),
  };
}

/** One step for each state that is reached, its neighbouring characters as one range. */
function joined(own: Machine["steps"][number]): Machine["steps"][number] {
  const byTarget = new Map<number, (readonly [number, number])[]>();
  for (const { takes, to } of own) byTarget.set(to, [...(byTarget.get(to) ?? []), ...takes]);
  return [...byTarget]
    .sort(([a], [b]) => a - b)
    .map(([to, takes]) => {
      const ranges: [number, number][] = [];
      for (const [from, last] of [...takes].sort(([a], [b]) => a - b)) {
        const before = ranges.at(-1);
        if (before !== undefined && before[1] + 1 === from) before[1] = last;
        else ranges.push([from, last]);
      }
      return { takes: ranges, to };
    });
}
