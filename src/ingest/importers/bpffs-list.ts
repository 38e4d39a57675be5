/** Paths in a BPF file system, as `find`, `ls -l` and `tree` print them: the full names of pinned maps. */
import { defineImporter, type FactSink } from "../importer.ts";
import { linesOf, placeOf } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { type BpffsLine, parseBpffsLine, resemblesBpffsLine } from "../tables/bpffs-line.ts";
import { skippedLine } from "../tables/skipped-line.ts";

const HINT = "Take it again, as root: `find /sys/fs/bpf > bpffs.txt`.";

const block = {
  begins: (line: string) => ["path", "folder"].includes(parseBpffsLine(line)?.kind ?? ""),
  belongs: (line: string) => parseBpffsLine(line) !== undefined,
  resembles: resemblesBpffsLine,
};

export const bpffsList = defineImporter({
  id: "bpffs-list",
  title: "List of a BPF file system",
  docs: "docs/formats/bpffs-list.md",
  priority: 62, // Told by its lines, which are in no other format.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const list = new List();
    for await (const line of linesOf(source)) {
      const text = line.text.trimEnd();
      if (text === "") continue;
      const place = { file: source.file, offset: line.offset, path: `line ${line.number}` };
      const tell = (level: "data-loss" | "warning", message: string) =>
        sink.diagnostic({ level, code: "truncated", ...place, message, hint: HINT });
      // A block of a report has no line break at its end; a tool writes one.
      if (line.isOpen && source.firstLine === undefined) {
        tell("data-loss", `the list ends inside a line: ${JSON.stringify(text.slice(-60))}`);
        continue;
      }
      const found = parseBpffsLine(text);
      const isLost = found === undefined || !list.add(found, placeOf(source, line));
      if (isLost) {
        const what = "line of a list of a BPF file system, or its folder is not there";
        sink.diagnostic(skippedLine(source, line, what, HINT));
      } else if (found.kind === "failed") {
        const message = `a part is not listed: ${found.reason}`;
        sink.diagnostic({ level: "warning", code: "tool-error", ...place, message, hint: HINT });
      } else if (found.kind === "sum") {
        const missing = found.entries - list.branches;
        // Newer versions of tree count the folder that it was asked for.
        if (missing > 1)
          tell(
            "data-loss",
            `tree counts ${found.entries} entries, of which ${list.branches} can be read`,
          );
        list.branches = 0;
      }
    }
    list.report(sink);
  },
});

/** Puts the names of a list together with the folders that they are in. */
class List {
  /** Entries of a tree so far. */
  branches = 0;
  /** What entries of `ls` are in; of a tree, what each level is in. */
  #folders: string[] = [];
  readonly #found = new Map<string, string>();
  readonly #isFolder = new Set<string>();

  /** False for an entry whose folder is not known. */
  add(line: BpffsLine, place: string): boolean {
    if (line.kind === "folder" || line.kind === "path") this.#folders = [line.path];
    if (line.kind === "path") this.#take(line.path, line.isFolder, place);
    else if (line.kind === "entry") {
      const [folder] = this.#folders;
      if (folder === undefined) return false;
      if (!/^\.\.?$/.test(line.name)) this.#take(`${folder}/${line.name}`, line.isFolder, place);
    } else if (line.kind === "branch") {
      this.branches += 1;
      const folder = this.#folders[line.depth];
      if (folder === undefined) return false;
      const path = `${folder}/${line.name}`;
      this.#folders = [...this.#folders.slice(0, line.depth + 1), path];
      this.#take(path, false, place);
    }
    return true;
  }

  report(sink: FactSink): void {
    for (const path of this.#found.keys()) this.#isFolder.add(path.replace(/\/[^/]*$/, ""));
    sink.add(
      "pinPaths",
      [...this.#found]
        .filter(([path]) => !this.#isFolder.has(path))
        .map(([path, source]) => ({ path, source })),
    );
  }

  #take(path: string, isFolder: boolean, place: string) {
    if (isFolder) this.#isFolder.add(path);
    else this.#found.set(path, place);
  }
}
