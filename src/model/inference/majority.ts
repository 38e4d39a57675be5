/** When rows that disagree are nevertheless clear: a few odd ones must not undo what all others say. */

/** Rows for a value to one row against it, where more than one is against. */
const CLEAR = 4;

/** Whether `supporting` rows outweigh `against`: two outweigh a single one, more must be a small part. */
export function isClear(supporting: number, against: number): boolean {
  if (against === 0) return true;
  return against === 1 ? supporting >= 2 : supporting >= CLEAR * against;
}

/** The value with most supporters, the first of equals; undefined when there is none. */
export function winnerOf<T>(votes: ReadonlyMap<number, readonly T[]>): number | undefined {
  let winner: number | undefined;
  let most = 0;
  for (const [value, supporters] of votes) {
    if (supporters.length <= most) continue;
    winner = value;
    most = supporters.length;
  }
  return winner;
}
