/** Which inputs are of one look at one host: as the user says, else as `before` and `after` in names say. */
import type { FileFacts } from "./facts.ts";
import { timeWord } from "./file-name.ts";
import { compareText } from "./text-order.ts";

export interface FileGroup {
  /** Undefined for inputs that nothing was said of. */
  readonly label: string | undefined;
  /** Place among the labels that the user gave; none for the others. */
  readonly given?: number;
  /** By name. */
  readonly files: readonly FileFacts[];
}

/** Groups do not depend on the order of the inputs. */
export function groupFiles(
  files: readonly FileFacts[],
  given: ReadonlyMap<string, string> = new Map(),
): readonly FileGroup[] {
  const sorted = [...files].sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.fingerprint, b.fingerprint),
  );
  const order = [...new Set(given.values())];
  const words = sorted.filter((it) => !given.has(it.file)).map((it) => timeWord(it.file));
  // One of the words alone says nothing: `maps-after-reboot.json` may go with `progs.json`.
  const timed = words.includes("before") && words.includes("after");

  const groups = new Map<string | undefined, FileFacts[]>();
  for (const file of sorted) {
    const label = given.get(file.file) ?? (timed ? timeWord(file.file) : undefined);
    const group = groups.get(label);
    if (group) group.push(file);
    else groups.set(label, [file]);
  }
  return [...groups].map(([label, members]) => {
    const place = label === undefined ? -1 : order.indexOf(label);
    return { label, files: members, ...(place >= 0 && { given: place }) };
  });
}

/** The first folder in which the inputs differ: `node-1` of `captures/node-1/maps.json`. */
export function folderLabels(files: readonly FileFacts[]): ReadonlyMap<FileFacts, string> {
  const folders = files.map((it) => it.file.split(/[/\\!]/).slice(0, -1));
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
