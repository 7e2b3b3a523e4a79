/**
 * The candidate that somebody most likely meant by `wrong`: the one with the fewest typing slips between them
 * (Damerau-Levenshtein: a character too many, missing, changed, or two swapped), at most a third of its length.
 * Another case costs nothing. Undefined where none is near; the first of equals wins.
 */
export function nearestName(wrong: string, candidates: Iterable<string>): string | undefined {
  const folded = wrong.trim().toLowerCase();
  if (folded === '' || folded.length > LONGEST_JUDGED) return undefined;
  let best: string | undefined;
  let bestSlips = Infinity;
  for (const candidate of candidates) {
    const other = candidate.trim().toLowerCase();
    const allowed = Math.max(1, Math.floor(Math.max(folded.length, other.length) / 3));
    if (other.length > LONGEST_JUDGED || Math.abs(other.length - folded.length) > allowed) continue;
    const slips = slipsBetween(folded, other);
    if (slips <= allowed && slips < bestSlips) {
      best = candidate;
      bestSlips = slips;
    }
  }
  return best;
}

/** Longer names are not compared: the work grows with the product of both lengths. */
const LONGEST_JUDGED = 64;

/** Damerau-Levenshtein distance in its restricted form: no piece is changed twice. */
export function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let slips = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (swapped) slips = Math.min(slips, (beforeLast[column - 2] ?? 0) + 1);
      current.push(slips);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
