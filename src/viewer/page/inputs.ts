/** What was dropped, picked or pasted -> inputs, with the paths that files have in their folders. */
import type { Input } from "../engine.ts";

/** Files and folders of a drop. Entries must be asked for at once: the browser forgets them after the event. */
export async function droppedInputs(data: DataTransfer): Promise<Input[]> {
  const entries = [...data.items]
    .filter((it) => it.kind === "file")
    .map((it) => ({ entry: it.webkitGetAsEntry(), file: it.getAsFile() }));
  const text = data.getData("text/plain");
  const found: Input[] = [];
  for (const { entry, file } of entries) {
    if (entry !== null) await walk(entry, found);
    else if (file !== null) found.push({ path: file.name, content: file });
  }
  if (found.length === 0 && text !== "") found.push(pastedInput(text));
  return found;
}

/** Of an input element; one that picks folders gives paths. */
export function pickedInputs(files: Iterable<File>): Input[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath || file.name, content: file }))
    .filter(({ path }) => !isHidden(path));
}

export function pastedInput(text: string): Input {
  return { path: "pasted text", content: new Blob([text]) };
}

/** As on the command line: what begins with a dot is left out of a folder. */
function isHidden(path: string): boolean {
  return path
    .split("/")
    .slice(1)
    .some((part) => part.startsWith("."));
}

async function walk(entry: FileSystemEntry, found: Input[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isHidden(path)) return;
  if (entry.isFile) {
    const content = await new Promise<File>((done, failed) =>
      (entry as FileSystemFileEntry).file(done, failed),
    );
    found.push({ path, content });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // It gives a hundred at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((done, failed) =>
      reader.readEntries(done, failed),
    );
    if (some.length === 0) return;
    for (const it of some) await walk(it, found);
  }
}
