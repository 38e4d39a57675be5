/** Which inputs are of one look at one host: as the user says, else as `before` and `after` in names say. */
import type { FileFacts } from "./facts.ts";
import { foldersIn, timeWord } from "./file-name.ts";
import { groupBy } from "./group-by.ts";
import { compareText } from "./text-order.ts";

/** A label that the user gave, and its place among those. */
export interface Given {
  readonly label: string;
  readonly place: number;
}

export interface FileGroup {
  /** Undefined for inputs that nothing was said of. */
  readonly label: string | undefined;
  /** Place among the labels that the user gave; none for the others. */
  readonly given?: number;
  /** By name. */
  readonly files: readonly FileFacts[];
}

/** Groups do not depend on the order of the inputs. */
export function groupFiles(files: readonly FileFacts[], given?: Given): readonly FileGroup[] {
  const sorted = [...files].sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.fingerprint, b.fingerprint),
  );
  if (given) return [{ label: given.label, given: given.place, files: sorted }];
  const words = sorted.map((it) => timeWord(it.file));
  // One of the words alone says nothing: `maps-after-reboot.json` may go with `progs.json`.
  const timed = words.includes("before") && words.includes("after");
  const groups = groupBy(sorted, (it) => (timed ? timeWord(it.file) : undefined));
  return [...groups].map(([label, members]) => ({ label, files: members }));
}

/** The first folder in which the inputs differ: `node-1` of `captures/node-1/maps.json`. */
export function folderLabels(files: readonly FileFacts[]): ReadonlyMap<FileFacts, string> {
  const folders = files.map((it) => foldersIn(it.file));
  const [first = []] = folders;
  let shared = 0;
  while (shared < first.length && folders.every((it) => it[shared] === first[shared])) shared += 1;
  const labels = new Map<FileFacts, string>();
  files.forEach((file, index) => {
    const label = folders[index]?.[shared];
    if (label !== undefined) labels.set(file, label);
  });
  return labels;
}
