/** Compiled objects of the command line's paths, read; what is no object is a diagnostic. */

import type { ReadObject } from "../analyze/inspect.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import { ingest } from "../ingest/ingest.ts";
import { theComponent } from "./component.ts";
import { findInputs } from "./files.ts";
import type { Io } from "./io.ts";

export interface ReadObjects {
  readonly objects: readonly ReadObject[];
  /** Of inputs that gave no object. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function readObjects(paths: readonly string[], io: Io): Promise<ReadObjects> {
  const found = findInputs(paths, io);
  const component = await theComponent();
  const { snapshots, diagnostics } = await ingest(found.sources, { component });
  // A source beside its object declares the same maps: what is loaded is the object.
  const compiled = snapshots.flatMap((it) => it.objects).filter((it) => it.format !== "c");
  const byFile = new Map(compiled.map((it) => [it.file, it]));
  // In the order of the command line, each with what there is to say of reading it.
  // An archive stands for the objects in it.
  const objects = found.sources.flatMap(({ file }) =>
    [...byFile.values()]
      .filter((object) => object.file === file || object.file.startsWith(`${file}!`))
      .map((object) => ({
        ...object,
        diagnostics: diagnostics.filter((it) => it.file === object.file),
      })),
  );
  const given = new Set(found.sources.map(({ file }) => file));
  const gaveObjects = (file: string) => objects.some((it) => it.file.startsWith(`${file}!`));
  const others = [...found.diagnostics, ...diagnostics.filter((it) => !byFile.has(it.file))];
  const known = snapshots.flatMap((it) => it.sources);
  for (const { file, format } of known) {
    if (byFile.has(file) || others.some((it) => it.file === file)) continue;
    if (!given.has(file) || gaveObjects(file)) continue;
    others.push({
      level: "warning",
      code: "wrong-format",
      file,
      message: `it is ${format}, not a compiled BPF object`,
      hint: `Read it with \`mapscope analyze ${file}\`.`,
    });
  }
  return { objects, diagnostics: others };
}
