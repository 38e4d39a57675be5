/** How a format says that its inputs can be copied without what they tell of a host. */
import type { Head } from "../head.ts";
import type { ByteSource } from "../importer.ts";
import type { Redaction } from "./redaction.ts";

/**
 * Gives the copy piece by piece. Throws `InputError` for what cannot be copied safely, which is then left out; nothing
 * of it must have been given by then.
 */
export type Redactor = (
  source: ByteSource,
  head: Head,
  redaction: Redaction,
) => AsyncIterable<Uint8Array>;
