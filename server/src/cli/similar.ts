/** Names that may have been meant, the nearest first: at most a third of the letters wrong, or one the start of the other. */
export function similarNames(name: string, known: readonly string[]): readonly string[] {
  if (name.length > 100) return [];
  return known
    .map(candidate => ({ candidate, distance: distanceBetween(name, candidate) }))
    .filter(
      ({ candidate, distance }) => distance <= Math.max(1, candidate.length / 3) || begins(candidate, name),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

const begins = (candidate: string, name: string): boolean => {
  const letters = name.replace(/^-*/, '');
  return letters.length > 2 && candidate.replace(/^-*/, '').startsWith(letters);
};

/** Letters to insert, remove, replace or swap with their neighbour to make one name from the other. */
function distanceBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, at(beforeLast, column - 2) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
