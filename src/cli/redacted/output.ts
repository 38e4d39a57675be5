/** What takes the copies of `redact`: a folder, an archive, or standard output. */
import type { RedactedFiles } from "../../ingest/redact/redact-input.ts";

export interface RedactedOutput extends RedactedFiles {
  finish(): Promise<void>;
  /** Nothing of it is to stay. */
  discard(): Promise<void>;
}

/** Paths that were given, so that no file takes another's place. */
export class Paths {
  readonly #seen = new Set<string>();

  unique(path: string): string {
    const [, stem = path, extension = ""] = /^(.*?)(\.[a-z]+)?$/s.exec(path) ?? [];
    let free = path;
    for (let number = 2; this.#seen.has(free); number += 1) free = `${stem}-${number}${extension}`;
    this.#seen.add(free);
    return free;
  }
}
