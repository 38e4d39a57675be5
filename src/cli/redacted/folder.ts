/** Copies as files of a folder. */
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Paths, type RedactedOutput } from "./output.ts";

export class FolderOutput implements RedactedOutput {
  readonly #folder: string;
  readonly #isNew: boolean;
  readonly #paths = new Paths();
  readonly #written: string[] = [];

  constructor(folder: string, isNew: boolean) {
    this.#folder = folder;
    this.#isNew = isNew;
  }

  async write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const full = join(this.#folder, this.#paths.unique(path));
    await mkdir(dirname(full), { recursive: true });
    const file = await open(full, "wx");
    this.#written.push(full);
    try {
      for await (const piece of pieces) await file.write(piece);
      await file.close();
    } catch (error) {
      await file.close();
      await rm(full);
      throw error;
    }
  }

  async finish(): Promise<void> {}

  async discard(): Promise<void> {
    if (this.#isNew) await rm(this.#folder, { recursive: true, force: true });
    else for (const it of this.#written) await rm(it, { force: true });
  }
}
