/** What Cilium's bugtool writes below a command's output when the command failed (bugtool/cmd/root.go). */
import type { Diagnostic } from "../base/diagnostic.ts";

const ERROR = /^> Error while running '([^'\n]{1,400})': {1,4}([^\n]{1,300})\s*$/m;

/** Longer than any such line. */
const TAIL_BYTES = 1024;

/** Keeps the end of an input while it is read. */
export class Tail {
  #bytes: Uint8Array = new Uint8Array();
  #end = 0;

  add(chunk: Uint8Array): void {
    this.#end += chunk.length;
    const joined = new Uint8Array(Math.min(TAIL_BYTES, this.#bytes.length + chunk.length));
    const own = chunk.subarray(-TAIL_BYTES);
    joined.set(own, joined.length - own.length);
    if (own.length < joined.length) joined.set(this.#bytes.subarray(own.length - joined.length));
    this.#bytes = joined;
  }

  /** The failed command, where the input ends with the words for it. */
  commandError(file: string): Diagnostic | undefined {
    const [line, command, reason] = ERROR.exec(new TextDecoder().decode(this.#bytes)) ?? [];
    if (line === undefined) return undefined;
    return {
      level: "warning",
      code: "tool-error",
      file,
      offset: Math.max(0, this.#end - this.#bytes.length),
      message: `the command failed: ${command}: ${reason?.trim()}`,
      hint: "What stands above it, if anything, may be a part. Run it again as root, on the host.",
    };
  }
}
