/** A hint for a name that isn't known: the nearest of the known ones if one is near, else all of them. */
export function suggestion(name: string, known: readonly string[], noun: string): string {
  const near = nearest(name, known);
  const list = known.length <= 32 && known.length > 0 ? ` ${noun}: ${known.join(", ")}.` : "";
  return near === undefined
    ? list.trim() || `There are ${known.length} known names, and this isn't one of them.`
    : `did you mean "${near}"?${list}`;
}

/** The known name that a typing mistake most likely meant. Ties go to the first. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, plain(candidate), least);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Case and punctuation are the commonest mistakes, and cost nothing here. */
function plain(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[-_. ]/g, "");
}

/** Insertions, deletions, replacements and swaps of neighbours; anything from `limit` on may be returned as `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit;
}
