import type { Count } from "../runtime/sinks/sink.js";

/** Reasons and numbers, written as one line of JSON when there is something new: all that this host ever logs of its traffic. */
export function createCounters(write: (line: string) => void): { readonly count: Count; readonly report: () => void } {
  const counted = new Map<string, number>();
  return {
    count(reason, times) {
      counted.set(reason, (counted.get(reason) ?? 0) + times);
    },
    report() {
      if (counted.size > 0) write(JSON.stringify(Object.fromEntries([...counted].sort())));
      counted.clear();
    },
  };
}
