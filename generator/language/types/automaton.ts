import { type Characters, charactersOf, common, has, pieces, plainest, sizeOf } from "./characters.js";
import { type Part, parsePattern } from "./pattern.js";

/** A machine that reads texts: states are numbers, 0 is the first, and every step takes one character. */
export interface Automaton {
  readonly steps: readonly (readonly Step[])[];
  readonly accepts: readonly boolean[];
}

interface Step {
  readonly takes: Characters;
  readonly to: number;
}

/** Thrown where an answer would cost too much, or where a pattern has what no such machine can read. */
export class Undecided extends Error {}

/** Bounds of the work, so that no pattern takes longer than some tenths of a second. */
const mostStates = 20_000;
const mostSteps = 400_000;

const known = new Map<string, Automaton>();

/**
 * The machine for an expression, anchored or not: what it reads is the whole text.
 * @param longest no longer texts are of interest: repetitions beyond it needn't be written out.
 * @throws {Undecided}
 */
export function automaton(source: string, longest: number): Automaton {
  const key = `${longest} ${source}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const parsed = parsePattern(source);
  if ("unsupported" in parsed) throw new Undecided();
  const bare = parsed.alternatives.map((parts) =>
    parts.filter(({ atom }, at) => !((atom === "^" && at === 0) || (atom === "$" && at === parts.length - 1))),
  );
  const fresh = withoutJumps(build(bare, longest));
  known.set(key, fresh);
  return fresh;
}

interface Draft {
  /** From a state by a character. */
  readonly steps: Step[][];
  /** From a state by nothing. */
  readonly jumps: number[][];
  readonly end: number;
}

function build(alternatives: readonly (readonly Part[])[], longest: number): Draft {
  const steps: Step[][] = [];
  const jumps: number[][] = [];
  const state = (): number => {
    if (steps.length >= mostStates) throw new Undecided();
    jumps.push([]);
    return steps.push([]) - 1;
  };
  const jump = (from: number, to: number) => void jumps[from]?.push(to);
  const either = (group: readonly (readonly Part[])[], from: number): number => {
    const end = state();
    for (const parts of group) {
      const start = state();
      jump(from, start);
      jump(
        parts.reduce((at, part) => repeated(part, at), start),
        end,
      );
    }
    return end;
  };
  const once = (part: Part, from: number): number => {
    if (part.group !== undefined) return either(part.group, from);
    const takes = charactersOf(part.atom);
    if (takes === undefined) throw new Undecided();
    const to = state();
    steps[from]?.push({ takes, to });
    return to;
  };
  const repeated = (part: Part, from: number): number => {
    let at = from;
    const least = Math.min(part.min, longest + 1);
    for (let times = 0; times < least; times++) at = once(part, at);
    if (part.max === Number.POSITIVE_INFINITY) {
      const loop = state();
      jump(at, loop);
      jump(once(part, loop), loop);
      return loop;
    }
    const end = state();
    jump(at, end);
    for (let times = least; times < Math.min(part.max, longest + 1); times++) {
      at = once(part, at);
      jump(at, end);
    }
    return end;
  };
  state();
  return { steps, jumps, end: either(alternatives, 0) };
}

/** Each step leads on to wherever the jumps behind it lead. States that nothing is left to say of go. */
function withoutJumps({ steps, jumps, end }: Draft): Automaton {
  const numbers = new Map<number, number>([[0, 0]]);
  const order = [0];
  const made: { steps: Step[]; accepts: boolean }[] = [];
  let count = 0;
  for (const from of order) {
    const reached = new Set([from]);
    for (const state of reached) for (const next of jumps[state] ?? []) reached.add(next);
    const own: Step[] = [];
    for (const state of reached) {
      for (const { takes, to } of steps[state] ?? []) {
        if (++count > mostSteps) throw new Undecided();
        if (!numbers.has(to)) numbers.set(to, order.push(to) - 1);
        own.push({ takes, to: numbers.get(to) as number });
      }
      count++;
    }
    made.push({ steps: own, accepts: reached.has(end) });
  }
  return { steps: made.map((one) => one.steps), accepts: made.map(({ accepts }) => accepts) };
}

/**
 * The shortest text that both read, in characters that a person reads easily; undefined where there is none of that length.
 * @throws {Undecided}
 */
export function sharedText(a: Automaton, b: Automaton, longest: number): string | undefined {
  const width = b.steps.length;
  const came = new Map<number, { readonly from: number; readonly by: number }>([[0, { from: -1, by: 0 }]]);
  let level = [0];
  for (let length = 0; length <= longest && level.length > 0; length++) {
    const next: number[] = [];
    for (const both of level) {
      const [x, y] = [Math.floor(both / width), both % width];
      if (a.accepts[x] && b.accepts[y]) return textTo(both, came);
      for (const one of a.steps[x] ?? [])
        for (const other of b.steps[y] ?? []) {
          const to = one.to * width + other.to;
          if (came.has(to)) continue;
          const takes = common(one.takes, other.takes);
          if (takes.length === 0) continue;
          if (came.size > mostSteps) throw new Undecided();
          came.set(to, { from: both, by: plainest(takes) });
          next.push(to);
        }
    }
    level = next;
  }
  return undefined;
}

function textTo(end: number, came: ReadonlyMap<number, { readonly from: number; readonly by: number }>): string {
  const codes: number[] = [];
  for (let at = end; ; ) {
    const { from, by } = came.get(at) as { from: number; by: number };
    if (from < 0) return String.fromCharCode(...codes.reverse());
    codes.push(by);
    at = from;
  }
}

/**
 * The shortest text that `inner` reads and `outer` doesn't; undefined where `outer` reads all of that length, too.
 * @throws {Undecided}
 */
export function foreignText(outer: Automaton, inner: Automaton, longest: number): string | undefined {
  interface At {
    readonly state: number;
    readonly all: readonly number[];
    readonly from?: At;
    readonly by: number;
  }
  const seen = new Set(["0 0"]);
  let work = 0;
  let level: At[] = [{ state: 0, all: [0], by: 0 }];
  for (let length = 0; length <= longest && level.length > 0; length++) {
    const next: At[] = [];
    for (const at of level) {
      if (inner.accepts[at.state] && !at.all.some((state) => outer.accepts[state])) {
        const codes: number[] = [];
        for (let back = at; back.from !== undefined; back = back.from) codes.push(back.by);
        return String.fromCharCode(...codes.reverse());
      }
      const theirs = at.all.flatMap((state) => outer.steps[state] ?? []);
      for (const { takes, to } of inner.steps[at.state] ?? [])
        for (const piece of pieces([takes, ...theirs.map((step) => common(step.takes, takes))])) {
          if (!has(takes, piece[0])) continue;
          const all = after(theirs, piece[0]);
          const id = `${to} ${all.join()}`;
          work += 1 + all.length;
          if (work > mostSteps) throw new Undecided();
          if (seen.has(id)) continue;
          seen.add(id);
          next.push({ state: to, all, from: at, by: plainest([piece]) });
        }
    }
    level = next;
  }
  return undefined;
}

function after(steps: readonly Step[], code: number): readonly number[] {
  return [...new Set(steps.filter(({ takes }) => has(takes, code)).map(({ to }) => to))].sort((a, b) => a - b);
}

/** Returns how many texts of at most this length it reads; infinity for more than `most`, or where it can't be told. */
export function countTexts(machine: Automaton, longest: number, most: number): number {
  let level = new Map<string, { readonly all: readonly number[]; readonly times: number }>([
    ["0", { all: [0], times: 1 }],
  ]);
  let total = 0;
  let work = 0;
  for (let length = 0; length <= longest && level.size > 0; length++) {
    const next = new Map<string, { readonly all: readonly number[]; readonly times: number }>();
    for (const { all, times } of level.values()) {
      if (all.some((state) => machine.accepts[state])) total += times;
      if (total > most) return Number.POSITIVE_INFINITY;
      const steps = all.flatMap((state) => machine.steps[state] ?? []);
      for (const piece of pieces(steps.map(({ takes }) => takes))) {
        const to = after(steps, piece[0]);
        if (to.length === 0) continue;
        work += to.length;
        if (work > mostSteps / 4) return Number.POSITIVE_INFINITY;
        const id = to.join();
        next.set(id, { all: to, times: (next.get(id)?.times ?? 0) + times * sizeOf([piece]) });
      }
    }
    level = next;
  }
  return total;
}
