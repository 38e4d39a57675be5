/** A scanner of the component as `Scanner`: pieces of a good size, errors as `InputError`, memory given back. */
import { rethrow } from "./errors.ts";
import type { Scanner } from "./results.ts";

/** What jco makes of a scanner resource. */
interface Resource<Raw> {
  push(chunk: Uint8Array): void;
  finish(): Raw;
}

/** A piece is copied into the component's memory as a whole; larger ones gain no speed. */
const PIECE = 1024 * 1024;

export function scanner<Raw, Result>(
  resource: Resource<Raw>,
  toResult: (raw: Raw) => Result,
  file = "",
): Scanner<Result> {
  let open = true;
  const dispose = () => {
    if (!open) return;
    open = false;
    // jco puts the resource's destructor there without saying so in its types.
    (resource as Partial<Disposable>)[Symbol.dispose]?.();
  };
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        resource.push(chunk.subarray(at, at + PIECE));
      }
    },
    finish() {
      try {
        return toResult(resource.finish());
      } catch (error) {
        rethrow(error, file);
      } finally {
        dispose();
      }
    },
    [Symbol.dispose]: dispose,
  };
}
