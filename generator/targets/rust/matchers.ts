import { type Machine, machineOf } from "../../language/types/machine.js";

/** A function that says whether a pattern lets a text through, without a crate: one step for each UTF-16 unit. */
export function printMatcher(name: string, pattern: string, most: number): string {
  const machine = machineOf(pattern, most);
  // What is too large was refused by the rule about clients.
  if (machine === undefined) throw new Error(`no machine for ${pattern}`);
  const accepting = machine.accepts.flatMap((accepts, state) => (accepts ? [state] : []));
  const shown = pattern.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, " ");
  const arms = armsOf(machine).map(([to, from]) => `            ${from} => ${to},\n`);
  return [
    `// ${shown}\n`,
    "#[rustfmt::skip]\n",
    ...(arms.length > 80 ? ["#[allow(clippy::too_many_lines)]\n"] : []),
    `fn ${name}(text: &str) -> bool {\n`,
    "    let mut state = 0;\n",
    "    for unit in text.encode_utf16() {\n",
    "        state = match (state, unit) {\n",
    ...arms,
    "            _ => return false,\n",
    "        };\n",
    "    }\n",
    accepting.length === 0 ? "    false\n" : `    matches!(state, ${ranges(accepting)})\n`,
    "}\n",
  ].join("");
}

/** One arm for each state that is reached: from which states, by which units. */
function armsOf({ steps }: Machine): readonly (readonly [to: number, from: string])[] {
  const byTarget = new Map<number, Map<string, number[]>>();
  for (const [state, own] of steps.entries())
    for (const { takes, to } of own) {
      const units = takes
        .map(([from, last]) => (from === last ? hex(from) : `${hex(from)}..=${hex(last)}`))
        .join(" | ");
      const ways = byTarget.get(to) ?? new Map<string, number[]>();
      byTarget.set(to, ways.set(units, [...(ways.get(units) ?? []), state]));
    }
  return [...byTarget]
    .sort(([a], [b]) => a - b)
    .map(([to, ways]) => [to, [...ways].map(([units, states]) => `(${ranges(states)}, ${units})`).join(" | ")]);
}

/** States as a pattern: three in a row are a range. */
function ranges(states: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const state of states) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] + 1 === state) last[1] = state;
    else runs.push([state, state]);
  }
  return runs
    .map(([from, to]) => (to - from > 1 ? `${from}..=${to}` : to > from ? `${from} | ${to}` : String(from)))
    .join(" | ");
}

function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, "0")}`;
}
