/** The copy of a single file on standard output. */

import type { Output } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import type { RedactedOutput } from "./output.ts";

export class StdoutOutput implements RedactedOutput {
  readonly #stdout: Output;
  #files = 0;

  constructor(stdout: Output) {
    this.#stdout = stdout;
  }

  async write(_path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    this.#files += 1;
    if (this.#files > 1) {
      throw new UsageError(
        "the input holds more than one file",
        "Say where they go: --output redacted/ or --output redacted.tar.gz",
      );
    }
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for await (const piece of pieces) {
      this.#stdout.write(decodedBy(decoder, piece));
    }
  }

  async finish(): Promise<void> {}
  async discard(): Promise<void> {}
}

function decodedBy(decoder: TextDecoder, piece: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    throw new UsageError("the copy is no text", "Say where it goes: --output redacted/");
  }
}
