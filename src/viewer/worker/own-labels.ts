/** Labels of snapshots that were opened together, beside others: `report after` is `after` again where nothing else is. */

/** @param given labels of what was opened at one time each; those of its snapshots begin with it when there are several. */
export function ownLabels<Labelled extends { readonly label: string }>(
  snapshots: readonly Labelled[],
  given: readonly string[],
): Labelled[] {
  let labels = snapshots.map((it) => it.label);
  const owners = labels.map((label) => ownerOf(label, given));
  for (const owner of given) {
    const shorter = labels.map((label, at) =>
      owners[at] === owner ? label.slice(owner.length + 1) : label,
    );
    // All of one are renamed or none: half of a before and after would be a riddle.
    if (new Set(shorter).size === shorter.length) labels = shorter;
  }
  return snapshots.map((it, at) => ({ ...it, label: labels[at] ?? it.label }));
}

/** One label may begin with another: the longest is meant. */
function ownerOf(label: string, given: readonly string[]): string | undefined {
  if (given.includes(label)) return undefined;
  return given
    .filter((it) => label.startsWith(`${it} `))
    .reduce<string | undefined>(
      (best, it) => (it.length > (best?.length ?? -1) ? it : best),
      undefined,
    );
}
