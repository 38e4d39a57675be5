/** Which of the known words somebody may have meant. */

/** Undefined when no word is near: a third of its letters may differ, or two; or it is one's beginning. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const begun = known.filter((it) => word !== "" && it.startsWith(word.toLowerCase()));
  if (begun.length === 1) return begun[0];
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const isNear = distance <= Math.max(2, Math.floor(candidate.length / 3));
    if (isNear && distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
